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
import java.util.function.Supplier;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.swt.widgets.Display;
import org.eidolon.api.Quality;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.worker.Worker;
import org.eidolon.engine.worker.WorkerRequest;
import org.eidolon.engine.worker.WorkerResult;
import org.eidolon.engine.worker.WorkerRun;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.GraphDocument;
import org.eidolon.studio.editor.Messages;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.figures.RunState.Phase;

/**
 * Runs of one open graph, each in a process of its own, so that a crash of a native library costs the run and not the
 * window. What the process tells is collected and shown a few times a second: the user interface never waits for it.
 */
public final class Runs {
    /** Time between two looks at what the worker told. */
    private static final int BEAT_MS = 80;

    /** Told on the user interface's thread. */
    public interface Listener {
        /** The states of some nodes have changed. */
        void nodes(List<String> ids);

        /** A run began, ended, or was put into the queue. */
        void runs();

        /** What the worker told, previews of all kinds among it; the states of the nodes say it already. */
        default void event(RunEvent event) {}
    }

    private final GraphDocument document;
    private final Supplier<Worker> worker;
    private final Path cacheFolder;
    private final Display display = Display.getCurrent();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final Map<String, RunState> states = new HashMap<>();
    private final Map<String, Image> previews = new ConcurrentHashMap<>();
    private final Map<String, Image> inRun = new HashMap<>();
    private final List<RunLog> logs = new ArrayList<>();
    private final List<Waiting> queue = new ArrayList<>();
    private volatile WorkerRun handle;
    private volatile Cache cache;
    private volatile boolean cancelled;
    private RunLog current;

    private record Waiting(Graph graph, RunLog log, Quality quality) {}

    /** @param worker in whose processes nodes run; asked for by each run */
    public Runs(GraphDocument document, Supplier<Worker> worker, Path cacheFolder) {
        this.document = document;
        this.worker = worker;
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
        WorkerRun running = handle;
        if (running != null) {
            running.cancel();
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
            WorkerRun running = worker.get().start(request(run), this::receive);
            handle = running;
            if (cancelled) {
                running.cancel();
            }
            WorkerResult result = running.await();
            Map<String, Image> pictures = new Pictures(
                            cache, document.engines().types(), PreviewStore.beside(cacheFolder))
                    .of(plan, previewed(), result.keys());
            ui(() -> ended(result, pictures));
        } catch (PlanException e) {
            ui(() -> refused(e));
        } catch (IOException | RuntimeException e) {
            ui(() -> ended(Messages.bind(Messages.run_broke, String.valueOf(e.getMessage())), Map.of()));
        }
    }

    /** The device is left to the worker, so that this process need not load a native library to know of GPUs. */
    private WorkerRequest request(Waiting run) {
        String name = document.file().getFileName().toString().replaceFirst("\\.eidolon$", "");
        var options = new ArrayList<String>();
        options.add("--resume");
        options.add("--cache=" + cacheFolder.toAbsolutePath());
        options.add("--out=" + document.folder().resolve("out").resolve(name));
        if (run.quality != null) {
            options.add("--quality=" + run.quality);
        }
        run.log.targets().forEach(target -> options.add("--to=" + target));
        return new WorkerRequest(document.file(), null, options).with(run.graph);
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

    /** Called as the worker tells it; must be quick. */
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
            case RunEvent.Cached cached ->
                set(cached.node(), new RunState(Phase.CACHED, Messages.state_cached, 1, List.of()), changed);
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
            case RunEvent.Failed f ->
                set(f.node(), of(f.node()).with(Phase.FAILED, f.error() + advice(f.advice()), -1), changed);
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

    private void ended(WorkerResult result, Map<String, Image> pictures) {
        if (result.failures().isEmpty() && result.outcome() == RunEvent.Outcome.FAILED) {
            result.problems().forEach(problem -> current.add(words(problem)));
        }
        ended(Messages.outcome(result.outcome()), pictures);
    }

    private static String words(WorkerResult.Problem problem) {
        String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
        return where + problem.message() + advice(problem.advice());
    }

    private static String advice(String words) {
        return words.isEmpty() ? "" : " → " + words;
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
