// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of the same thing done again and again, in nanoseconds. */
public final class Measured {
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> worked = new ArrayList<>();

    /** Does it and takes its time. */
    void time(Runnable work) {
        long begin = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        worked.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
        nanos.add(System.nanoTime() - begin);
    }

    private static double percentile(List<Long> values, double percent) {
        var all = new ArrayList<>(values);
        all.sort(null);
        int at = (int) Math.ceil(percent / 100 * all.size()) - 1;
        return all.isEmpty() ? 0 : all.get(Math.clamp(at, 0, all.size() - 1)) / 1e6;
    }

    public int count() {
        return nanos.size();
    }

    /** The time that so many of a hundred do not exceed, in milliseconds; 0 where nothing was measured. */
    public double percentile(double percent) {
        return percentile(nanos, percent);
    }

    /** What of the median the thread itself worked, in milliseconds: other programs on the machine do not count. */
    public double medianWork() {
        return percentile(worked, 50);
    }

    public double median() {
        return percentile(50);
    }

    /** How many of them fit into a second, one after the other. */
    public double perSecond() {
        long all = nanos.stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : nanos.size() * 1e9 / all;
    }

    /** Such as "12.1 ms (95 %: 15.0, worst: 22.9; 8.3 of work)". */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f ms (95 %%: %.1f, worst: %.1f; %.1f of work)",
                median(),
                percentile(95),
                percentile(100),
                medianWork());
    }
}
