// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eidolon.api.Accelerator;
import org.eidolon.api.OutOfGpuMemory;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;

/**
 * One run of a plan. The thread that calls {@link #run} coordinates and is the only one to touch the state of the
 * nodes; workers report to it through a queue. After a failure nothing new begins, what runs comes to its end.
 */
final class Execution {
    /** Why a node runs when everything is to run. */
    static final List<String> AFRESH = List.of("everything is to run afresh");

    private static final long GRACE_SECONDS = 2;
    private static final int RUNS_PER_GPU = 4;

    private final NodeTypes types;
    private final Cache cache;
    private final Warm warm;
    private final Plan plan;
    private final RunOptions options;
    private final Consumer<RunEvent> listener;
    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final Map<String, Cache.Entry> entries = new ConcurrentHashMap<>();
    private final List<RunEvent.Failed> failures = new ArrayList<>();
    private final Map<String, String> states = new LinkedHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** What a worker says when it is through; a null node wakes the coordinator to see that the run is cancelled. */
    private record Report(PlanNode node, NodeTask.Done done, Throwable problem) {}

    Execution(
            NodeTypes types,
            Cache cache,
            List<Accelerator> accelerators,
            Warm warm,
            Plan plan,
            RunOptions options,
            Consumer<RunEvent> listener) {
        this.types = types;
        this.cache = cache;
        this.warm = warm;
        this.plan = plan;
        this.options = options;
        this.listener = listener;
        options.devices().forEach(device -> lanes.add(new Lane(device, accelerators)));
    }

    void cancel() {
        cancelled = true;
        reports.add(new Report(null, null, null));
    }

    RunResult run() throws IOException {
        Map<String, ContentKey> keys = ContentKey.of(plan, options);
        var held = new HashSet<>(Set.of(EntryHolds.ANY));
        keys.values().forEach(key -> held.add(key.hash()));
        RunResult result;
        try (EntryHolds.Hold hold = cache.holds().hold(held)) {
            result = run(keys);
            if (states.containsValue("ran")) {
                makeRoom();
            }
        }
        return result;
    }

    /** While the keys of this run are held: what it has made is not what goes. */
    private void makeRoom() {
        try {
            CacheStore room = cache.room();
            room.trim(room.limit());
        } catch (IOException e) {
            // the results are there; a cache that stays too large is the next run's to mend
        }
    }

    private RunResult run(Map<String, ContentKey> keys) throws IOException {
        long start = System.nanoTime();
        var record = new RunRecord(plan, options);
        Resolution resolution = Resolution.of(plan, keys, cache, options);
        History history = History.open(cache, plan.name());
        entries.putAll(resolution.entries());
        emit(new RunEvent.Planned(
                plan.title(),
                plan.nodes().stream().map(PlanNode::id).toList(),
                List.copyOf(resolution.toRun()),
                options.settledQuality(),
                options.devices(),
                options.seed()));
        var out = new OutFolder(options.out(), plan);
        noteInputs();
        answerFromCache(resolution, keys, history, out);
        if (failures.isEmpty()) {
            schedule(resolution.toRun(), keys, history, out);
        }
        saveHistory(history);
        RunEvent.Outcome outcome = outcome();
        double seconds = (System.nanoTime() - start) / 1e9;
        OutLedger.Tidied tidied = out.tidy(outcome);
        int ran = (int) states.values().stream().filter("ran"::equals).count();
        int fromCache = (int) states.values().stream().filter("cached"::equals).count();
        emit(new RunEvent.Ended(outcome, ran, fromCache, seconds));
        var tree = record.tree(outcome, seconds, keys, states, entries, cache, out.delivered(), failures);
        return new RunResult(
                outcome,
                out.delivered(),
                tidied.removed(),
                tidied.earlier(),
                List.copyOf(failures),
                tree,
                Map.copyOf(entries));
    }

    private void noteInputs() {
        InputPlaces places = cache.places();
        for (PlanNode node : plan.nodes()) {
            node.files()
                    .forEach((name, hash) ->
                            places.note(hash, (Path) node.parameters().get(name)));
        }
    }

    private static void saveHistory(History history) {
        try {
            history.save();
        } catch (IOException e) {
            // it only tells why nodes run again; where the disk is full there is worse to say
        }
    }

    private void answerFromCache(Resolution resolution, Map<String, ContentKey> keys, History history, OutFolder out) {
        for (PlanNode node : plan.nodes()) {
            if (resolution.toRun().contains(node.id())) {
                continue;
            }
            states.put(node.id(), "cached");
            history.done(node.id(), keys.get(node.id()));
            emit(new RunEvent.Cached(
                    node.id(), node.type().id(), keys.get(node.id()).hash()));
            var entry = entries.get(node.id());
            Optional.ofNullable(entry) // what lies behind an answered node was not asked for, yet its warnings hold
                    .or(() -> cache.provenance(keys.get(node.id()).hash()))
                    .ifPresent(e ->
                            e.warnings().forEach(w -> emit(new RunEvent.Log(node.id(), RunEvent.Level.WARNING, w))));
            if (entry != null) {
                try {
                    out.deliver(node, entry, cache);
                } catch (IOException | RuntimeException e) {
                    fail(node, e);
                }
            }
        }
    }

