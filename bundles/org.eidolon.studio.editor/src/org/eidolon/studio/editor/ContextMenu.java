// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.menus.IMenuService;

/**
 * The menu of the canvas; its entries come from plugin.xml, like those of the menu bar. They are made when it is first
 * opened: made for each editor, the workbench would keep them after it was closed.
 */
final class ContextMenu {
    static final String ID = "org.eidolon.studio.editor.canvas";

    private ContextMenu() {}

    static void install(GraphEditor editor, Control control) {
        IMenuService service = editor.getSite().getService(IMenuService.class);
        var menu = new MenuManager(ID, ID);
        var filled = new boolean[1];
        menu.addMenuListener(manager -> {
            if (!filled[0]) {
                filled[0] = true;
                menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
                service.populateContributionManager(menu, "popup:" + ID);
            }
        });
        control.setMenu(menu.createContextMenu(control));
        control.addListener(SWT.Dispose, event -> {
            service.releaseContributions(menu);
            menu.dispose();
        });
    }
}
