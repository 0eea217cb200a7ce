// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eidolon.api.OutOfGpuMemory;
import org.eidolon.engine.Plan.PlanNode;

/**
 * A run as it stands: what it is made with, what has become of each node, and what is told of it. The coordinating thread
 * alone changes what has become of nodes; entries, events and the rest may be asked by any.
 */
final class RunState {
    /** Why a node runs when everything is to run. */
    static final List<String> AFRESH = List.of("everything is to run afresh");

    final NodeTypes types;
    final Cache cache;
    final Warm warm;
    final Plan plan;
    final RunOptions options;
    final Instant started = Instant.now();

    private final BooleanSupplier cancelled;
    private final Consumer<RunEvent> listener;
    private final Map<String, ContentKey> keys;
    private final History history;
    private final OutFolder out;
    private final Map<String, Cache.Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, NodeState> states = new LinkedHashMap<>();
    private final List<RunEvent.Failed> failures = new ArrayList<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    RunState(
            Engine engine,
            Plan plan,
            RunOptions options,
            Map<String, ContentKey> keys,
            BooleanSupplier cancelled,
            Consumer<RunEvent> listener)
            throws IOException {
        this.types = engine.types();
        this.cache = engine.cache();
        this.warm = engine.warm();
        this.plan = plan;
        this.options = options;
        this.keys = keys;
        this.cancelled = cancelled;
        this.listener = listener;
        history = History.open(cache, plan.name());
        out = new OutFolder(options.out(), plan);
    }

    boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    ContentKey key(PlanNode node) {
        return keys.get(node.id());
    }

    /** The result of a node; empty while it has none, and where nothing needed it. */
    Optional<Cache.Entry> entry(String node) {
        return Optional.ofNullable(entries.get(node));
    }

    /** Empty for a node that has not run. */
    Optional<NodeState> state(PlanNode node) {
        return Optional.ofNullable(states.get(node.id()));
    }

    int count(NodeState state) {
        return (int) states.values().stream().filter(state::equals).count();
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    List<RunEvent.Failed> failures() {
        return List.copyOf(failures);
    }

    /** Names of delivered files by node. */
    Map<String, List<String>> delivered() {
        return out.delivered();
    }

    /** Why a node runs. */
    List<String> reasons(PlanNode node) {
        return options.fresh() ? AFRESH : history.reasons(node.id(), key(node));
    }

    /** The cache answers for all nodes that need not run. */
    void answered(Resolution resolution) {
        entries.putAll(resolution.entries());
        for (PlanNode node : plan.nodes()) {
            if (!resolution.toRun().contains(node.id())) {
                states.put(node.id(), NodeState.CACHED);
                history.done(node.id(), key(node));
                emit(new RunEvent.Cached(node.id(), node.type().id(), key(node).hash()));
                // what lies behind an answered node was not asked for, yet its warnings hold
                entry(node.id())
                        .or(() -> cache.provenance(key(node).hash()))
                        .ifPresent(entry -> entry.warnings()
                                .forEach(w -> emit(new RunEvent.Log(node.id(), RunEvent.Level.WARNING, w))));
                entry(node.id()).ifPresent(entry -> deliver(node, entry));
            }
        }
    }

    /** A node's task is through. */
    void finished(PlanNode node, NodeTask.Done done) {
        if (!deliver(node, done.entry())) {
            return;
        }
        entries.put(node.id(), done.entry());
        states.put(node.id(), done.ran() ? NodeState.RAN : NodeState.CACHED);
        history.done(node.id(), key(node));
        if (done.ran()) {
            emit(new RunEvent.Finished(
                    node.id(),
                    done.entry().seconds(),
                    key(node).hash(),
                    done.entry().facts()));
        }
    }

    private boolean deliver(PlanNode node, Cache.Entry entry) {
        try {
            out.deliver(node, entry, cache);
            return true;
        } catch (IOException | RuntimeException e) {
            failed(node, e);
            return false;
        }
    }

    void failed(PlanNode node, Throwable thrown) {
        RunEvent.Failed failed = Failure.of(plan, node, thrown, cache.root());
        failures.add(failed);
        states.put(node.id(), NodeState.FAILED);
        emit(failed);
    }

    /** Of these nodes nothing more is heard, unless they are through. */
    void cancelled(Set<String> nodes) {
        for (String id : nodes) {
            if (!states.containsKey(id)) {
                silent.add(id);
                states.put(id, NodeState.CANCELLED);
                emit(new RunEvent.Cancelled(id));
            }
        }
    }

    /** Where input files lie, for a replay to find them. */
    void noteInputs() {
        InputPlaces places = cache.places();
        for (PlanNode node : plan.nodes()) {
            node.files()
                    .forEach((name, hash) ->
                            places.note(hash, (Path) node.parameters().get(name)));
        }
    }

    private void saveHistory() {
        try {
            history.save();
        } catch (IOException e) {
            // it only tells why nodes run again; where the disk is full there is worse to say
        }
    }

    /** Somebody may have removed the out folder, or files in it, while the run lasted. */
    private void restore() {
        try {
            List<String> again = out.restore(entries, cache);
            if (!again.isEmpty()) {
                emit(new RunEvent.Log(
                        "",
                        RunEvent.Level.WARNING,
                        "removed from the out folder while the run lasted, and written again: "
                                + String.join(", ", again)));
            }
        } catch (IOException | RuntimeException e) {
            emit(new RunEvent.Log(
                    "",
                    RunEvent.Level.WARNING,
                    "files were removed from the out folder while the run lasted and cannot be written again: "
                            + e.getMessage() + "; the next run takes them from the cache"));
        }
    }

    RunEvent.Outcome outcome() {
        if (hasFailed()) {
            boolean memory = failures.stream().anyMatch(failure -> failure.cause() instanceof OutOfGpuMemory);
            return memory ? RunEvent.Outcome.OUT_OF_GPU_MEMORY : RunEvent.Outcome.FAILED;
        }
        return states.containsValue(NodeState.CANCELLED) ? RunEvent.Outcome.CANCELLED : RunEvent.Outcome.DONE;
    }

    /** The end of the run: what earlier runs left in the out folder goes, the end is told, the record is written. */
    RunResult ended(double seconds) {
        saveHistory();
        RunEvent.Outcome outcome = outcome();
        restore();
        OutLedger.Tidied tidied = out.tidy(outcome);
        emit(new RunEvent.Ended(outcome, count(NodeState.RAN), count(NodeState.CACHED), seconds));
        return new RunResult(
                outcome,
                delivered(),
                tidied.removed(),
                tidied.earlier(),
                failures(),
                new RunRecord(this).tree(outcome, seconds),
                Map.copyOf(entries));
    }

    /** Tells something that a node says, unless the run has stopped to listen to it. */
    void emitOf(PlanNode node, RunEvent event) {
        synchronized (listener) {
            if (!silent.contains(node.id())) {
                listener.accept(event);
            }
        }
    }

    void emit(RunEvent event) {
        synchronized (listener) {
            listener.accept(event);
        }
    }
}
