// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.Quality;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.GraphDocument;
import org.eidolon.studio.editor.Messages;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.figures.RunState.Phase;

/**
 * Runs of one open graph. The engine works in threads of its own; what it tells is collected and shown a few times a
 * second, so that the user interface never waits for it.
 */
public final class Runs {
    /** Time between two looks at what the engine told. */
    private static final int BEAT_MS = 80;

    /** Told on the user interface's thread. */
    public interface Listener {
        /** The states of some nodes have changed. */
        void nodes(List<String> ids);

        /** A run began, ended, or was put into the queue. */
        void runs();

        /** What the engine told, previews of all kinds among it; the states of the nodes say it already. */
        default void event(RunEvent event) {}
    }

    private final GraphDocument document;
    private final Path cacheFolder;
    private final Display display = Display.getCurrent();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final Map<String, RunState> states = new HashMap<>();
    private final Map<String, Image> previews = new ConcurrentHashMap<>();
    private final Map<String, Image> inRun = new HashMap<>();
    private final Map<String, String> cachedKeys = new ConcurrentHashMap<>();
    private final List<RunLog> logs = new ArrayList<>();
    private final List<Waiting> queue = new ArrayList<>();
    private volatile Engine.RunHandle handle;
    private volatile Cache cache;
    private volatile boolean cancelled;
    private RunLog current;

    private record Waiting(Graph graph, RunLog log, Quality quality) {}

    public Runs(GraphDocument document, Path cacheFolder) {
        this.document = document;
        this.cacheFolder = cacheFolder;
    }

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    public void noMore(Listener listener) {
        listeners.remove(listener);
    }

    public RunState state(String node) {
        return states.getOrDefault(node, RunState.NONE);
    }

    /** The newest picture that a node has shown, or null. */
    public Image preview(String node) {
        return previews.get(node);
    }

    /** All runs since the graph was opened, the newest last; those that wait are among them. */
    public List<RunLog> logs() {
        return List.copyOf(logs);
    }

    /** Where results lie; null until the first run. */
    public Cache cache() {
        return cache;
    }

    public boolean isRunning() {
        return current != null;
    }

    /**
     * Runs the graph as it is now, at once or after those that wait.
     *
     * @param targets nodes to run with all they need; none for the whole graph
     * @param quality null leaves it to the device
     */
    public void start(List<String> targets, Quality quality) {
        var log = new RunLog(targets, Messages.run_waiting);
        logs.add(log);
        queue.add(new Waiting(EcoreUtil.copy(document.graph()), log, quality));
        next();
    }

    /** Stops the run under way; what waits goes on. */
    public void cancel() {
        cancelled = true;
        Engine.RunHandle running = handle;
        if (running != null) {
            Thread.ofVirtual().start(running::cancel);
        }
    }

    /** Takes a run that waits out of the queue. */
    public void drop(RunLog log) {
        if (queue.removeIf(waiting -> waiting.log == log)) {
            log.end(Messages.run_dropped);
            listeners.forEach(Listener::runs);
        }
    }

    public void dispose() {
        queue.clear();
        cancel();
    }

    private void next() {
        if (current == null && !queue.isEmpty()) {
            Waiting first = queue.removeFirst();
            current = first.log;
            current.begin(Messages.run_planning);
            cancelled = false;
            states.clear();
            inRun.clear();
            cachedKeys.clear();
            Thread.ofPlatform().daemon().name("eidolon-studio-run").start(() -> run(first));
        }
        listeners.forEach(Listener::runs);
        tell(List.copyOf(
                document.graph().getNodes().stream().map(n -> n.getId()).toList()));
    }

    private void run(Waiting run) {
        try {
            Plan plan = new Planner(document.engines().types())
                    .plan(PlanRequest.of(run.graph, document.file()).withTargets(run.log.targets()));
            cache = new Cache(cacheFolder);
            Engine engine = document.engines().open(cache);
            String name = document.file().getFileName().toString().replaceFirst("\\.eidolon$", "");
            RunOptions options = RunOptions.defaults()
                    .withDevices(Devices.best(document.engines()))
                    .withQuality(run.quality)
                    .withResume(true)
                    .withOut(document.folder().resolve("out").resolve(name));
            handle = engine.start(plan, options, this::receive);
            if (cancelled) {
                handle.cancel();
            }
            RunResult result = handle.await();
            Map<String, Image> pictures = new Pictures(
                            engine.cache(), document.engines().types(), PreviewStore.beside(cacheFolder))
                    .of(plan, result, previewed(), Map.copyOf(cachedKeys));
            ui(() -> ended(Messages.outcome(result.outcome()), pictures));
        } catch (PlanException e) {
            ui(() -> refused(e));
        } catch (IOException | RuntimeException e) {
            ui(() -> ended(Messages.bind(Messages.run_broke, String.valueOf(e.getMessage())), Map.of()));
        }
    }

