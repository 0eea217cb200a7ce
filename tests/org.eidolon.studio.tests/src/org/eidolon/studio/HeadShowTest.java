// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.ui.IWorkbenchPage;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.viewer.HeadView;
import org.eidolon.studio.viewer.scene.HeadModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of a head comes to the view of heads. */
class HeadShowTest {
    @TempDir
    Path folder;

    private Path workshop;
    private GraphEditor editor;

    @BeforeEach
    void openGraph() throws Exception {
        workshop = Files.createDirectory(folder.resolve("workshop"));
        write(workshop.resolve("rough.glb"), "rough");
        write(workshop.resolve("done.glb"), "a", "b");
        openGraph("head", workshop);
    }

    private static void write(Path file, String... shapes) throws IOException {
        var square = new Mesh(
                new float[] {-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0}, new int[] {0, 1, 2, 0, 2, 3}, null, null);
        var scenes = new ArrayList<Glb.Scene>();
        for (String shape : shapes) {
            scenes.add(new Glb.Scene(shape, square.withVertexNormals(), -1));
        }
        new Glb(scenes, 0, List.of(), null).write(file);
    }

    private void openGraph(String name, Path where) throws Exception {
        Path graph = Files.writeString(folder.resolve(name + ".eidolon"), """
                {
                  "eidolon": 1,
                  "nodes": {
                    "photo": {"type": "test.photo@1"},
                    "sculpt": {"type": "test.sculpt@1", "params": {"workshop": "WHERE"}, "in": {"photo": "photo.image"}}
                  }
                }
                """.replace("WHERE", where.toString()));
        editor = Window.ui(() -> {
            Window.page().resetPerspective();
            return (GraphEditor) Window.page().openEditor(new GraphFileInput(graph), GraphEditor.ID);
        });
    }

    @AfterEach
    void closeGraphs() {
        Window.ui(() -> Window.page().closeAllEditors(false));
    }

    private void go() throws IOException {
        Files.createFile(workshop.resolve("go"));
    }

    private void run() {
        Window.ui(() -> {
            editor.runs().start(List.of(), null);
            return null;
        });
    }

    private void awaitEnd() {
        Window.await("the run ends", () -> !editor.runs().isRunning());
    }

    private static HeadView view() {
        return (HeadView) Window.page().findView(HeadView.ID);
    }

    /** Names of the expressions that are seen. */
    private static List<String> seen() {
        HeadModel model = view() == null ? null : view().panel().canvas().model();
        return model == null
                ? List.of()
                : model.shapes().stream().map(shape -> shape.name()).toList();
    }

    @Test
    void aHeadIsSeenTakingShapeAndThenAsItIsExported() throws Exception {
        run();
        Window.await("the head as it takes shape", () -> seen().equals(List.of("rough")));
        assertThat(Window.ui(() -> Window.page().isPartVisible(view())))
                .as("the view has come to the front")
                .isTrue();
        Window.await("the photo beside it", () -> view().panel().isPhotoShown());
        go();
        awaitEnd();
        Window.await("the export", () -> seen().equals(List.of("a", "b")));
    }

    @Test
    void aHeadThatTheCacheHoldsIsSeenWithItsPhoto() throws Exception {
        go();
        run();
        awaitEnd();
        Window.await("the export", () -> seen().equals(List.of("a", "b")));
        closeGraphs();
        Window.ui(() -> {
            Window.page().hideView(view());
            return null;
        });
        openGraph("again", workshop);
        assertThat(Window.ui(HeadShowTest::seen)).isEmpty();
        run();
        awaitEnd();
        Window.await("the export", () -> seen().equals(List.of("a", "b")));
        Window.await("the photo beside it", () -> view().panel().isPhotoShown());
    }

    @Test
    void aViewThatIsClosedStaysClosed() throws Exception {
        go();
        Window.ui(() -> {
            IWorkbenchPage page = Window.page();
            page.hideView(page.findViewReference(HeadView.ID));
            return null;
        });
        run();
        awaitEnd();
        Window.settle();
        assertThat(Window.ui(() -> Window.page().findViewReference(HeadView.ID)))
                .isNull();
    }

    @Test
    void theEditorInFrontBringsItsHeadAlong() throws Exception {
        go();
        GraphEditor first = editor;
        run();
        awaitEnd();
        Window.await("the export", () -> seen().equals(List.of("a", "b")));
        Path other = Files.createDirectory(folder.resolve("other"));
        write(other.resolve("rough.glb"), "rough");
        openGraph("other", other);
        run();
        Window.await("the other head", () -> seen().equals(List.of("rough")));
        Window.ui(() -> {
            Window.page().activate(first);
            return null;
        });
        Window.await("the first head", () -> seen().equals(List.of("a", "b")));
        Window.ui(() -> {
            Window.page().activate(editor);
            return null;
        });
        Window.await("the other head again", () -> seen().equals(List.of("rough")));
        Window.ui(() -> {
            editor.runs().cancel();
            return null;
        });
        awaitEnd();
    }
}
