// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.PlatformUI;
import org.eidolon.engine.Sweep;
import org.eidolon.studio.editor.CanvasHand;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.studio.editor.views.RunsView;
import org.eidolon.studio.viewer.HeadView;
import org.eidolon.studio.views.CacheView;
import org.eidolon.studio.views.CompareView;
import org.eidolon.studio.views.ModelsView;
import org.eidolon.studio.views.QueueView;

/**
 * The pictures of the documentation: the real window with a real graph, driven as a user drives it, run by the real engine.
 * Each picture is taken from a window that is laid out afresh.
 */
public final class Screenshots {
    private static final String WELCOME = "studio-welcome";

    /** One that lies inside a jar, so that the picture names no folder of the machine it was taken on. */
    private static final String SHOWN_MODEL = "text/all-minilm-l6-v2-q";

    /** Those that show the canvas alone, large enough to be read. */
    private static final Set<String> CLOSE = Set.of("studio-link", "studio-progress");

    private static final int WIDTH = 1360;
    private static final int HEIGHT = 860;

    /** How far a stage is that is shown at work. */
    private static final double PART = 0.12;

    private static final List<String> STEPS = List.of("30", "50", "80");

    /** So that a nose is seen from the side. */
    private static final double TURN = Math.toRadians(30);

    private static final long LOOK_SECONDS = 60;
    private static final long RUN_SECONDS = 3600;

    private interface Shot {
        void take() throws IOException;
    }

    private final Path graph;
    private final Stage stage;
    private final Map<String, Shot> shots = new LinkedHashMap<>();
    private GraphEditor editor;

    /**
     * @param graph to show; it and what lies beside it are copied before
     * @param pictures folder for them
     */
    public Screenshots(Path graph, Path pictures) {
        this.graph = graph;
        this.stage = new Stage(pictures);
        shots.put(WELCOME, this::welcome);
        shots.put("studio-link", this::link);
        shots.put("studio-progress", this::progress);
        shots.put("studio-queue", this::queue);
        shots.put("studio-run", this::run);
        shots.put("studio-head", this::head);
        shots.put("studio-dark", this::head);
        shots.put("studio-sweep", this::sweep);
        shots.put("studio-compare", this::compare);
        shots.put("studio-cache", this::cache);
        shots.put("studio-models", this::models);
    }

    /**
     * Takes them in a thread of its own.
     *
     * @param names of the pictures, without their ending
     * @param theme light or dark
     * @param over told at the end what went wrong, or null
     */
    public void take(List<String> names, String theme, Consumer<Throwable> over) {
        Thread.ofPlatform().daemon().name("eidolon-studio-pictures").start(() -> {
            Throwable problem = null;
            try {
                begin(theme);
                for (String name : names) {
                    Shot shot = shots.get(name);
                    if (shot == null) {
                        throw new IOException(
                                "there is no picture " + name + "; there are " + String.join(", ", shots.keySet()));
                    }
                    stage.uiDo(() -> Stage.page().resetPerspective());
                    if (editor == null && !name.equals(WELCOME)) {
                        open();
                    }
                    shot.take();
                    stage.shoot(name, CLOSE.contains(name) ? hand().control() : null);
                    if (editor != null) {
                        stage.uiDo(() -> hand().escape());
                    }
                }
            } catch (IOException | RuntimeException | LinkageError e) {
                problem = e; // told by the application, which ends with it
            }
            over.accept(problem);
        });
    }

    private void begin(String theme) {
        InstanceScope.INSTANCE.getNode("org.eidolon.studio").put("theme", theme);
        stage.uiDo(() -> {
            var shell = Stage.page().getWorkbenchWindow().getShell();
            shell.setLocation(0, 0);
            shell.setSize(WIDTH, HEIGHT);
        });
    }

    private void open() throws IOException {
        Path file = copy();
        editor = stage.ui(() -> {
            Stage.page().closeAllEditors(false);
            return (GraphEditor) Stage.page().openEditor(new GraphFileInput(file), GraphEditor.ID);
        });
        Stage.pause(1500);
    }

