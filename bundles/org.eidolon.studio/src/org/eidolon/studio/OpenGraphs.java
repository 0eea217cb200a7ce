// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.PartInitException;
import org.eidolon.graph.GraphFiles;
import org.eidolon.studio.editor.GraphFileInput;

/**
 * The graphs that are open, kept on disk while the studio lives. The workbench itself remembers them only when it is
 * closed; where this list is found at a start, the last studio came to a sudden end.
 */
final class OpenGraphs implements IPartListener2 {
    private final Path list;
    private final List<Path> left;
    private List<String> kept = List.of();

    OpenGraphs(Path folder) {
        this.list = folder.resolve("open");
        this.left = read(list); // before anything that opens is kept there
    }

    /** What was open when the last studio was killed, the one in front once more at the end; none after an orderly end. */
    List<Path> left() {
        return left;
    }

    private static List<Path> read(Path list) {
        try {
            return Files.exists(list)
                    ? Files.readAllLines(list).stream().map(Path::of).toList()
                    : List.of();
        } catch (IOException | RuntimeException e) {
            ILog.of(OpenGraphs.class).warn("the list of open graphs cannot be read", e);
            return List.of();
        }
    }

    @Override
    public void partActivated(IWorkbenchPartReference part) {
        keep(part.getPage());
    }

    @Override
    public void partOpened(IWorkbenchPartReference part) {
        keep(part.getPage());
    }

    @Override
    public void partClosed(IWorkbenchPartReference part) {
        keep(part.getPage());
    }

    /** The workbench remembers from here on. */
    void end() {
        try {
            Files.deleteIfExists(list);
        } catch (IOException e) {
            ILog.of(OpenGraphs.class).warn("the list of open graphs cannot be removed", e);
        }
    }

    private void keep(IWorkbenchPage page) {
        if (page.getWorkbenchWindow().getWorkbench().isClosing()) {
            return;
        }
        var files = new ArrayList<String>();
        String front = null;
        for (IEditorReference editor : page.getEditorReferences()) {
            try {
                if (editor.getEditorInput() instanceof GraphFileInput input) {
                    files.add(input.file().toString());
                    if (editor.getPart(false) != null && editor.getPart(false) == page.getActiveEditor()) {
                        front = input.file().toString();
                    }
                }
            } catch (PartInitException e) {
                // it does not open, so it is not open
            }
        }
        if (front != null) {
            files.add(front); // opening it once more brings it to the front
        }
        if (files.equals(kept)) {
            return;
        }
        kept = List.copyOf(files);
        try {
            GraphFiles.replace(list, (String.join("\n", files) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            ILog.of(OpenGraphs.class).warn("the list of open graphs is not kept", e);
        }
    }
}
