// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.Faults;
import org.eidolon.engine.RecordException;
import org.eidolon.engine.RecordedRun;
import org.eidolon.graph.GraphFiles;

/**
 * The record of a run that an argument names: an out folder, a record, or a GLB that lies in the out folder of its run.
 *
 * @param given as the user wrote it, for messages
 * @param file the record
 * @param json the record as it stands
 */
record RecordArgument(String given, Path file, Map<String, Object> json, RecordedRun run) {
    private static final long MOST_BYTES = 64L << 20;

    /** Folders above a GLB where its run's record may lie. */
    private static final int LEVELS = 3;

    /** Loads it; every way to fail is an exit code 3 with advice. */
    static RecordArgument load(Session session, String given) {
        Path named = GraphArgument.path(session, "RECORD", given);
        try {
            if (Files.isDirectory(named)) {
                return inFolder(given, named);
            }
            if (!Files.exists(named)) {
                throw wrong(given, "there is no such file or folder", "Name the out folder of a run");
            }
            return switch (GraphFiles.kind(named)) {
                case GLB -> besideGlb(given, named);
                case PACK ->
                    throw wrong(given, "this is a pack", "Unpack it, and name the folder with its report.json");
                case TEXT -> read(given, named);
            };
        } catch (IOException e) {
            throw wrong(given, "the record cannot be read: " + Faults.describe(e), "");
        }
    }

    private static RecordArgument inFolder(String given, Path folder) throws IOException {
        Path record = folder.resolve(RunFiles.REPORT);
        if (!Files.exists(record)) {
            boolean batch = Files.exists(folder.resolve(Batch.RECORD));
            throw wrong(
                    given,
                    "there is no " + RunFiles.REPORT + " in this folder",
                    batch
                            ? "It is the folder of a batch: name the folder of one of its items"
                            : "Name the out folder of a run");
        }
        return read(given, record);
    }

    /** The record of the run that made the GLB: in its folder or above, with the GLB's own hash in it. */
    private static RecordArgument besideGlb(String given, Path glb) throws IOException {
        String sha256 = Hashes.ofFile(glb);
        Path folder = glb.getParent();
        RecordArgument other = null;
        for (int level = 0; level < LEVELS && folder != null; level++, folder = folder.getParent()) {
            Path record = folder.resolve(RunFiles.REPORT);
            if (Files.exists(record)) {
                other = read(given, record);
                if (other.run.artifacts().containsValue(sha256)) {
                    return other;
                }
            }
        }
        throw wrong(
                given,
                other == null
                        ? "no record of the run lies beside this GLB"
                        : "the record beside this GLB is of another run, or the GLB was changed since",
                "A replay needs the " + RunFiles.REPORT + " of its run; 'eidolon run " + given
                        + "' runs the graph that a GLB carries");
    }

    private static RecordArgument read(String given, Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw wrong(given, "the file is larger than " + (MOST_BYTES >> 20) + " MiB", "No record is");
        }
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(file));
            return new RecordArgument(given, file, json, RecordedRun.of(json));
        } catch (IllegalArgumentException e) {
            throw wrong(given, "this is no record of a run: " + e.getMessage(), "Name the out folder of a run");
        } catch (RecordException e) {
            throw wrong(e.where().isEmpty() ? given : given + ": " + e.where(), e.getMessage(), e.advice());
        }
    }

    private static CommandException wrong(String where, String message, String advice) {
        return new CommandException(ExitCode.GRAPH, List.of(new ErrorLine(where, message, advice)));
    }
}
