// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine.worker;

import java.util.List;
import java.util.Map;

/**
 * Why a process is gone that should still be running, in words for a user: by its exit code (128 and the number of a
 * signal, as shells count) and by what it last said.
 *
 * @param advice what to do
 */
record Death(String message, String advice) {
    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");
    private static final int SIGNAL = 128;
    private static final int KILL = 9;
    private static final String AGAIN = "Run again; what was finished is kept, and a long node goes on when resumed";
    private static final String LESS =
            "Choose a lower quality, end other programs, or give Java more memory with EIDOLON_JAVA_OPTS=-Xmx…";

    /** One that gave no sign of life and was ended for it. */
    static Death ofSilence(long seconds) {
        return new Death("the worker process gave no sign of life for " + seconds + " s and was ended", AGAIN);
    }

    /** @param lines what the process last said, on both of its streams */
    static Death of(int exitCode, List<String> lines) {
        boolean memory = lines.stream()
                .anyMatch(line -> line.contains("OutOfMemoryError")
                        || line.contains("ran out of memory")
                        || line.contains("std::bad_alloc")
                        || line.contains("insufficient memory for the Java Runtime"));
        if (memory) {
            return new Death("the worker process ran out of memory", LESS);
        }
        int signal = exitCode - SIGNAL;
        if (signal == KILL) {
            return new Death("the worker process was killed (SIGKILL), as the system does when memory runs out", LESS);
        }
        if (signal > 0) {
            return new Death("the worker process crashed (" + crash(signal, lines) + ")", AGAIN);
        }
        return new Death("the worker process ended too early, with code " + exitCode, AGAIN);
    }

    /** The signal, which of a crash inside Java is another than the one it ends with, and the library it happened in. */
    private static String crash(int signal, List<String> lines) {
        String name = SIGNALS.getOrDefault(signal, "signal " + signal);
        for (String line : lines) {
            String stripped = line.replaceFirst("^#\\s*", "").strip();
            if (stripped.matches("SIG[A-Z]+ \\(0x[0-9a-f]+\\).*")) {
                name = stripped.substring(0, stripped.indexOf(' '));
            }
        }
        int frame = lines.indexOf("# Problematic frame:");
        if (frame >= 0 && frame + 1 < lines.size()) {
            return name + " in "
                    + lines.get(frame + 1).replaceFirst("^#\\s*[CVJj]?\\s*", "").strip();
        }
        return name;
    }
}
