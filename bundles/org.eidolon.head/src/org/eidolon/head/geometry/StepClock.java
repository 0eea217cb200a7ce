// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the time of steps goes, by part. On a GPU a part counts what its thread waited for, unless a barrier makes it
 * wait for all of the part's work.
 */
public final class StepClock {
    private final Runnable barrier;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private long last;
    private long steps;

    public StepClock() {
        this(() -> {});
    }

    /** @param barrier returns when all work given to the device is done */
    public StepClock(Runnable barrier) {
        this.barrier = barrier;
    }

    void start() {
        last = System.nanoTime();
        steps++;
    }

    void lap(String part) {
        barrier.run();
        long now = System.nanoTime();
        nanos.merge(part, now - last, Long::sum);
        last = now;
    }

    /** Time between steps, for others' sake: telling how it stands, keeping it. */
    void beside(String part, long taken) {
        nanos.merge(part, taken, Long::sum);
    }

    /** Forgets what it heard. */
    public void reset() {
        nanos.clear();
        steps = 0;
    }

    /** Milliseconds a step by part. */
    public Map<String, Double> perStep() {
        Map<String, Double> all = new LinkedHashMap<>();
        nanos.forEach((part, n) -> all.put(part, n / 1e6 / Math.max(1, steps)));
        return all;
    }
}
