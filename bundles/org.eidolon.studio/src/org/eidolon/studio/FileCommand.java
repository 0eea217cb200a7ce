// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eidolon.graph.Graphs;

/** Handler of the commands for files; plugin.xml names the action after a colon. */
public final class FileCommand extends AbstractHandler implements IExecutableExtension {
    private String action;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        action = (String) data;
    }

    @Override
    public Object execute(ExecutionEvent event) {
        IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindow(event).getActivePage();
        try {
            if (action.equals("welcome")) {
                Opening.welcome(page);
            } else {
                chosen(page, action.equals("new"));
            }
        } catch (PartInitException e) {
            Opening.complain(page, e);
        }
        return null;
    }

    private static void chosen(IWorkbenchPage page, boolean fresh) throws PartInitException {
        var dialog = new FileDialog(page.getWorkbenchWindow().getShell(), fresh ? SWT.SAVE : SWT.OPEN);
        dialog.setFilterExtensions(new String[] {"*." + Graphs.EXTENSION + (fresh ? "" : ";*.glb")});
        if (fresh) {
            dialog.setText(Words.new_title);
            dialog.setFileName("graph." + Graphs.EXTENSION);
            dialog.setOverwrite(true);
        }
        String chosen = dialog.open();
        if (chosen != null) {
            Opening.open(page, Path.of(chosen));
        }
    }
}
