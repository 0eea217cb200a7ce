// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Work that a test has done in another thread, such as that of the user interface. */
public final class Elsewhere {
    private Elsewhere() {}

    /**
     * Waits for the result; what the work throws becomes an {@link AssertionError}.
     *
     * @param there runs what it is given and returns when that is done, as {@code Display.syncExec} does
     */
    public static <T> T call(Consumer<Runnable> there, Callable<T> work) {
        var result = new AtomicReference<T>();
        var problem = new AtomicReference<Throwable>();
        there.accept(() -> {
            try {
                result.set(work.call());
            } catch (Throwable e) {
                problem.set(e);
            }
        });
        if (problem.get() != null) {
            throw new AssertionError(problem.get());
        }
        return result.get();
    }
}
