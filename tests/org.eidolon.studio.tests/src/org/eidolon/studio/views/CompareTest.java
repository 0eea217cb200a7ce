// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eidolon.api.Json;
import org.eidolon.graph.GraphWriter;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.studio.Window;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.studio.editor.run.Trial;
import org.eidolon.studio.viewer.HeadCanvas;
import org.eidolon.studio.viewer.HeadView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter is swept from the editor, and its results are compared. */
class CompareTest {
    private static final String SWEEP = "org.eidolon.studio.editor.sweep";

    @TempDir
    Path folder;

    private GraphEditor editor;

    @BeforeEach
    void openGraph() throws IOException {
        Path file = Files.writeString(folder.resolve("bust.eidolon"), """
                {"eidolon": 1, "nodes": {
                  "photo": {"type": "test.photo@1"},
                  "bust": {"type": "test.bust@1", "params": {"size": 2, "workshop": "%s"}}}}
                """.formatted(folder));
        editor = Window.ui(() -> (GraphEditor) Window.page().openEditor(new GraphFileInput(file), GraphEditor.ID));
    }

    @AfterEach
    void close() {
        Window.tidy();
    }

    /** A head of a size with three expressions, one longer than the other. */
    private void writeHead(int size) throws IOException {
        writeHead(size, "bust-" + size + ".glb");
    }

    private void writeHead(int size, String name) throws IOException {
        var scenes = new ArrayList<Glb.Scene>();
        for (String expression : List.of("calm", "merry", "cross")) {
            float w = 0.08f + 0.001f * size;
            float h = 0.2f + 0.02f * expression.length();
            var diamond = new Mesh(
                    new float[] {w, 0, 0, -w, 0, 0, 0, h, 0, 0, -h, 0, 0, 0, w, 0, 0, -w},
                    new int[] {0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5},
                    null,
                    null);
            scenes.add(new Glb.Scene(expression, diamond.withVertexNormals(), -1));
        }
        new Glb(scenes, 0, List.of(), null).write(folder.resolve(name));
    }

    // ---- hands
    // ---------------------------------------------------------------------------------------------------------

    private static <T extends Control> List<T> all(Control in, Class<T> kind) {
        var found = new ArrayList<T>();
        if (kind.isInstance(in)) {
            found.add(kind.cast(in));
        }
        if (in instanceof Composite composite) {
            Arrays.stream(composite.getChildren()).forEach(child -> found.addAll(all(child, kind)));
        }
        return found;
    }

    private static Shell dialog() {
        return Arrays.stream(PlatformUI.getWorkbench().getDisplay().getShells())
                .filter(shell -> shell.isVisible() && shell.getText().equals("Sweep a parameter"))
                .findFirst()
                .orElse(null);
    }

