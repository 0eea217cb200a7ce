// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eidolon.head.stage.StageMonitor;

/**
 * Tells how far a benchmark is: its work is the steps of all stages that it will run, and the time left follows from
 * the rate so far, measuring included.
 */
final class BenchProgress {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final Consumer<String> lines;
    private final long began = System.nanoTime();
    private long total;
    private long done;
    private long worked;
    private long told = began;

    BenchProgress(Consumer<String> lines, long steps) {
        this.lines = lines;
        this.total = steps;
    }

    void say(String line) {
        lines.accept(line);
        told = System.nanoTime();
    }

    /** Steps that an earlier run has done. */
    void skip(long steps) {
        total -= steps;
    }

    /** A stage that runs now, its checkpoints in the folder. */
    StageMonitor stage(String name, Path folder) {
        return new StageMonitor() {
            private long last = -1;

            @Override
            public void progress(long now, long of) {
                if (last < 0) skip(now);
                else step(now - last);
                last = now;
                tell(name, now, of);
            }

            @Override
            public void preview(BufferedImage picture) {}

            @Override
            public Optional<Path> checkpoints() {
                return Optional.of(folder);
            }

            @Override
            public void checkCancelled() {
                if (Thread.currentThread().isInterrupted()) {
                    throw new java.util.concurrent.CancellationException("the benchmark was stopped; --resume goes on");
                }
            }
        };
    }

    private void step(long steps) {
        done += steps;
        worked = System.nanoTime() - began;
    }

    private void tell(String name, long now, long of) {
        if (System.nanoTime() - told < EVERY_NANOS || done == 0) return;
        double seconds = worked / 1e9;
        say(String.format(
                Locale.ROOT,
                "%s: step %d of %d, %.2f steps/s, %s left in all",
                name,
                now,
                of,
                done / seconds,
                time(seconds / done * Math.max(0, total - done))));
    }

    static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 90
                ? s + " s"
                : s < 5400 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }
}
