// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.ICoolBarManager;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.action.ToolBarManager;
import org.eclipse.swt.SWT;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ActionFactory.IWorkbenchAction;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;

/** The menus that every application has; those of graphs come from the editor's plugin.xml. */
final class StudioBars extends ActionBarAdvisor {
    private IWorkbenchWindow window;

    StudioBars(IActionBarConfigurer configurer) {
        super(configurer);
    }

    @Override
    protected void makeActions(IWorkbenchWindow value) {
        window = value;
    }

    private IWorkbenchAction action(ActionFactory factory) {
        IWorkbenchAction action = factory.create(window);
        register(action);
        return action;
    }

    @Override
    protected void fillMenuBar(IMenuManager bar) {
        var file = new MenuManager(Words.menu_file, IWorkbenchActionConstants.M_FILE);
        file.add(new GroupMarker(IWorkbenchActionConstants.FILE_START));
        file.add(new Separator());
        file.add(action(ActionFactory.SAVE));
        file.add(action(ActionFactory.SAVE_AS));
        file.add(action(ActionFactory.SAVE_ALL));
        file.add(new Separator());
        file.add(action(ActionFactory.CLOSE));
        file.add(new Separator());
        file.add(action(ActionFactory.QUIT));
        bar.add(file);
        var edit = new MenuManager(Words.menu_edit, IWorkbenchActionConstants.M_EDIT);
        edit.add(action(ActionFactory.UNDO));
        edit.add(action(ActionFactory.REDO));
        edit.add(new Separator());
        edit.add(action(ActionFactory.CUT));
        edit.add(action(ActionFactory.COPY));
        edit.add(action(ActionFactory.PASTE));
        edit.add(action(ActionFactory.DELETE));
        edit.add(new Separator());
        edit.add(action(ActionFactory.SELECT_ALL));
        bar.add(edit);
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        var windows = new MenuManager(Words.menu_window, IWorkbenchActionConstants.M_WINDOW);
        windows.add(action(ActionFactory.OPEN_NEW_WINDOW));
        var views = new MenuManager(Words.menu_views);
        views.add(ContributionItemFactory.VIEWS_SHORTLIST.create(window));
        windows.add(views);
        windows.add(action(ActionFactory.RESET_PERSPECTIVE));
        windows.add(new Separator());
        windows.add(action(ActionFactory.PREFERENCES));
        bar.add(windows);
        var help = new MenuManager(Words.menu_help, IWorkbenchActionConstants.M_HELP);
        help.add(new GroupMarker(IWorkbenchActionConstants.HELP_START));
        help.add(action(ActionFactory.ABOUT));
        bar.add(help);
    }

    @Override
    protected void fillCoolBar(ICoolBarManager bar) {
        var file = new ToolBarManager(SWT.FLAT);
        file.add(action(ActionFactory.SAVE));
        file.add(action(ActionFactory.UNDO));
        file.add(action(ActionFactory.REDO));
        bar.add(file);
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }
}
