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
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ActionFactory.IWorkbenchAction;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;

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

    /**
     * An entry that does what the key of a command does, and can be used when that can. The workbench's own actions of these
     * commands ask an editor for actions, and ours has handlers: they would stay grey.
     */
    private CommandContributionItem command(String id) {
        return new CommandContributionItem(
                new CommandContributionItemParameter(window, null, id, CommandContributionItem.STYLE_PUSH));
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
        edit.add(command(IWorkbenchCommandConstants.EDIT_UNDO));
        edit.add(command(IWorkbenchCommandConstants.EDIT_REDO));
        edit.add(new Separator());
        edit.add(command(IWorkbenchCommandConstants.EDIT_CUT));
        edit.add(command(IWorkbenchCommandConstants.EDIT_COPY));
        edit.add(command(IWorkbenchCommandConstants.EDIT_PASTE));
        edit.add(command(IWorkbenchCommandConstants.EDIT_DELETE));
        edit.add(new Separator());
        edit.add(command(IWorkbenchCommandConstants.EDIT_SELECT_ALL));
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
        // taking back and repeating come from the editor's plugin.xml, as only it knows when they can be used
        bar.add(file);
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }
}
