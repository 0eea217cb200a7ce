// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eidolon.api.Accelerator;

/** Runs plans: answers from the cache what it can, schedules the rest, and tells what happens. */
public final class Engine {
    private final NodeTypes types;
    private final Cache cache;
    private final List<Accelerator> accelerators;

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

    /**
     * Runs a plan in this thread.
     *
     * @param listener called by one thread at a time, in order; it should be quick
     * @throws IOException when the cache cannot be read or written at all; what nodes do wrong is in the result
     */
    public RunResult run(Plan plan, RunOptions options, Consumer<RunEvent> listener) throws IOException {
        return new Execution(types, cache, accelerators, plan, options, listener).run();
    }

    /** Runs a plan in a thread of its own. */
    public RunHandle start(Plan plan, RunOptions options, Consumer<RunEvent> listener) {
        var execution = new Execution(types, cache, accelerators, plan, options, listener);
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
                    throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
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
