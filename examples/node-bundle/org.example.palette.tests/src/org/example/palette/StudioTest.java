// SPDX-License-Identifier: EPL-2.0
package org.example.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.NodeLibrary;
import org.eidolon.engine.worker.Worker;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.figures.NodeFigure;
import org.eidolon.testing.ChildCommand;
import org.eidolon.testing.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/** The node in the real studio: found by its service, shown by its extensions. */
class StudioTest {
    static {
        var bundles = FrameworkUtil.getBundle(StudioTest.class).getBundleContext();
        bundles.registerService(NodeLibrary.class, new Stripes(), null);
        // the bundle's own library comes by the service that its annotation declares; the worker is told of both
        bundles.registerService(
                Worker.class,
                ChildCommand.with(new PaletteLibrary(), new Stripes()).worker(),
                null);
    }

    @TempDir
    Path folder;

    private GraphEditor editor;

    private static <T> T ui(Callable<T> work) {
        return Elsewhere.call(PlatformUI.getWorkbench().getDisplay()::syncExec, work);
    }

    private static void await(String what, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!ui(condition)) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }

    @BeforeEach
    void open() throws Exception {
        Path file = Files.writeString(folder.resolve("colours.eidolon"), Stripes.graph(1, 3, 3));
        editor = ui(() -> (GraphEditor) page().openEditor(new GraphFileInput(file), GraphEditor.ID));
        await("the canvas is laid out", () -> !widget().getBounds().isEmpty());
    }

    @AfterEach
    void close() {
        ui(() -> page().closeEditor(editor, false));
    }

    private GraphNode node() {
        return (GraphNode) editor.document().index().element("palette");
    }

    private ParameterFigure widget() {
        var figure = (NodeFigure) editor.host().part(node()).getFigure();
        editor.host().viewer().flush();
        return (ParameterFigure) figure.parameters().getFirst();
    }

    private void click(Point at) {
        for (int type : List.of(SWT.MouseMove, SWT.MouseDown, SWT.MouseUp).stream()
                .mapToInt(i -> i)
                .toArray()) {
            var event = new Event();
            event.x = at.x;
            event.y = at.y;
            event.button = type == SWT.MouseMove ? 0 : 1;
            event.count = 1;
            event.stateMask = type == SWT.MouseUp ? SWT.BUTTON1 : 0;
            editor.host().viewer().getControl().notifyListeners(type, event);
        }
    }

    @Test
    void aClickOnADotSetsTheNumberOfColours() {
        ui(() -> {
            Rectangle box = widget().getBounds().getCopy();
            Point sixth = new Point(box.right() - 94 + 5 * 11 + 4, box.getCenter().y); // of eight, 11 pixels each
            widget().translateToAbsolute(sixth);
            click(sixth);
            return null;
        });
        assertThat(ui(() -> node().getParameters().get("colours").getAsInt())).isEqualTo(6);
        ui(() -> {
            editor.document().stack().undo();
            return null;
        });
        assertThat(ui(() -> node().getParameters().get("colours").getAsInt())).isEqualTo(3);
    }

    @Test
    void theNodeShowsItsColoursWhenItHasRun() throws Exception {
        ui(() -> {
            editor.runs().start(List.of(), null);
            return null;
        });
        await("the run ends", () -> !editor.runs().isRunning());
        var picture = ui(() -> editor.runs().preview("palette"));
        assertThat(picture.width()).isEqualTo(240);
        assertThat(picture.toBufferedImage().getRGB(10, 10) & 0xffffff).isEqualTo(Stripes.BLUE);
        assertThat(picture.toBufferedImage().getRGB(230, 10) & 0xffffff).isEqualTo(Stripes.RED);
    }
}
