// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A training that may be stopped and goes on another time. */
public interface Training {
    /** Exit code of a command whose training was stopped. */
    int STOPPED = 130;

    /**
     * Trains.
     *
     * @return false if it was stopped before its end
     */
    boolean run() throws IOException;

    /** Ends the training after the step it is in: a checkpoint is written. From any thread. */
    void stop();

    /**
     * Trains as a command does: a signal stops the training, and ends the machine only when the checkpoint is written, or
     * after a minute.
     *
     * @return the exit code
     */
    static int command(Training training) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    training.stop();
                    try {
                        ended.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "eidolon-train-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return training.run() ? 0 : STOPPED;
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the machine is ending and the hook waits for this
            }
        }
    }
}
