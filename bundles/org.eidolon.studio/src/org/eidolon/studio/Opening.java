// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.edit.GraphInGlb;

/** Opens graphs, and the welcome. */
final class Opening {
    private Opening() {}

    /** Opens a graph; of a head, the graph that it carries. */
    static void open(IWorkbenchPage page, Path file) throws PartInitException {
        Path graph = file;
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".glb")) {
            try {
                graph = GraphInGlb.unpack(file);
            } catch (IOException e) {
                throw new PartInitException(e.getMessage(), e);
            }
        }
        page.openEditor(new GraphFileInput(graph), GraphEditor.ID);
        Recent.add(graph);
    }

    static void welcome(IWorkbenchPage page) throws PartInitException {
        page.openEditor(new Welcome.Input(), Welcome.ID);
    }

    static void complain(IWorkbenchPage page, Exception e) {
        MessageDialog.openError(page.getWorkbenchWindow().getShell(), Words.open_failed, e.getMessage());
    }
}
