// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eidolon.engine.RunEvent;

/** Lines that stay, and below them a bar for each node that runs. */
final class TerminalConsole extends PlainConsole {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 24;
    private static final int LEAST_BAR = 6;
    private static final int PERCENT = 7;
    private static final int LEAST_WIDTH = 20;
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String DIM = "2";

    private final PrintStream err;
    private final Map<String, String> environment;
    private final boolean colour;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int width;
    private int drawn;
    private long lastDraw;

    /** A node that runs. */
    private static final class Row {
        final long started = System.nanoTime();
        RunEvent.Progress progress;
    }

    TerminalConsole(PrintStream err, Map<String, String> environment) {
        super(err);
        this.err = err;
        this.environment = environment;
        this.colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    @Override
    public synchronized void event(RunEvent event) {
        switch (event) {
            case RunEvent.Planned e -> info(summary(e));
            case RunEvent.Cached e -> mark(GREEN, "✓", e.node(), "  from the cache");
            case RunEvent.Started e -> {
                rows.put(e.node(), new Row());
                redraw(true);
            }
            case RunEvent.Progress e -> {
                rows.computeIfAbsent(e.node(), node -> new Row()).progress = e;
                redraw(false);
            }
            case RunEvent.Preview e -> {}
            case RunEvent.Log e -> {
                if (e.level() == RunEvent.Level.WARNING) {
                    warning(e.node(), e.message(), "");
                } else {
                    put(paint(DIM, sentence(e.node(), e.message(), "")));
                }
            }
            case RunEvent.Finished e -> {
                rows.remove(e.node());
                mark(GREEN, "✓", e.node(), "  " + seconds(e.seconds()));
            }
            case RunEvent.Failed e -> {
                rows.remove(e.node());
                error(e.node(), e.error(), e.advice());
            }
            case RunEvent.Cancelled e -> {
                rows.remove(e.node());
                mark(YELLOW, "–", e.node(), "  cancelled");
            }
            case RunEvent.Ended e -> {
                rows.clear();
                info(ended(e));
            }
        }
    }

    @Override
    public void error(String where, String message, String advice) {
        put(paint(RED, "✗ ") + sentence(where, message, advice));
    }

    @Override
    public void warning(String where, String message, String advice) {
        put(paint(YELLOW, "! ") + sentence(where, message, advice));
    }

    @Override
    protected synchronized void put(String safe) {
        erase();
        super.put(safe);
        redraw(true);
    }

    private void mark(String code, String sign, String node, String words) {
        put(paint(code, sign) + " " + Visible.line(node) + paint(DIM, words));
    }

    private void erase() {
        if (drawn > 0) {
            err.print("\r\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private void redraw(boolean now) {
        long time = System.nanoTime();
        if (!now && time - lastDraw < REDRAW_NANOS) {
            return;
        }
        lastDraw = time;
        if (width == 0) {
            width = Math.max(LEAST_WIDTH, Terminal.width(environment));
        }
        erase();
        rows.forEach((node, row) -> {
            String start = "▸ " + node + "  ";
            String text = Visible.line(start
                    + (row.progress == null
                            ? seconds((time - row.started) / 1e9)
                            : progress(row.progress, width - 1 - start.length())));
            // a line that wraps would break the count of lines to erase
            err.println(text.length() < width ? text : text.substring(0, width - 2) + "…");
            drawn++;
        });
        err.flush();
    }

    /** The words first, and a bar before them as long as there is room. */
    private static String progress(RunEvent.Progress progress, int room) {
        String words = describe(progress);
        int bar = Math.min(BAR, room - words.length() - PERCENT);
        if (progress.total() <= 0 || bar < LEAST_BAR) {
            return words;
        }
        int full = (int) Math.clamp(bar * progress.done() / progress.total(), 0, bar);
        return String.format(
                        Locale.ROOT,
                        "%s%s %3d%%  ",
                        "█".repeat(full),
                        "░".repeat(bar - full),
                        Math.clamp(100 * progress.done() / progress.total(), 0, 100))
                + words;
    }

    private String paint(String code, String text) {
        String safe = Visible.of(text);
        return colour ? "\u001b[" + code + "m" + safe + "\u001b[0m" : safe;
    }

    @Override
    public synchronized void close() {
        rows.clear();
        erase();
        super.close();
    }
}
