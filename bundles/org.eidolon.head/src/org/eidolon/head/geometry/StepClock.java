// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of steps goes, by part. On a GPU a part counts what its thread waited for. */
final class StepClock {
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private long last;
    private long steps;

    void start() {
        last = System.nanoTime();
        steps++;
    }

    void lap(String part) {
        long now = System.nanoTime();
        nanos.merge(part, now - last, Long::sum);
        last = now;
    }

    void reset() {
        nanos.clear();
        steps = 0;
    }

    /** Milliseconds a step by part. */
    Map<String, Double> perStep() {
        Map<String, Double> all = new LinkedHashMap<>();
        nanos.forEach((part, n) -> all.put(part, n / 1e6 / Math.max(1, steps)));
        return all;
    }
}
