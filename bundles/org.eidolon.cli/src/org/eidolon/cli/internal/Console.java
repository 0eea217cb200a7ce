// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.eidolon.cli.Messages;
import org.eidolon.engine.RunEvent;

/**
 * Standard error in one of its forms. While it is open, whatever else writes to {@code System.err} passes through it
 * too, so that bars are not torn and JSON lines stay JSON.
 */
public abstract class Console implements Messages, AutoCloseable {
    /** How to show what goes on. */
    public enum Mode {
        TERMINAL,
        PLAIN,
        JSON
    }

    private final PrintStream before = System.err;

    protected Console() {
        System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
    }

    public static Console open(PrintStream err, Mode mode, Map<String, String> environment) {
        return switch (mode) {
            case TERMINAL -> new TerminalConsole(err, environment);
            case PLAIN -> new PlainConsole(err);
            case JSON -> new JsonConsole(err);
        };
    }

    /** What the arguments ask for; looked up before they are parsed, so that a parsing error has the right form too. */
    public static Mode mode(String[] arguments, boolean terminal) {
        var list = Arrays.asList(arguments);
        int at = list.lastIndexOf("--progress");
        String wanted = at >= 0 && at + 1 < list.size() ? list.get(at + 1) : "auto";
        for (String argument : list) {
            if (argument.startsWith("--progress=")) {
                wanted = argument.substring("--progress=".length());
            }
        }
        return switch (wanted) {
            case "json" -> Mode.JSON;
            case "plain" -> Mode.PLAIN;
            default -> terminal ? Mode.TERMINAL : Mode.PLAIN;
        };
    }

    /** An event of a run. */
    public abstract void event(RunEvent event);

    /**
     * What comes next belongs to an item of a batch.
     *
     * @param name null when it belongs to none any more
     * @param number from 1 on, of {@code count}
     */
    public abstract void item(String name, int number, int count);

    /** A line that some library wrote to standard error. */
    protected abstract void noise(String line);

    /** The details of a fault. */
    public void trace(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        text.toString().lines().forEach(this::noise);
    }

    @Override
    public void close() {
        System.err.flush();
        System.setErr(before);
    }

    /** Cuts what is written into lines. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                line.write(b);
                return;
            }
            String text = line.toString(StandardCharsets.UTF_8).replace("\r", "");
            line.reset();
            if (!text.isBlank()) {
                noise(text);
            }
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                write('\n');
            }
        }
    }
}
