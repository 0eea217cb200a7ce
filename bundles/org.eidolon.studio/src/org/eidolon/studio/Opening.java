// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.nio.file.Path;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.GraphFileInput;

/** Opens graphs, and the welcome. */
final class Opening {
    private Opening() {}

    static void open(IWorkbenchPage page, Path file) throws PartInitException {
        page.openEditor(new GraphFileInput(file), GraphEditor.ID);
        Recent.add(file);
    }

    static void welcome(IWorkbenchPage page) throws PartInitException {
        page.openEditor(new Welcome.Input(), Welcome.ID);
    }

    static void complain(IWorkbenchPage page, Exception e) {
        MessageDialog.openError(page.getWorkbenchWindow().getShell(), Words.open_failed, e.getMessage());
    }
}
