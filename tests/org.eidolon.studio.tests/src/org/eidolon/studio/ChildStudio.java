// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.NodeLibrary;
import org.eidolon.engine.worker.Worker;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.testing.ChildCommand;
import org.osgi.framework.FrameworkUtil;

/** The real studio with the test's node types; it does what lines on its standard input say, and answers each. */
public final class ChildStudio implements IApplication {
    private final StudioApplication studio = new StudioApplication();

    @Override
    public Object start(IApplicationContext context) {
        var bundles = FrameworkUtil.getBundle(ChildStudio.class).getBundleContext();
        bundles.registerService(NodeLibrary.class, new Sculpture(), null);
        bundles.registerService(Worker.class, ChildCommand.with(new Sculpture()).worker(), null);
        Thread.ofPlatform().daemon().name("test-lines").start(ChildStudio::answer);
        return studio.start(context);
    }

    @Override
    public void stop() {
        studio.stop();
    }

    private static void answer() {
        try (var lines = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(StudioProcess.ANSWER + answer(line.split(" ")));
            }
        } catch (IOException | InterruptedException e) {
            System.out.println(StudioProcess.ANSWER + e);
        }
    }

    private static String answer(String[] words) throws InterruptedException {
        while (!PlatformUI.isWorkbenchRunning()
                || PlatformUI.getWorkbench().getWorkbenchWindowCount() == 0
                || PlatformUI.getWorkbench().isStarting()) {
            Thread.sleep(50);
        }
        var answer = new AtomicReference<String>();
        Display display = PlatformUI.getWorkbench().getDisplay();
        display.syncExec(() -> {
            try {
                answer.set(say(words));
            } catch (RuntimeException e) {
                answer.set("failed: " + e);
            }
        });
        return answer.get();
    }

    private static String say(String[] words) {
        IWorkbenchPage page = PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
        GraphEditor editor = page.getActiveEditor() instanceof GraphEditor graph ? graph : null;
        return switch (words[0]) {
            case "editors" ->
                Arrays.stream(page.getEditorReferences())
                        .map(IEditorReference::getName)
                        .sorted()
                        .collect(Collectors.joining(","));
            case "front" -> editor == null ? "none" : editor.getPartName();
            case "set" -> {
                GraphNode node = (GraphNode) editor.document().index().element(words[1]);
                editor.document()
                        .edit(
                                "test",
                                graph -> node.getParameters()
                                        .put(words[2], new JsonPrimitive(Integer.parseInt(words[3]))));
                yield "done";
            }
            case "value" ->
                String.valueOf(((GraphNode) editor.document().index().element(words[1]))
                        .getParameters()
                        .get(words[2]));
            case "dirty" -> String.valueOf(editor.isDirty());
            case "run" -> {
                editor.runs().start(java.util.List.of(), null);
                yield "done";
            }
            case "state" -> String.valueOf(editor.runs().state(words[1]).phase());
            case "queue" -> {
                RunQueue queue = RunQueue.get();
                yield (queue.isPaused() ? "paused " : "")
                        + queue.runs().stream()
                                .map(run -> queue.isUnderWay(run) ? "runs" : "waits")
                                .collect(Collectors.joining(","));
            }
            case "pause" -> {
                RunQueue.get().pause(Boolean.parseBoolean(words[1]));
                yield "done";
            }
            case "save" -> {
                page.saveEditor(editor, false);
                yield "done";
            }
            case "quit" -> {
                PlatformUI.getWorkbench()
                        .getDisplay()
                        .asyncExec(() -> PlatformUI.getWorkbench().close());
                yield "done";
            }
            default -> "what is " + words[0] + "?";
        };
    }
}
