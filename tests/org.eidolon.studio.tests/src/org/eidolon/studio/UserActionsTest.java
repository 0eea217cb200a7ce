// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.studio.editor.CanvasHand;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.viewer.HeadView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does from the welcome to a colleague's file, by the events that their hands make. */
class UserActionsTest {
    private static final List<String> EXPRESSIONS =
            IntStream.rangeClosed(1, 13).mapToObj(i -> "face " + i).toList();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        Window.ui(() -> {
            GraphEditor editor = GraphEditor.active();
            if (editor != null) {
                editor.runs().cancel();
            }
            Window.page().closeAllEditors(false);
            Window.page().resetPerspective();
            return null;
        });
    }

    private static Stream<Control> controls(Composite parent) {
        return Arrays.stream(parent.getChildren())
                .flatMap(child -> child instanceof Composite composite
                        ? Stream.concat(Stream.of(child), controls(composite))
                        : Stream.of(child));
    }

    private static <C extends Control> C find(Class<C> type, java.util.function.Predicate<C> wanted) {
        return controls(Window.page().getWorkbenchWindow().getShell())
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Lets go of a file of the desktop over a point of the canvas. */
    private static void drop(GraphEditor editor, Path file, int x, int y) {
        Window.ui(() -> {
            Control canvas = editor.host().viewer().getControl();
            var target = (DropTarget) canvas.getData(DND.DROP_TARGET_KEY);
            Constructor<?> made = Class.forName("org.eclipse.swt.dnd.DNDEvent").getDeclaredConstructor();
            made.setAccessible(true);
            var event = (Event) made.newInstance();
            event.widget = target;
            var at = canvas.toDisplay(x, y);
            set(event, "x", at.x);
            set(event, "y", at.y);
            set(event, "detail", DND.DROP_COPY);
            set(event, "operations", DND.DROP_COPY);
            set(event, "dataTypes", new org.eclipse.swt.dnd.TransferData[0]);
            set(event, "data", new String[] {file.toString()});
            target.notifyListeners(DND.Drop, event);
            return null;
        });
    }

    private static void set(Event event, String name, Object value) throws ReflectiveOperationException {
        Class<?> type = event.getClass();
        while (Arrays.stream(type.getDeclaredFields())
                .noneMatch(field -> field.getName().equals(name))) {
            type = type.getSuperclass();
        }
        var field = type.getDeclaredField(name);
        field.setAccessible(true);
        field.set(event, value);
    }

    private static void press(String command) {
        Window.ui(() -> {
            Window.page().activate(GraphEditor.active());
            return PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(command, null);
        });
    }

    private Path graph(String name, String nodes) throws IOException {
        return Files.writeString(folder.resolve(name), "{\"eidolon\": 1, \"nodes\": {" + nodes + "}}");
    }

    private static GraphEditor open(Path file) {
        return Window.ui(() -> {
            Opening.open(Window.page(), file);
            return GraphEditor.active();
        });
    }

    /** Action 1. */
    @Test
    void aTemplateIsPickedAPhotoIsDroppedAndTheGraphRuns() throws Exception {
        Path photo = folder.resolve("my photo.jpg");
        try (var in = Template.class.getResourceAsStream("/templates/assets/eileen-collins.jpg")) {
            Files.copy(in, photo);
        }
        Window.ui(() -> {
            IWorkbenchPage page = Window.page();
            Opening.welcome(page);
            return null;
        });
        Window.ui(() -> {
            Button card = find(Button.class, button -> button.getText().equals(Template.PORTRAIT.title()));
            card.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        GraphEditor editor = Window.ui(GraphEditor::active);
        assertThat(editor.document().folder().toString()).contains("Eidolon");
        Window.settle();
        var title = Window.ui(() -> {
            var figure = editor.host()
                    .part(editor.document().index().element("photo"))
                    .getFigure();
            var box = figure.getBounds().getCopy();
            figure.translateToAbsolute(box);
            return new int[] {box.x + box.width / 2, box.y + 8};
        });
        drop(editor, photo, title[0], title[1]);
        var node = (GraphNode) Window.ui(() -> editor.document().index().element("photo"));
        assertThat(node.getParameters().get("file").getAsString()).isEqualTo("assets/my photo.jpg");
        assertThat(editor.document().folder().resolve("assets/my photo.jpg")).hasSameBinaryContentAs(photo);
        press("org.eidolon.studio.editor.run");
        assertThat(Window.ui(() -> editor.runs().logs())).hasSize(1);
        assertThat(Window.ui(() -> editor.runs().logs().getFirst().isWaiting())).isFalse();
    }

    /** Action 2. */
    @Test
    void nodesTellHowFarTheyAreAndTheHeadIsSeenInAllExpressions() throws Exception {
        var square = new Mesh(
                new float[] {-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0}, new int[] {0, 1, 2, 0, 2, 3}, null, null);
        var scenes = new ArrayList<Glb.Scene>();
        EXPRESSIONS.forEach(name -> scenes.add(new Glb.Scene(name, square.withVertexNormals(), -1)));
        new Glb(scenes, 0, List.of(), null).write(folder.resolve("done.glb"));
        new Glb(scenes.subList(0, 1), 0, List.of(), null).write(folder.resolve("rough.glb"));
        Files.createFile(folder.resolve("go"));
        int steps = 40 + (int) (System.nanoTime() % 20);
        GraphEditor editor = open(graph("head.eidolon", """
                "photo": {"type": "test.photo@1"},
                "carve": {"type": "test.carve@1", "params": {"steps": %d, "journal": "%s"}},
                "sculpt": {"type": "test.sculpt@1", "params": {"workshop": "%s"}, "in": {"photo": "photo.image"}}
                """.formatted(steps, folder.resolve("steps.txt"), folder)));
        press("org.eidolon.studio.editor.run");
        Window.await("time left is told", () -> state(editor, "carve").text().matches("carve .*/ \\d+ .*left"));
        assertThat(Window.ui(() -> state(editor, "carve").phase())).isEqualTo(RunState.Phase.RUNNING);
        Window.await("the run ends", () -> !editor.runs().isRunning());
        assertThat(Window.ui(() -> state(editor, "carve").phase())).isEqualTo(RunState.Phase.FINISHED);
        assertThat(Window.ui(() -> editor.runs().preview("photo"))).isNotNull();
        Window.await("the export is seen", () -> shapes() == EXPRESSIONS.size());
        Window.ui(() -> {
            Scale expressions = find(Scale.class, scale -> scale.getMaximum() == EXPRESSIONS.size() - 1);
            expressions.setSelection(7);
            expressions.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        assertThat(Window.ui(() -> view().panel().canvas().view().shape())).isEqualTo(7);
        assertThat(Window.ui(() -> view().panel().isPhotoShown())).isTrue();
        press("org.eidolon.studio.editor.run");
        Window.await("the run ends", () -> !editor.runs().isRunning());
        assertThat(Window.ui(() -> state(editor, "carve").phase())).isEqualTo(RunState.Phase.CACHED);
    }

    private static RunState state(GraphEditor editor, String node) {
        return editor.runs().state(node);
    }

    private static HeadView view() {
        return (HeadView) Window.page().findView(HeadView.ID);
    }

    private static int shapes() {
        return view() == null || view().panel().canvas().model() == null
                ? 0
                : view().panel().canvas().model().shapes().size();
    }

    /** Action 6. */
    @Test
    void aSavedChangeIsALineAndAColleaguesHeadGivesItsGraph() throws Exception {
        Path mine = graph("mine.eidolon", "\"carve\": {\"type\": \"test.carve@1\", \"params\": {\"steps\": 3}}");
        GraphEditor editor = open(mine);
        Window.ui(() -> {
            new CanvasHand(editor).set("carve", "steps", 4);
            return Window.page().saveEditor(editor, false);
        });
        List<String> before = Files.readAllLines(mine);
        Window.ui(() -> {
            new CanvasHand(editor).set("carve", "steps", 5);
            return Window.page().saveEditor(editor, false);
        });
        List<String> after = Files.readAllLines(mine);
        assertThat(after).hasSameSizeAs(before);
        assertThat(IntStream.range(0, after.size())
                        .filter(i -> !after.get(i).equals(before.get(i)))
                        .mapToObj(after::get))
                .singleElement()
                .asString()
                .contains("\"steps\": 5");

        String theirs = "{\"eidolon\": 1, \"nodes\": {\"bust\": {\"type\": \"test.carve@1\"}}}";
        var triangle = new Mesh(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2}, null, null);
        var scene = new Glb.Scene("neutral", triangle.withVertexNormals(), -1);
        Path head = Files.createDirectory(folder.resolve("mail")).resolve("theirs.glb");
        new Glb(List.of(scene), 0, List.of(), "{\"eidolon\": {\"graph\": " + theirs + "}}").write(head);
        drop(editor, head, 20, 20);
        Window.await(
                "it is open",
                () -> GraphEditor.active() != null
                        && GraphEditor.active().getPartName().equals("theirs.eidolon"));
        assertThat(Window.ui(() -> GraphEditor.active().document().index().element("bust")))
                .isInstanceOf(GraphNode.class);
        assertThat(Window.ui(() -> Window.page().findEditor(new GraphFileInput(mine))))
                .isNotNull();
    }
}