    private static void press(Control in, String label) {
        Button button = all(in, Button.class).stream()
                .filter(one -> one.getText().replace("&", "").equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no button " + label));
        assertThat(button.isEnabled()).as(label).isTrue();
        button.notifyListeners(SWT.Selection, new Event());
    }

    /** Selects the node, gives the command by its key's handler and answers in the dialog. */
    private void sweep(String node, Consumer<Shell> answer) throws IOException {
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
            try {
                Window.page().activate(editor);
                editor.reveal(List.of(editor.document().index().element(node)));
                PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(SWEEP, null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Window.await("the dialog", () -> dialog() != null);
        Window.ui(() -> {
            answer.accept(dialog());
            return null;
        });
    }

    private void sweep(String values) throws IOException {
        sweep("bust", shell -> {
            all(shell, Text.class).stream()
                    .filter(text -> (text.getStyle() & SWT.MULTI) != 0 && text.getEditable())
                    .findFirst()
                    .orElseThrow()
                    .setText(values);
            press(shell, "Run");
        });
        Window.await("the comparison", () -> view() != null && view().shown() != null);
    }

    private static CompareView view() {
        return (CompareView) Window.page().findView(CompareView.ID);
    }

    private static List<CompareColumn> columns() {
        return view().columns();
    }

    private static List<Trial.State> states() {
        return columns().stream().map(column -> column.trial().state()).toList();
    }

    private void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    private static HeadCanvas head(int column) {
        return columns().get(column).head();
    }

    private static boolean drawn(int column) {
        return head(column) != null && head(column).model() != null;
    }

    private static Composite whole() {
        Composite at = columns().getFirst();
        while (!all(at, Scale.class).iterator().hasNext()) {
            at = at.getParent();
        }
        return at;
    }

    private static void picture(String name, Shell shell) throws IOException {
        Window.settle();
        Path to = Files.createDirectories(Path.of(System.getProperty("eidolon.pictures")));
        Window.ui(() -> {
            var bounds = shell.getClientArea();
            var image = new Image(shell.getDisplay(), bounds.width, bounds.height);
            var gc = new GC(shell);
            gc.copyArea(image, 0, 0);
            gc.dispose();
            var loader = new ImageLoader();
            loader.data = new ImageData[] {image.getImageData()};
            loader.save(to.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
            image.dispose();
            return null;
        });
        assertThat(to.resolve(name + ".png")).isNotEmptyFile();
    }

    private static void picture(String name) throws IOException {
        picture(name, Window.ui(() -> Window.page().getWorkbenchWindow().getShell()));
    }

    // ---- what users do
    // -------------------------------------------------------------------------------------------------

    @Test
    void eachValueRunsAndItsHeadStandsBesideTheOthers() throws Exception {
        for (int size : new int[] {1, 40, 80}) {
            writeHead(size);
        }
        writeHead(60, "bust-live.glb");
        String before = Window.ui(() -> GraphWriter.write(editor.document().graph()));
        sweep("1, 40..80:2, 13");
        assertThat(Window.ui(
                        () -> columns().stream().map(c -> c.trial().value()).toList()))
                .containsExactly("1", "40", "80", "13");
        Window.await("the first is under way", () -> states().getFirst() == Trial.State.RUNNING);
        Window.await("how far it is", () -> columns().getFirst().said().contains("clay  1 / 4"));
        assertThat(Window.ui(() -> columns().get(1).said())).isEqualTo("waits");
        Window.await("the head that takes shape", () -> drawn(0));
        var live = Window.ui(() -> head(0).model());
        picture("compare-running");
        go();
        Window.await("all have run", () -> !view().shown().isRunning());
        assertThat(Window.ui(CompareTest::states))
                .as(Window.ui(() -> columns().getFirst().said()))
                .containsExactly(Trial.State.DONE, Trial.State.DONE, Trial.State.DONE, Trial.State.FAILED);
        Window.await("the heads", () -> drawn(0) && drawn(1) && drawn(2));
        Window.await("the file in the place of what took shape", () -> head(0).model() != live);
        assertThat(Window.ui(() -> columns().getFirst().said())).contains("likeness 0.410", "1 ran");
        assertThat(Window.ui(() -> columns().get(3).said())).contains("the clay broke", "Take another size");
        assertThat(folder.resolve("out/bust/bust.size/size-40/bust.glb")).exists();
        Map<String, Object> record =
                Json.parseObject(Files.readString(folder.resolve("out/bust/bust.size/batch.json")));
        assertThat(record)
                .containsEntry("outcome", "failed")
                .containsEntry("sweep", "bust.size")
                .containsEntry("done", 3L);
        assertThat(Window.ui(() -> GraphWriter.write(editor.document().graph())))
                .as("the graph stays as it is")
                .isEqualTo(before);

        Window.ui(() -> {
            head(0).view(head(0).view().withCamera(head(0).view().camera().orbited(0.6, 0.2)));
            return null;
        });
        for (int i = 1; i < 3; i++) {
            int column = i;
            assertThat(Window.ui(() -> head(column).view().camera()))
                    .as("seen from the same place")
                    .isEqualTo(Window.ui(() -> head(0).view().camera()));
        }
        Window.ui(() -> {
            Scale expressions = all(whole(), Scale.class).getFirst();
            assertThat(expressions.getMaximum()).isEqualTo(2);
            expressions.setSelection(1);
            expressions.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        assertThat(Window.ui(() -> List.of(
                        head(0).view().shape(),
                        head(1).view().shape(),
                        head(2).view().shape())))
                .containsExactly(1, 1, 1);
        picture("compare-done");

        Window.ui(() -> {
            press(columns().get(1), "Open");
            return null;
        });
        Window.await(
                "it is in the view of heads",
                () -> Window.page().findView(HeadView.ID) instanceof HeadView view
                        && view.panel().canvas().model() != null
                        && view.panel().canvas().model().shapes().size() == 3);
        Window.ui(() -> {
            Combo shows = all(whole(), Combo.class).get(1);
            assertThat(shows.getItems()).contains("bust.png");
            shows.select(1);
            shows.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        Window.await("pictures in the place of heads", () -> head(0) == null && head(2) == null);
        picture("compare-pictures");
    }

    @Test
    void aValueIsTakenIntoTheGraphAndBack() throws Exception {
        go();
        sweep("5,6");
        Window.await("all have run", () -> !view().shown().isRunning());
        Window.ui(() -> {
            press(columns().get(1), "Use value");
            return null;
        });
        assertThat(Window.ui(() -> GraphWriter.write(editor.document().graph())))
                .contains("\"size\": 6");
        Window.ui(() -> {
            Window.page().activate(editor);
            return PlatformUI.getWorkbench()
                    .getService(IHandlerService.class)
                    .executeCommand(IWorkbenchCommandConstants.EDIT_UNDO, null);
        });
        assertThat(Window.ui(() -> GraphWriter.write(editor.document().graph())))
                .contains("\"size\": 2");
    }

    @Test
    void theGraphsOwnResultStandsBesideThoseOfTheSweep() throws Exception {
        go();
        writeHead(2);
        Window.ui(() -> {
            editor.runs().start(List.of(), null);
            return null;
        });
        Window.await("the graph has run", () -> !editor.runs().isRunning());
        sweep("5");
        Window.await("it has run", () -> !view().shown().isRunning());
        Window.ui(() -> {
            Button own = all(whole(), Button.class).stream()
                    .filter(button -> button.getText().equals("Own run"))
                    .findFirst()
                    .orElseThrow();
            own.setSelection(true);
            own.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        assertThat(Window.ui(
                        () -> columns().stream().map(c -> c.trial().value()).toList()))
                .containsExactly("2", "5");
        Window.await("its head", () -> drawn(0));
        Window.await("its likeness", () -> columns().getFirst().said().contains("likeness 0.420"));
        picture("compare-own");
    }

    @Test
    void aSweepIsStoppedAsAWholeAndIsThereAgainLater() throws Exception {
        sweep("21,22,23");
        Window.await("the first is under way", () -> states().getFirst() == Trial.State.RUNNING);
        QueueView queue = (QueueView) Window.ui(() -> Window.page().showView(QueueView.ID));
        assertThat(Window.ui(() -> Stream.of(queue.table().getTable().getItems())
                        .map(item -> item.getText(2))
                        .toList()))
                .containsExactly("size = 21", "size = 22", "size = 23");
        Window.ui(() -> {
            view().stop();
            return null;
        });
        Window.await("the queue is empty", () -> RunQueue.get().runs().isEmpty());
        Window.await("none is under way", () -> !view().shown().isRunning());
        assertThat(Window.ui(CompareTest::states)).containsOnly(Trial.State.CANCELLED);
        Window.ui(() -> {
            Window.page().hideView(view());
            return Window.page().showView(CompareView.ID);
        });
        assertThat(Window.ui(() -> columns().stream().map(CompareColumn::said).toList()))
                .containsExactly("stopped", "stopped", "stopped");
    }

    @Test
    void whatTheCommandHasSweptIsSeenToo() throws Exception {
        Path sweep = Files.createDirectories(folder.resolve("out/bust/bust.size"));
        Files.createDirectories(sweep.resolve("size-7"));
        Files.writeString(sweep.resolve("batch.json"), """
                {"outcome": "failed", "graph": "bust.eidolon", "out": "out/bust/bust.size", "sweep": "bust.size", "done": 1,
                 "items": [
                  {"item": "size-7", "value": "7", "outcome": "done", "ran": 2, "cached": 1, "seconds": 75.2},
                  {"item": "size-13", "value": "13", "outcome": "failed", "ran": 0, "cached": 0, "seconds": 1.0,
                   "errors": [{"where": "bust", "error": "the clay broke", "advice": "Take another size"}]}]}
                """);
        Window.ui(() -> Window.page().showView(CompareView.ID));
        Window.await(
                "the columns",
                () -> columns().size() == 2 && columns().getFirst().said().startsWith("1:15"));
        assertThat(Window.ui(() -> columns().getFirst().said())).contains("2 ran, 1 from the cache");
        assertThat(Window.ui(() -> columns().get(1).said())).contains("bust: the clay broke → Take another size");
    }
}
