// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.List;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.Session;
import org.eidolon.engine.Cache;
import org.eidolon.graph.Nearest;
import picocli.CommandLine.Option;

/** What commands that run nodes take alike. */
final class EngineOptions {
    @Option(
            names = "--progress",
            paramLabel = "auto|plain|json",
            defaultValue = "auto",
            description = "form of what goes to standard error (default: auto, live on a terminal)")
    private String progress;

    @Option(names = "--libtorch", paramLabel = "FOLDER", description = "an installed libtorch, such as a CUDA build")
    private String libtorch;

    @Option(names = "--cache", paramLabel = "DIR", description = "folder of the cache (default: ~/.cache/eidolon)")
    private String cache;

    /** Checks the words, and has the libtorch that was asked for loaded once something loads one. */
    void prepare(Session session) {
        oneOf("--progress", progress, List.of("auto", "plain", "json")); // Console has looked it up before
        DeviceOption.libtorch(session, libtorch);
    }

    Cache cache(Session session) {
        return CacheCommands.open(session, cache);
    }

    /** Refuses a word that an option does not know. */
    static void oneOf(String option, String given, List<String> words) {
        if (!words.contains(given)) {
            throw CommandException.arguments(
                    option,
                    "'" + given + "' is not one of " + String.join(", ", words),
                    Nearest.advice(given, words, ""));
        }
    }
}
