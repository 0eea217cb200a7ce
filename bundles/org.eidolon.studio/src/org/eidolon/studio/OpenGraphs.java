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
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eidolon.graph.GraphFiles;
import org.eidolon.studio.editor.document.GraphFileInput;

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

    private void keep(IWorkbenchPage changed) {
        IWorkbench workbench = changed.getWorkbenchWindow().getWorkbench();
        if (workbench.isClosing()) {
            return;
        }
        var files = new ArrayList<String>();
        String front = null;
        for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
            for (IWorkbenchPage page : window.getPages()) {
                for (IEditorReference editor : page.getEditorReferences()) {
                    String file = file(editor);
                    if (file != null) {
                        files.add(file);
                        boolean active = page == changed
                                && editor.getPart(false) != null
                                && editor.getPart(false) == page.getActiveEditor();
                        front = active ? file : front;
                    }
                }
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

    /** Of an editor of a graph, its file. */
    private static String file(IEditorReference editor) {
        try {
            return editor.getEditorInput() instanceof GraphFileInput input
                    ? input.file().toString()
                    : null;
        } catch (PartInitException e) {
            return null; // it does not open, so it is not open
        }
    }
}
