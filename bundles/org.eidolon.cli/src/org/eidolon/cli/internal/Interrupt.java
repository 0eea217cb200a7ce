// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eidolon.cli.ExitCode;

/**
 * Turns Ctrl-C, a signal to the process, into a cancelled run: the virtual machine begins to end and waits here until
 * the run has stopped and said so, then goes with the exit code of a cancelled command.
 */
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "eidolon-interrupt");
    private final Runnable last;
    private volatile Runnable cancel = () -> {};
    private volatile boolean requested;

    /** @param last done before the process ends, when it was interrupted */
    Interrupt(Runnable last) {
        this.last = last;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What to do when it comes; done at once if it came already. */
    void onInterrupt(Runnable action) {
        cancel = action;
        if (requested) {
            action.run();
        }
    }

    /** True once it came. */
    boolean requested() {
        return requested;
    }

    private void interrupted() {
        requested = true;
        cancel.run();
        try {
            done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.run();
        Runtime.getRuntime().halt(ExitCode.CANCELLED);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the machine is ending and the hook waits for this
        }
        done.countDown();
    }
}