    /** What nodes have shown in this run. */
    private Map<String, Image> previewed() {
        var fresh = new HashMap<String, Image>();
        display.syncExec(() -> {
            beat();
            fresh.putAll(inRun);
        });
        return fresh;
    }

    /** Called by the engine; must be quick. */
    private void receive(RunEvent event) {
        events.add(event);
        if (beating.compareAndSet(false, true)) {
            ui(() -> display.timerExec(BEAT_MS, this::beat));
        }
    }

    private void ui(Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(work);
        }
    }

    private void beat() {
        beating.set(false);
        var changed = new ArrayList<String>();
        for (RunEvent event = events.poll(); event != null; event = events.poll()) {
            take(event, changed);
        }
        tell(changed);
    }

    private void tell(List<String> changed) {
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.nodes(changed));
        }
    }

    private void take(RunEvent event, List<String> changed) {
        if (current != null) {
            current.add(event);
        }
        switch (event) {
            case RunEvent.Planned planned ->
                planned.toRun()
                        .forEach(id ->
                                set(id, new RunState(Phase.QUEUED, Messages.state_queued, -1, List.of()), changed));
            case RunEvent.Cached cached -> {
                cachedKeys.put(cached.node(), cached.key());
                set(cached.node(), new RunState(Phase.CACHED, Messages.state_cached, 1, List.of()), changed);
            }
            case RunEvent.Started started ->
                set(
                        started.node(),
                        new RunState(Phase.RUNNING, Messages.state_running, -1, started.reasons()),
                        changed);
            case RunEvent.Progress p -> set(p.node(), of(p.node()).with(Phase.RUNNING, progress(p), part(p)), changed);
            case RunEvent.Preview preview -> {
                if (preview.value() instanceof Image image) {
                    previews.put(outer(preview.node()), image);
                    inRun.put(preview.node(), image);
                    changed.add(outer(preview.node()));
                }
            }
            case RunEvent.Log log -> {}
            case RunEvent.Finished f ->
                set(
                        f.node(),
                        of(f.node())
                                .with(Phase.FINISHED, Messages.bind(Messages.state_finished, seconds(f.seconds())), 1),
                        changed);
            case RunEvent.Failed failed -> {
                String advice = failed.advice().isEmpty() ? "" : " → " + failed.advice();
                set(failed.node(), of(failed.node()).with(Phase.FAILED, failed.error() + advice, -1), changed);
            }
            case RunEvent.Cancelled c ->
                set(c.node(), of(c.node()).with(Phase.CANCELLED, Messages.state_cancelled, -1), changed);
            case RunEvent.Ended ended -> {}
        }
        listeners.forEach(listener -> listener.event(event));
    }

    private RunState of(String node) {
        return state(outer(node));
    }

    private void set(String node, RunState state, List<String> changed) {
        states.put(outer(node), state);
        changed.add(outer(node));
    }

    /** Nodes of a subgraph show on the node that stands for it. */
    private static String outer(String node) {
        int slash = node.indexOf('/');
        return slash < 0 ? node : node.substring(0, slash);
    }

    private static double part(RunEvent.Progress p) {
        return p.total() > 0 ? p.done() / (double) p.total() : -1;
    }

    private static String progress(RunEvent.Progress p) {
        String count = p.total() > 0 ? p.stage() + "  " + p.done() + " / " + p.total() : p.stage() + "  " + p.done();
        return p.left() == null ? count : count + "  ·  " + Messages.bind(Messages.state_left, clock(p.left()));
    }

    private static String clock(Duration left) {
        return String.format("%d:%02d", left.toMinutes(), left.toSecondsPart());
    }

    private static String seconds(double seconds) {
        return seconds < 60 ? String.format("%.1f s", seconds) : clock(Duration.ofSeconds(Math.round(seconds)));
    }

    private void ended(String outcome, Map<String, Image> pictures) {
        beat();
        previews.putAll(pictures);
        current.end(outcome);
        current = null;
        handle = null;
        tell(List.copyOf(pictures.keySet()));
        next();
    }

    private void refused(PlanException e) {
        var changed = new ArrayList<String>();
        e.problems().forEach(problem -> {
            String[] path = problem.where().split("\\.", 3);
            if (problem.isError() && path.length > 1 && path[0].equals("nodes")) {
                set(path[1], new RunState(Phase.FAILED, problem.message(), -1, List.of()), changed);
            }
            current.add(problem.toString());
        });
        tell(changed);
        ended(Messages.run_refused, Map.of());
    }
}
