// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.bench;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Quality;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.parts.RootPart;

/**
 * Measures the editor as it stands in the window: what is measured is what an event costs until it has been painted and
 * nothing is left to do. All of it but {@link #answers} is called on the user interface's thread.
 */
public final class CanvasBench {
    private static final int COLUMNS = 50;
    private static final int ACROSS = 300;
    private static final int DOWN = 240;
    private static final int FRAMES = 120;

    private final IWorkbenchPage page;
    private final Path folder;
    private final Display display = Display.getCurrent();

    /** @param folder for the graphs that are opened */
    public CanvasBench(IWorkbenchPage page, Path folder) {
        this.page = page;
        this.folder = folder;
    }

    /**
     * Writes a graph of nodes of all installed types, each linked to earlier ones wherever one fits.
     *
     * @return its file
     */
    public Path graph(String name, int size, NodeTypes types) throws IOException {
        Graph graph = Graphs.create();
        List<NodeDescriptor> all = List.copyOf(types.all());
        var newest = new HashMap<Class<?>, String>();
        for (int i = 0; i < size; i++) {
            NodeDescriptor type = all.get(i % all.size());
            GraphNode node = Graphs.addNode(graph, "n" + i, type.id(), type.version());
            Edits.place(node, i % COLUMNS * ACROSS, i / COLUMNS * DOWN);
            for (NodeDescriptor.Input input : type.inputs()) {
                String from = newest.get(input.type());
                if (from != null) {
                    Graphs.addLink(node, input.name(), from);
                }
            }
            type.outputs().forEach(output -> newest.put(output.type(), node.getId() + "." + output.name()));
        }
        Path file = folder.resolve(name + "." + Graphs.EXTENSION);
        GraphFiles.save(graph, file);
        return file;
    }

    private void finish(Control control) {
        control.update();
        while (display.readAndDispatch()) {}
        control.update();
    }

    /** Does something and lets everything happen until it has been painted. */
    private void frame(Control control, Runnable event) {
        var painted = new boolean[1];
        Listener seen = e -> painted[0] = true;
        control.addListener(SWT.Paint, seen);
        event.run();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!painted[0] && System.nanoTime() < end) {
            if (!display.readAndDispatch()) {
                LockSupport.parkNanos(200_000); // the window system paints at its own beat
            }
        }
        while (display.readAndDispatch()) {}
        control.removeListener(SWT.Paint, seen);
        if (!painted[0]) {
            throw new IllegalStateException("the canvas was not painted");
        }
    }

    public GraphEditor open(Path file) {
        try {
            var editor = (GraphEditor) page.openEditor(new GraphFileInput(file), GraphEditor.ID);
            finish(editor.host().viewer().getControl());
            return editor;
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }

    public void close(GraphEditor editor) {
        page.closeEditor(editor, false);
        while (display.readAndDispatch()) {}
    }

    /** Opens a file so often, until it is painted, and closes it. */
    public Measured opening(Path file, int repeat) {
        var measured = new Measured();
        for (int i = 0; i < repeat; i++) {
            var opened = new GraphEditor[1];
            measured.time(() -> opened[0] = open(file));
            close(opened[0]);
        }
        return measured;
    }

    private static RootPart root(GraphEditor editor) {
        return (RootPart) editor.host().viewer().getRootEditPart();
    }

    /** Takes the canvas by the middle button and moves it along, at a zoom. */
    public Measured panning(GraphEditor editor, double zoom) {
        Control control = editor.host().viewer().getControl();
        RootPart root = root(editor);
        root.zoom(zoom / root.getZoomManager().getZoom(), new Point(0, 0));
        root.centre(new Point(COLUMNS * ACROSS / 4, DOWN * 8));
        settle(control);
        var measured = new Measured();
        int x = 400;
        int y = 300;
        mouse(control, SWT.MouseDown, 2, x, y);
        for (int i = 0; i < FRAMES; i++) {
            x -= i % 40 < 20 ? 13 : -5;
            y -= i % 30 < 15 ? 7 : -4;
            int atX = x;
            int atY = y;
            measured.time(() -> frame(control, () -> mouse(control, SWT.MouseMove, 0, atX, atY)));
        }
        mouse(control, SWT.MouseUp, 2, x, y);
        return measured;
    }

    /** Turns the wheel, in to full size and out again until all is seen. */
    public Measured zooming(GraphEditor editor) {
        Control control = editor.host().viewer().getControl();
        RootPart root = root(editor);
        root.zoom(0.1 / root.getZoomManager().getZoom(), new Point(0, 0));
        root.centre(new Point(COLUMNS * ACROSS / 4, DOWN * 8));
        settle(control);
        var measured = new Measured();
        for (int i = 0; i < FRAMES; i++) {
            var event = new Event();
            event.x = 400;
            event.y = 300;
            event.count = i % 40 < 20 ? 3 : -3;
            measured.time(() -> frame(control, () -> control.notifyListeners(SWT.MouseWheel, event)));
        }
        return measured;
    }

    private static void mouse(Control control, int type, int button, int x, int y) {
        var event = new Event();
        event.button = button;
        event.x = x;
        event.y = y;
        control.notifyListeners(type, event);
    }

    /** Until what was put off has been done, too. */
    private void settle(Control control) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
        while (System.nanoTime() < end) {
            finish(control);
        }
    }

    /**
     * Opens and closes graphs, and says what that left in memory.
     *
     * @return used heap in bytes before and after
     */
    public long[] memory(Path file, int times) {
        for (int i = 0; i < 3; i++) { // what is loaded once is no leak
            close(open(file));
        }
        long before = used();
        for (int i = 0; i < times; i++) {
            close(open(file));
        }
        return new long[] {before, used()};
    }

    /** What is in use once everything was collected that can be: soft references are no leak either, but few here. */
    private long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            while (display.readAndDispatch()) {}
            System.gc();
            try {
                TimeUnit.MILLISECONDS.sleep(60); // listeners that wait for the collector go now
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /**
     * Runs a graph, and measures meanwhile how long the window takes to answer. To be called on another thread.
     *
     * @param target node that is run with all it needs
     * @param parameter of it that is given a value of its own, so that the cache does not answer
     * @return how long each question took; none if the run ended before it could be asked
     */
    public Measured answers(GraphEditor editor, String target, String parameter, double value, int seconds)
            throws InterruptedException {
        var measured = new Measured();
        display.syncExec(() -> {
            if (editor.document().index().element(target) instanceof GraphNode node) {
                node.getParameters().put(parameter, new JsonPrimitive(value));
            }
            editor.runs().start(List.of(target), Quality.DRAFT);
        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && editor.runs().isRunning()) {
            measured.time(() -> display.syncExec(() -> {}));
            TimeUnit.MILLISECONDS.sleep(15);
        }
        display.syncExec(() -> editor.runs().cancel());
        return measured;
    }

    /** Removes what was written. */
    public void clean() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
