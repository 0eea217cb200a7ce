// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What kind of thing standard error is. */
public final class Terminal {
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /** True for a terminal that understands cursor movement. Java 21 can only tell for input and output together. */
    public static boolean isStandardError(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        if (kind.equals("dumb")) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /**
     * The process's standard error. The start script can keep it at descriptor 0 (property {@code eidolon.stderr}), so
     * that what native libraries write to descriptor 2 does not get between the command's lines.
     */
    public static PrintStream standardError() {
        if (Integer.getInteger("eidolon.stderr", 2) != 0) {
            return System.err;
        }
        // buffered, so that a line goes out in one piece
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.in), 1 << 16);
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Columns of the terminal. */
    static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9][0-9]{1,3}")) {
            return Integer.parseInt(columns);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes()).strip();
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && size.matches("\\d+ [1-9]\\d{1,3}") ? Integer.parseInt(size.split(" ")[1]) : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