    /** The graph and its assets in a folder of their own, so that nothing beside the graph is touched. */
    private Path copy() throws IOException {
        Path to = Files.createTempDirectory("eidolon-pictures");
        Path assets = graph.resolveSibling("assets");
        if (Files.isDirectory(assets)) {
            Files.createDirectory(to.resolve("assets"));
            try (Stream<Path> files = Files.list(assets)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve("assets").resolve(file.getFileName()));
                }
            }
        }
        return Files.copy(graph, to.resolve(graph.getFileName()));
    }

    private CanvasHand hand() {
        return new CanvasHand(editor);
    }

    private Phase phase(String id) {
        return editor.runs().state(id).phase();
    }

    private void fit() {
        stage.uiDo(() -> hand().fit());
    }

    private void near(String id) {
        stage.uiDo(() -> hand().near(id));
        Stage.pause(300);
    }

    /** With which every studio begins that has nothing else to open. */
    private void welcome() {}

    private void link() {
        near("identity");
        stage.uiDo(() -> hand().drawLink("expressions", "expressions", "identity", "faces"));
    }

    /** A stage that no cache knows, on its way. */
    private void progress() {
        int steps = 120 + (int) (System.currentTimeMillis() / 1000 % 97);
        stage.uiDo(() -> {
            hand().set("geometry", "steps", steps);
            editor.runs().start(List.of("geometry"), null);
        });
        stage.await(
                "the stage on its way",
                RUN_SECONDS,
                () -> editor.runs().preview("geometry") != null
                                && editor.runs().state("geometry").done() > PART
                        || phase("geometry") == Phase.FAILED);
        near("geometry");
    }

    /** The stage still under way, and more that waits. */
    private void queue() {
        stage.uiDo(() -> {
            hand().undoAll();
            if (!editor.runs().isRunning()) {
                editor.runs().start(List.of("geometry"), null);
            }
            editor.runs().start(List.of(), null);
            editor.runs().start(List.of("export"), null);
        });
        stage.view(QueueView.ID);
        fit();
    }

    private void settleQueue() {
        stage.uiDo(() -> {
            List.copyOf(RunQueue.get().runs()).forEach(RunQueue.get()::drop);
            hand().undoAll();
        });
        stage.await("the end of what runs", LOOK_SECONDS, () -> !editor.runs().isRunning());
    }

    private void runAll() {
        settleQueue();
        if (phase("export") != Phase.FINISHED && phase("export") != Phase.CACHED) {
            stage.uiDo(() -> editor.runs().start(List.of(), null));
            stage.await("the end of the run", RUN_SECONDS, () -> !editor.runs().isRunning());
            if (phase("export") != Phase.FINISHED && phase("export") != Phase.CACHED) {
                throw new IllegalStateException("the graph did not run: "
                        + editor.runs().logs().getLast().status());
            }
        }
        Stage.pause(1500);
    }

    private void run() {
        runAll();
        stage.view(IPageLayout.ID_OUTLINE);
        stage.view(RunsView.ID);
        fit();
    }

    private void head() {
        runAll();
        var panel = ((HeadView) stage.view(HeadView.ID)).panel();
        stage.await(
                "the head",
                LOOK_SECONDS,
                () -> panel.canvas().model() != null
                        && panel.canvas().model().shapes().size() > 1);
        stage.view(RunsView.ID);
        fit();
        Stage.pause(1500);
    }

    /** The dialog that asks for the values. */
    private void sweep() {
        settleQueue();
        near("geometry");
        stage.uiDo(() -> hand().sweep("geometry", "steps"));
        stage.await("the dialog", LOOK_SECONDS, () -> hand().dialog() != null);
    }

    /** Heads of few steps and of many, seen from where they differ. */
    private void compare() {
        settleQueue();
        stage.uiDo(() -> {
            hand().set("expressions", "prompts", "neutral; smile; surprise"); // or it would take a quarter of an hour
            hand().set("texture", "steps", 20);
            editor.runs().start(new Sweep("geometry.steps", STEPS), null);
        });
        stage.await("the end of the sweep", RUN_SECONDS, () -> !editor.runs().isRunning());
        var view = (CompareView) stage.view(CompareView.ID);
        stage.await("the heads", LOOK_SECONDS, () -> view.heads().size() == STEPS.size());
        stage.view(IPageLayout.ID_OUTLINE);
        fit();
        stage.uiDo(() -> {
            var head = view.heads().getFirst();
            head.view(head.view().withCamera(head.view().camera().orbited(TURN, 0)));
        });
        Stage.pause(2500);
    }

    private void cache() {
        runAll();
        stage.view(CacheView.ID);
        fit();
        Stage.pause(1500);
    }

    private void models() {
        stage.view(ModelsView.ID);
        fit();
        Stage.pause(1500);
        stage.uiDo(() -> ((ModelsView) Stage.page().findView(ModelsView.ID)).select(SHOWN_MODEL));
    }

    /** Ends the window without a question. */
    public static void end() {
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
            Stage.page().closeAllEditors(false);
            PlatformUI.getWorkbench().close();
        });
    }
}
