// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eidolon.api.ByteSize;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.Cache;
import org.eidolon.engine.CacheStore;
import org.eidolon.engine.Faults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon cache}: how much it takes, how much it may, and making room. */
final class CacheCommands {
    private CacheCommands() {}

    static Map<String, Supplier<Callable<Integer>>> all() {
        var all = new LinkedHashMap<String, Supplier<Callable<Integer>>>();
        all.put("cache show", Show::new);
        all.put("cache limit", Limit::new);
        all.put("cache trim", Trim::new);
        all.put("cache clean", Clean::new);
        return all;
    }

    private abstract static class OnCache extends OwnCommand {
        @Option(names = "--cache", paramLabel = "DIR", description = "folder of the cache (default: ~/.cache/eidolon)")
        private String folder;

        @Override
        public Integer call() throws IOException {
            Cache cache = open(session, folder);
            try {
                session.out().println(Json.write(on(cache.room(), session)));
            } catch (IOException e) {
                throw CommandException.arguments(
                        "--cache " + cache.root(), "the cache cannot be changed: " + Faults.describe(e), "");
            }
            return ExitCode.DONE;
        }

        /** @return what to print */
        abstract Map<String, Object> on(CacheStore room, Session told) throws IOException;
    }

    /** The cache that an option names, or the environment. */
    static Cache open(Session session, String given) {
        Path folder = given == null
                ? Cache.defaultFolder(session.environment())
                : GraphArgument.path(session, "--cache", given);
        try {
            return new Cache(session.workingFolder().resolve(folder));
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--cache " + folder,
                    "the cache folder cannot be used: " + Faults.describe(e),
                    "Name another with --cache or EIDOLON_CACHE");
        }
    }

    @Command(name = "show", description = "Says what the cache takes and may take.")
    private static final class Show extends OnCache {
        @Override
        Map<String, Object> on(CacheStore room, Session told) throws IOException {
            CacheStore.Usage usage = room.usage();
            told.messages()
                    .info(PlainConsole.count(usage.entries(), "result") + ", " + size(usage.results()) + " of "
                            + size(room.limit()) + "; checkpoints " + size(usage.checkpoints()) + ", other "
                            + size(usage.rest()));
            return Fields.of(
                    "results", usage.entries(),
                    "bytes", usage.results(),
                    "limit", room.limit() == Long.MAX_VALUE ? null : room.limit(),
                    "checkpointBytes", usage.checkpoints(),
                    "otherBytes", usage.rest());
        }
    }

    @Command(
            name = "limit",
            description = "Sets how much results may take; runs then remove what was used longest ago.")
    private static final class Limit extends OnCache {
        @Parameters(paramLabel = "SIZE", description = "such as 20G or 500M; none for no limit")
        private String size;

        @Override
        Map<String, Object> on(CacheStore room, Session told) throws IOException {
            long bytes = bytes("SIZE", size);
            room.limit(bytes);
            told.messages().info(bytes == Long.MAX_VALUE ? "there is no limit now" : "results may take " + size(bytes));
            return Fields.of("limit", bytes == Long.MAX_VALUE ? null : bytes);
        }
    }

    @Command(name = "trim", description = "Removes what was used longest ago, down to the limit.")
    private static final class Trim extends OnCache {
        @Option(names = "--to", paramLabel = "SIZE", description = "how much may stay (default: the limit)")
        private String to;

        @Override
        Map<String, Object> on(CacheStore room, Session told) throws IOException {
            return freed(room.trim(to == null ? room.limit() : bytes("--to", to)), told);
        }
    }

    @Command(
            name = "clean",
            description = "Removes all results, checkpoints, previews and history, except what something runs with.")
    private static final class Clean extends OnCache {
        @Override
        Map<String, Object> on(CacheStore room, Session told) throws IOException {
            return freed(room.clean(), told);
        }
    }

    private static Map<String, Object> freed(CacheStore.Freed freed, Session told) {
        told.messages()
                .info(PlainConsole.count(freed.entries(), "result") + " removed, " + size(freed.bytes()) + " freed"
                        + (freed.inUse() > 0 ? "; " + freed.inUse() + " stayed, as something runs with them" : ""));
        return Fields.of("removed", freed.entries(), "bytes", freed.bytes(), "inUse", freed.inUse());
    }

    /** Of such as 20G, 1.5 GiB, 500M, 4096, none. */
    static long bytes(String where, String text) {
        if (text.strip().equalsIgnoreCase("none")) {
            return Long.MAX_VALUE;
        }
        return ByteSize.parse(text)
                .orElseThrow(() ->
                        CommandException.arguments(where, "'" + text + "' is no size", "Write 20G, 500M or none"));
    }

    /** Such as 1.5 GiB. */
    static String size(long bytes) {
        return bytes == Long.MAX_VALUE ? "no limit" : ByteSize.text(bytes);
    }
}
