// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Turns a node's counts into a rate and a time left, and thins them out. Used by one node; synchronised. */
final class ProgressMeter {
    private static final long INTERVAL = 100_000_000L;
    private static final long WINDOW = 15_000_000_000L;

    private record Mark(long nanos, long done) {}

    private final String node;
    private final LongSupplier clock;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private String stage;
    private long lastSent;

    ProgressMeter(String node, LongSupplier clock) {
        this.node = node;
        this.clock = clock;
    }

    /** The event to send, or empty when the last one is too fresh. The first and the last of a stage are always sent. */
    synchronized Optional<RunEvent.Progress> update(String newStage, long done, long total, String unit) {
        long now = clock.getAsLong();
        boolean first = !newStage.equals(stage);
        if (first) {
            stage = newStage;
            marks.clear();
        } else if (now - lastSent < INTERVAL && done != total) {
            return Optional.empty();
        }
        lastSent = now;
        marks.addLast(new Mark(now, done));
        while (marks.size() > 2 && now - marks.getFirst().nanos > WINDOW) {
            marks.removeFirst();
        }
        double seconds = (now - marks.getFirst().nanos) / 1e9;
        double rate = seconds > 0 ? (done - marks.getFirst().done) / seconds : 0;
        Duration left = total > 0 && rate > 0 ? Duration.ofMillis((long) (1000 * (total - done) / rate)) : null;
        return Optional.of(new RunEvent.Progress(node, stage, done, total, unit, Math.max(rate, 0), left));
    }
}
