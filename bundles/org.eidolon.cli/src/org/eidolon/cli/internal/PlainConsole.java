// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eidolon.engine.RunEvent;

/** One line for each event, for log files. */
class PlainConsole extends Console {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private final PrintStream err;
    private final Map<String, Long> lastProgress = new HashMap<>();

    PlainConsole(PrintStream err) {
        this.err = err;
    }

    @Override
    public synchronized void event(RunEvent event) {
        switch (event) {
            case RunEvent.Planned e -> line(summary(e));
            case RunEvent.Cached e -> line(e.node() + ": from the cache");
            case RunEvent.Started e -> line(e.node() + ": started" + on(e) + why(e));
            case RunEvent.Progress e -> progress(e);
            case RunEvent.Preview e -> {}
            case RunEvent.Log e ->
                line((e.level() == RunEvent.Level.WARNING ? "warning: " : "") + sentence(e.node(), e.message(), ""));
            case RunEvent.Finished e -> line(e.node() + ": done in " + seconds(e.seconds()));
            case RunEvent.Failed e -> error(e.node(), e.error(), e.advice());
            case RunEvent.Cancelled e -> line(e.node() + ": cancelled");
            case RunEvent.Ended e -> line(ended(e));
        }
    }

    @Override
    public synchronized void item(String name, int number, int count) {
        lastProgress.clear();
        if (name != null) {
            line("— " + Visible.line(name) + " (" + number + " of " + count + ")");
        }
    }

    static String summary(RunEvent.Planned e) {
        int cached = e.nodes().size() - e.toRun().size();
        return count(e.toRun().size(), "node") + " to run" + (cached > 0 ? ", " + cached + " not" : "") + "; quality "
                + e.quality() + " on "
                + String.join(", ", e.devices().stream().map(Object::toString).toList());
    }

    static String ended(RunEvent.Ended e) {
        String how =
                switch (e.outcome()) {
                    case DONE -> e.ran() == 0 ? "nothing had changed: all from the cache" : "done";
                    case FAILED -> "failed";
                    case OUT_OF_GPU_MEMORY -> "out of GPU memory";
                    case CANCELLED -> "cancelled; --resume goes on from here";
                };
        return how + " (" + e.ran() + " ran, " + e.cached() + " from the cache, " + seconds(e.seconds()) + ")";
    }

    private static String on(RunEvent.Started e) {
        return e.device() == null ? "" : " on " + e.device();
    }

    private static String why(RunEvent.Started e) {
        return e.reasons().isEmpty() ? "" : " (" + String.join("; ", e.reasons()) + ")";
    }

    private void progress(RunEvent.Progress e) {
        long now = System.nanoTime();
        Long last = lastProgress.get(e.node() + " " + e.stage());
        boolean end = e.total() > 0 && e.done() >= e.total();
        if (last == null || end || now - last > PROGRESS_EVERY.toNanos()) {
            lastProgress.put(e.node() + " " + e.stage(), now);
            line(e.node() + ": " + describe(e));
        }
    }

    /** Such as {@code fit 120/400 steps, 8.1 steps/s, 0:34 left}. */
    static String describe(RunEvent.Progress e) {
        var text = new StringBuilder(e.stage()).append(' ').append(e.done());
        if (e.total() > 0) {
            text.append('/').append(e.total());
        }
        text.append(' ').append(plural(e.total() > 0 ? e.total() : e.done(), e.unit()));
        if (e.rate() > 0) {
            text.append(String.format(
                    Locale.ROOT, e.rate() < 10 ? ", %.1f %s/s" : ", %.0f %s/s", e.rate(), plural(2, e.unit())));
        }
        if (e.left() != null && !(e.total() > 0 && e.done() >= e.total())) {
            text.append(", ").append(clock(e.left())).append(" left");
        }
        return text.toString();
    }

    static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    static String seconds(double seconds) {
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : clock(Duration.ofMillis((long) (seconds * 1000))) + " min";
    }

    static String count(long n, String unit) {
        return n + " " + plural(n, unit);
    }

    private static String plural(long n, String unit) {
        return n == 1 || unit.isEmpty() ? unit : unit + "s";
    }

    @Override
    public void error(String where, String message, String advice) {
        line("error: " + sentence(where, message, advice));
    }

    @Override
    public void warning(String where, String message, String advice) {
        line("warning: " + sentence(where, message, advice));
    }

    static String sentence(String where, String message, String advice) {
        return (where.isEmpty() ? "" : Visible.line(where) + ": ")
                + Visible.indented(message)
                + (advice.isEmpty() ? "" : "\n  → " + Visible.indented(advice));
    }

    @Override
    public void info(String message) {
        line(message);
    }

    @Override
    protected void noise(String line) {
        line(line);
    }

    private void line(String line) {
        put(Visible.of(line));
    }

    /** Writes a line that a terminal may be given as it is. */
    protected synchronized void put(String safe) {
        err.println(safe);
        err.flush();
    }
}
