// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;

/**
 * One run of a plan. The thread that calls {@link #run} coordinates and is the only one to touch the state of the
 * nodes; workers report to it through a queue. After a failure nothing new begins, what runs comes to its end.
 */
final class Execution {
    private static final long GRACE_SECONDS = 2;
    private static final int RUNS_PER_GPU = 4;

    private final Engine engine;
    private final Plan plan;
    private final RunOptions options;
    private final Consumer<RunEvent> listener;
    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final Map<String, NodeTask> running = new HashMap<>();
    private volatile boolean cancelled;

    /** What a worker says when it is through; a null node wakes the coordinator to see that the run is cancelled. */
    private record Report(PlanNode node, NodeTask.Done done, Throwable problem) {}

    /** The threads of a run: of nodes that compute on a device, and of the others. */
    private record Pools(ExecutorService device, ExecutorService other) {
        void shutdown() {
            device.shutdown();
            other.shutdown();
        }

        void await(long nanos) throws InterruptedException {
            long deadline = System.nanoTime() + nanos;
            other.awaitTermination(nanos, TimeUnit.NANOSECONDS);
            device.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    Execution(Engine engine, Plan plan, RunOptions options, Consumer<RunEvent> listener) {
        this.engine = engine;
        this.plan = plan;
        this.options = options;
        this.listener = listener;
        options.devices().forEach(device -> lanes.add(new Lane(device, engine.accelerators())));
    }

    void cancel() {
        cancelled = true;
        reports.add(new Report(null, null, null));
    }

    RunResult run() throws IOException {
        Map<String, ContentKey> keys = ContentKey.of(plan, options);
        var held = new HashSet<>(Set.of(EntryHolds.ANY));
        keys.values().forEach(key -> held.add(key.hash()));
        try (EntryHolds.Hold hold = engine.cache().holds().hold(held)) {
            var state = new RunState(engine, plan, options, keys, () -> cancelled, listener);
            RunResult result = run(state, keys);
            if (state.count(NodeState.RAN) > 0) {
                makeRoom();
            }
            return result;
        }
    }

    /** While the keys of this run are held: what it has made is not what goes. */
    private void makeRoom() {
        try {
            CacheStore room = engine.cache().room();
            room.trim(room.limit());
        } catch (IOException e) {
            // the results are there; a cache that stays too large is the next run's to mend
        }
    }

    private RunResult run(RunState state, Map<String, ContentKey> keys) {
        long start = System.nanoTime();
        Resolution resolution = Resolution.of(plan, keys, engine.cache(), options);
        state.emit(new RunEvent.Planned(
                plan.title(),
                plan.nodes().stream().map(PlanNode::id).toList(),
                List.copyOf(resolution.toRun()),
                options.settledQuality(),
                options.devices(),
                options.seed()));
        state.noteInputs();
        state.answered(resolution);
        if (!state.hasFailed()) {
            schedule(state, resolution.toRun());
        }
        return state.ended((System.nanoTime() - start) / 1e9);
    }

    private void schedule(RunState state, Set<String> toRun) {
        Map<String, PlanNode> nodes = plan.byId();
        var waitingFor = new HashMap<String, Set<String>>();
        var followers = new HashMap<String, List<String>>();
        for (String id : toRun) {
            var sources = new HashSet<String>();
            nodes.get(id).sources().stream()
                    .map(Source::node)
                    .filter(toRun::contains)
                    .forEach(sources::add);
            waitingFor.put(id, sources);
            sources.forEach(source ->
                    followers.computeIfAbsent(source, s -> new ArrayList<>()).add(id));
        }
        Pools pools = pools();
        try {
            for (String id : toRun) {
                if (waitingFor.get(id).isEmpty()) {
                    begin(state, nodes.get(id), pools);
                }
            }
            while (!running.isEmpty() && !cancelled) {
                Report report = reports.take();
                if (report.node() == null) {
                    continue;
                }
                String id = report.node().id();
                running.remove(id);
                finish(state, report);
                for (String follower : followers.getOrDefault(id, List.of())) {
                    Set<String> left = waitingFor.get(follower);
                    left.remove(id);
                    if (left.isEmpty() && !state.hasFailed() && !cancelled) {
                        begin(state, nodes.get(follower), pools);
                    }
                }
            }
        } catch (InterruptedException e) {
            cancelled = true;
        } finally {
            pools.shutdown();
            running.values().forEach(NodeTask::interrupt);
        }
        if (cancelled) {
            stop(state, toRun, pools);
        }
    }

    private Pools pools() {
        var factory = Thread.ofPlatform().daemon().name("eidolon-node-", 0).factory();
        int gpuRuns = options.devices().get(0).isGpu() ? RUNS_PER_GPU * lanes.size() : 1;
        return new Pools(
                Executors.newFixedThreadPool(gpuRuns, factory),
                Executors.newFixedThreadPool(options.threads(), factory));
    }

    private void begin(RunState state, PlanNode node, Pools pools) {
        boolean onDevice = node.type().uses(Uses.DEVICE);
        Lane lane = onDevice
                ? lanes.stream().min(Comparator.comparingLong(Lane::load)).orElseThrow()
                : null;
        var task = new NodeTask(state, node, lane);
        running.put(node.id(), task);
        (onDevice ? pools.device() : pools.other()).execute(() -> {
            try {
                reports.add(new Report(node, task.call(), null));
            } catch (Throwable e) {
                reports.add(new Report(node, null, e));
            }
        });
    }

    private void finish(RunState state, Report report) {
        if (report.problem() == null) {
            state.finished(report.node(), report.done());
        } else if (!cancelled) {
            state.failed(report.node(), report.problem());
        }
    }

    /** Gives what runs a moment to notice; after that its thread is left behind, unheard, and can store nothing. */
    private void stop(RunState state, Set<String> toRun, Pools pools) {
        Thread.interrupted();
        try {
            pools.await(TimeUnit.SECONDS.toNanos(GRACE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Report report = reports.poll(); report != null; report = reports.poll()) {
            if (report.done() != null) {
                finish(state, report);
            }
        }
        state.cancelled(toRun);
    }
}