    private void schedule(Set<String> toRun, Map<String, ContentKey> keys, History history, OutFolder out) {
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
        var factory = Thread.ofPlatform().daemon().name("eidolon-node-", 0).factory();
        ExecutorService pool = Executors.newFixedThreadPool(options.threads(), factory);
        int gpuRuns = options.devices().get(0).isGpu() ? RUNS_PER_GPU * lanes.size() : 1;
        ExecutorService devicePool = Executors.newFixedThreadPool(gpuRuns, factory);
        var running = new HashSet<String>();
        try {
            for (String id : toRun) {
                if (waitingFor.get(id).isEmpty()) {
                    begin(nodes.get(id), keys, history, pool, devicePool, running);
                }
            }
            while (!running.isEmpty() && !cancelled) {
                Report report = reports.take();
                if (report.node() == null) {
                    continue;
                }
                String id = report.node().id();
                running.remove(id);
                finish(report, keys, history, out);
                for (String follower : followers.getOrDefault(id, List.of())) {
                    Set<String> left = waitingFor.get(follower);
                    left.remove(id);
                    if (left.isEmpty() && failures.isEmpty() && !cancelled) {
                        begin(nodes.get(follower), keys, history, pool, devicePool, running);
                    }
                }
            }
        } catch (InterruptedException e) {
            cancelled = true;
        } finally {
            pool.shutdownNow();
            devicePool.shutdownNow();
        }
        if (cancelled) {
            stop(toRun, running, keys, history, out, pool, devicePool);
        }
    }

    private void begin(
            PlanNode node,
            Map<String, ContentKey> keys,
            History history,
            ExecutorService pool,
            ExecutorService devicePool,
            Set<String> running) {
        boolean onDevice = node.type().uses(Uses.DEVICE);
        Lane lane = onDevice
                ? lanes.stream()
                        .min(java.util.Comparator.comparingLong(Lane::load))
                        .orElseThrow()
                : null;
        ContentKey key = keys.get(node.id());
        var task = new NodeTask(
                types,
                cache,
                options,
                node,
                key,
                entries,
                lane,
                warm,
                options.fresh() ? AFRESH : history.reasons(node.id(), key),
                () -> cancelled,
                event -> emitOf(node.id(), event));
        running.add(node.id());
        (onDevice ? devicePool : pool).execute(() -> {
            try {
                reports.add(new Report(node, task.call(), null));
            } catch (Throwable e) {
                reports.add(new Report(node, null, e));
            }
        });
    }

    private void finish(Report report, Map<String, ContentKey> keys, History history, OutFolder out) {
        PlanNode node = report.node();
        if (report.problem() != null) {
            if (!cancelled) {
                fail(node, report.problem());
            }
            return;
        }
        try {
            Cache.Entry entry = report.done().entry();
            out.deliver(node, entry, cache);
            entries.put(node.id(), entry);
            states.put(node.id(), report.done().ran() ? "ran" : "cached");
            history.done(node.id(), keys.get(node.id()));
            if (report.done().ran()) {
                emit(new RunEvent.Finished(
                        node.id(), entry.seconds(), keys.get(node.id()).hash(), entry.facts()));
            }
        } catch (IOException | RuntimeException e) {
            fail(node, e);
        }
    }

    /** Gives what runs a moment to notice; after that its thread is left behind, unheard, and can store nothing. */
    private void stop(
            Set<String> toRun,
            Set<String> running,
            Map<String, ContentKey> keys,
            History history,
            OutFolder out,
            ExecutorService... pools) {
        Thread.interrupted();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        try {
            for (ExecutorService pool : pools) {
                pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Report report = reports.poll(); report != null; report = reports.poll()) {
            if (report.done() != null) {
                finish(report, keys, history, out);
            }
        }
        for (String id : toRun) {
            if (!states.containsKey(id)) {
                silent.add(id);
                states.put(id, "cancelled");
                emit(new RunEvent.Cancelled(id));
            }
        }
    }

    private void fail(PlanNode node, Throwable thrown) {
        RunEvent.Failed failed = Failure.of(plan, node, thrown, cache.root());
        failures.add(failed);
        states.put(node.id(), "failed");
        emit(failed);
    }

    private RunEvent.Outcome outcome() {
        if (!failures.isEmpty()) {
            boolean memory = failures.stream().anyMatch(failure -> failure.cause() instanceof OutOfGpuMemory);
            return memory ? RunEvent.Outcome.OUT_OF_GPU_MEMORY : RunEvent.Outcome.FAILED;
        }
        return states.containsValue("cancelled") ? RunEvent.Outcome.CANCELLED : RunEvent.Outcome.DONE;
    }

    private void emitOf(String node, RunEvent event) {
        synchronized (listener) {
            if (!silent.contains(node)) {
                listener.accept(event);
            }
        }
    }

    private void emit(RunEvent event) {
        synchronized (listener) {
            listener.accept(event);
        }
    }
}
