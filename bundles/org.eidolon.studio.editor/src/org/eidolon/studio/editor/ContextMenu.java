// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchActionConstants;

/** The menu of the canvas; its entries come from plugin.xml, like those of the menu bar. */
final class ContextMenu {
    static final String ID = "org.eidolon.studio.editor.canvas";

    private ContextMenu() {}

    static void install(GraphEditor editor, Control control) {
        var menu = new MenuManager(ID, ID);
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        control.setMenu(menu.createContextMenu(control));
        editor.getSite().registerContextMenu(ID, menu, editor.canvas().viewer());
        control.addListener(SWT.Dispose, event -> menu.dispose()); // its entries listen to the workbench
    }
}
