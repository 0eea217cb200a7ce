// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Cache;
import org.eidolon.engine.CacheStore;
import org.eidolon.engine.Faults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon forget}. */
@Command(
        name = "forget",
        description = "Deletes all that is kept of people on this machine, except what you made of them.",
        sortOptions = false,
        footer = {
            "",
            "That is the cache with its previews, checkpoints and history, what the studio keeps (queue, edits that are not",
            "saved, names of files), reports of crashes and temporary files. Out folders, graphs and photos are yours: they",
            "stay. Nothing may run meanwhile, and the studio must be closed.",
            "Exit codes: 0 all is gone; 2 something is in use, and what it uses has stayed"
        })
final class ForgetCommand extends OwnCommand {
    @Option(names = "--cache", paramLabel = "DIR", description = "folder of the cache (default: ~/.cache/eidolon)")
    private String folder;

    private final List<ErrorLine> inUse = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private long bytes;

    @Override
    public Integer call() throws IOException {
        Cache cache = CacheCommands.open(session, folder);
        var places =
                new PersonalPlaces(session.environment(), cache.root(), Path.of(System.getProperty("java.io.tmpdir")));
        try {
            boolean idle = clean(cache);
            for (Path studio : places.studios()) {
                if (PersonalPlaces.isOpen(studio)) {
                    stays(studio, "a studio is open that works with it", "Close it, and call this command again");
                } else {
                    delete(studio);
                }
            }
            for (Path log : places.logs()) {
                delete(log);
            }
            for (Path left : places.temporary()) {
                if (idle) {
                    delete(left);
                }
            }
        } catch (IOException e) {
            throw CommandException.arguments(
                    "eidolon forget",
                    "not all could be deleted: " + Faults.describe(e),
                    "Allow it, and call this command again");
        }
        session.out().println(Json.write(Fields.of("deleted", gone, "bytes", bytes, "complete", inUse.isEmpty())));
        if (!inUse.isEmpty()) {
            throw new CommandException(ExitCode.ARGUMENTS, inUse);
        }
        session.messages()
                .info("deleted " + CacheCommands.size(bytes) + "; nothing of anybody is kept any more. Out folders are"
                        + " yours to delete");
        return ExitCode.DONE;
    }

    /** @return false where something runs with the cache */
    private boolean clean(Cache cache) throws IOException {
        CacheStore room = cache.room();
        bytes += room.clean().bytes();
        gone.add(cache.root().toString());
        boolean empty = room.usage().total() == 0;
        if (!empty) {
            stays(cache.root(), "something runs with it", "Wait until that is done, and call this command again");
        }
        return empty;
    }

    private void delete(Path place) throws IOException {
        bytes += PersonalPlaces.delete(place);
        gone.add(place.toString());
    }

    private void stays(Path place, String why, String advice) {
        inUse.add(new ErrorLine(place.toString(), why, advice));
    }
}
