// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eidolon.api.Accelerator;

/** Runs plans: answers from the cache what it can, schedules the rest, and tells what happens. */
public final class Engine {
    private final NodeTypes types;
    private final Cache cache;
    private final List<Accelerator> accelerators;
    private final Warm warm = new Warm();

    public Engine(NodeTypes types, Cache cache, List<Accelerator> accelerators) {
        this.types = types;
        this.cache = cache;
        this.accelerators = List.copyOf(accelerators);
    }

    public NodeTypes types() {
        return types;
    }

    public Cache cache() {
        return cache;
    }

    List<Accelerator> accelerators() {
        return accelerators;
    }

    Warm warm() {
        return warm;
    }

    /** Because several runs follow one another: what their nodes open stays open between them, until this is closed. */
    public Keeping keepWarm() {
        return warm.keep();
    }

    /** While it is not closed, networks and sessions stay open between runs. */
    public interface Keeping extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Runs a plan in this thread.
     *
     * @param listener called by one thread at a time, in order; it should be quick
     * @throws IOException when the cache cannot be read or written at all; what nodes do wrong is in the result
     */
    public RunResult run(Plan plan, RunOptions options, Consumer<RunEvent> listener) throws IOException {
        return new Execution(this, plan, options, listener).run();
    }

    /**
     * What a run would do: the nodes that the cache does not answer, sources first, each with the reasons why. A node
     * whose inputs must be made anew may still be answered then, when another run stores its result first.
     */
    public Map<String, List<String>> stale(Plan plan, RunOptions options) throws IOException {
        Map<String, ContentKey> keys = ContentKey.of(plan, options);
        History history = History.open(cache, plan.name());
        var reasons = new LinkedHashMap<String, List<String>>();
        Resolution.of(plan, keys, cache, options)
                .toRun()
                .forEach(id -> reasons.put(id, options.fresh() ? RunState.AFRESH : history.reasons(id, keys.get(id))));
        return reasons;
    }

    /** Runs a plan in a thread of its own. */
    public RunHandle start(Plan plan, RunOptions options, Consumer<RunEvent> listener) {
        var execution = new Execution(this, plan, options, listener);
        var result = new CompletableFuture<RunResult>();
        Thread.ofPlatform().name("eidolon-run").start(() -> {
            try {
                result.complete(execution.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return new RunHandle() {
            @Override
            public void cancel() {
                execution.cancel();
            }

            @Override
            public RunResult await() throws IOException {
                try {
                    return result.join();
                } catch (CompletionException e) {
                    switch (e.getCause()) {
                        case IOException io -> throw io;
                        case Error error -> throw error;
                        case RuntimeException fault -> throw fault;
                        case null, default -> throw e;
                    }
                }
            }
        };
    }

    /** A run under way. */
    public interface RunHandle {
        /** Asks the run to stop; it ends within a few seconds, leaving nothing half-written. */
        void cancel();

        /** Waits for the end. */
        RunResult await() throws IOException;
    }
}
