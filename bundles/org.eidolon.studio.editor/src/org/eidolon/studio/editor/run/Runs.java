// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eidolon.api.Quality;
import org.eidolon.api.value.Image;
import org.eidolon.engine.Cache;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.Sweep;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Element;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.document.GraphDocument;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.figures.RunState.Phase;

/** The runs of one open graph: how its nodes stand in them, and what they showed. The {@link RunQueue} runs them. */
public final class Runs {
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
    private final RunQueue queue;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, RunState> states = new HashMap<>();
    private final Map<String, Image> previews = new HashMap<>();
    private final List<QueuedRun> runs = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final QueuedRun.Watcher watcher = new Watcher();

    /** Takes up what the queue has of this graph already. */
    public Runs(GraphDocument document, RunQueue queue) {
        this.document = document;
        this.queue = queue;
        for (QueuedRun run : queue.runs()) {
            if (run.graph().equals(document.file())) {
                runs.add(run);
                run.events().forEach(this::take);
                run.watch(watcher);
            }
        }
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
        return runs.stream().map(QueuedRun::log).toList();
    }

    /** Where results lie; null until the first run. */
    public Cache cache() {
        return queue.cache();
    }

    /** Whether a run of this graph is under way or waits. */
    public boolean isRunning() {
        return runs.stream().anyMatch(run -> !run.log().isOver());
    }

    /**
     * Runs the graph as it is now, at once or after those that wait.
     *
     * @param targets nodes to run with all they need; none for the whole graph
     * @param quality null leaves it to the device
     */
    public void start(List<String> targets, Quality quality) {
        QueuedRun run = queue.add(document.file(), GraphWriter.write(document.graph()), targets, quality);
        runs.add(run);
        run.watch(watcher);
        queue.next();
        listeners.forEach(Listener::runs);
    }

    /**
     * Runs the graph as it is now once for each value, after those that wait.
     *
     * @param quality null leaves it to the device
     */
    public SweepResults start(Sweep sweep, Quality quality) {
        SweepResults results = Sweeps.get()
                .start(document.file(), GraphWriter.write(document.graph()), sweep, quality, run -> {
                    runs.add(run);
                    run.watch(watcher);
                });
        queue.next();
        listeners.forEach(Listener::runs);
        return results;
    }

    /** Stops the run of this graph that is under way, or else takes the next one out of the queue. */
    public void cancel() {
        runs.stream().filter(run -> !run.log().isOver()).findFirst().ifPresent(queue::drop);
    }

    /** Takes a run that waits out of the queue. */
    public void drop(RunLog log) {
        runs.stream()
                .filter(run -> run.log() == log && log.isWaiting())
                .findFirst()
                .ifPresent(queue::drop);
    }

    /** Looks no longer; the runs go on. */
    public void dispose() {
        runs.forEach(run -> run.leave(watcher));
    }

    private void tell(List<String> ids) {
        if (!ids.isEmpty()) {
            listeners.forEach(listener -> listener.nodes(ids));
        }
    }

    private final class Watcher implements QueuedRun.Watcher {
        @Override
        public void began() {
            states.clear();
            listeners.forEach(Listener::runs);
            tell(document.graph().getNodes().stream().map(Element::getId).toList());
        }

        @Override
        public void event(RunEvent event) {
            take(event);
            listeners.forEach(listener -> listener.event(event));
        }

        @Override
        public void paused() {
            List<String> ids = List.copyOf(changed);
            changed.clear();
            tell(ids);
        }

        @Override
        public void refused(PlanException e) {
            for (Problem problem : e.problems()) {
                String[] path = problem.where().split("\\.", 3);
                if (problem.isError() && path.length > 1 && path[0].equals("nodes")) {
                    set(path[1], new RunState(Phase.FAILED, problem.message(), -1, List.of()));
                }
            }
        }

        @Override
        public void ended(Map<String, Image> pictures) {
            pictures.forEach((node, picture) -> previews.put(node, picture));
            changed.addAll(pictures.keySet());
            paused();
            listeners.forEach(Listener::runs);
        }
    }

    private void take(RunEvent event) {
        switch (event) {
            case RunEvent.Planned planned ->
                planned.toRun()
                        .forEach(id -> set(id, new RunState(Phase.QUEUED, Messages.state_queued, -1, List.of())));
            case RunEvent.Cached cached ->
                set(cached.node(), new RunState(Phase.CACHED, Messages.state_cached, 1, List.of()));
            case RunEvent.Started started ->
                set(started.node(), new RunState(Phase.RUNNING, Messages.state_running, -1, started.reasons()));
            case RunEvent.Progress p -> set(p.node(), of(p.node()).with(Phase.RUNNING, progress(p), part(p)));
            case RunEvent.Preview preview -> {
                if (preview.value() instanceof Image image) {
                    previews.put(outer(preview.node()), image);
                    changed.add(outer(preview.node()));
                }
            }
            case RunEvent.Log log -> {}
            case RunEvent.Finished f ->
                set(
                        f.node(),
                        of(f.node())
                                .with(Phase.FINISHED, Messages.bind(Messages.state_finished, seconds(f.seconds())), 1));
            case RunEvent.Failed f ->
                set(f.node(), of(f.node()).with(Phase.FAILED, f.error() + advice(f.advice()), -1));
            case RunEvent.Cancelled c ->
                set(c.node(), of(c.node()).with(Phase.CANCELLED, Messages.state_cancelled, -1));
            case RunEvent.Ended ended -> {}
        }
    }

    private RunState of(String node) {
        return state(outer(node));
    }

    private void set(String node, RunState state) {
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

    private static String advice(String words) {
        return words.isEmpty() ? "" : " → " + words;
    }
}
