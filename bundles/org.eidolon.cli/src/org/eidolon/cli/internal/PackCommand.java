// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Faults;
import org.eidolon.graph.GlbFile;
import org.eidolon.graph.GraphPack;
import org.eidolon.graph.GraphPack.Content;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon pack}. */
@Command(
        name = "pack",
        description = "Puts a graph with its files and a preview, or the results of a run, into one zip file.",
        sortOptions = false)
final class PackCommand extends OwnCommand {
    static final String EXTENSION = ".eidolon.zip";
    private static final long MOST_BYTES = 1L << 30;

    @Parameters(paramLabel = "GRAPH|FOLDER", description = "a graph file, or the out folder of a run")
    private String source;

    @Option(names = "--out", paramLabel = "FILE.zip", description = "the zip file (default: NAME" + EXTENSION + ")")
    private String out;

    @Option(names = "--preview", paramLabel = "PNG", description = "a picture for the pack (default: the graph drawn)")
    private String preview;

    @Option(
            names = "--strip",
            description = "of a run's results: pictures and heads only, without the graph, the photo and the report")
    private boolean strip;

    @Override
    public Integer call() {
        Path from = GraphArgument.path(session, "GRAPH", source);
        boolean results = Files.isDirectory(from);
        if (strip && !results) {
            throw CommandException.arguments(
                    "--strip",
                    "a graph names the photo and the person: there is nothing left of it to share",
                    "Name the folder of its results, such as out/" + GraphArgument.name(from));
        }
        String given = out == null ? GraphArgument.name(from) + (results ? ".zip" : EXTENSION) : out;
        if (!given.endsWith(".zip")) {
            throw CommandException.arguments("--out " + given, "the name does not end in .zip", "");
        }
        Path pack = GraphArgument.path(session, "--out", given);
        var leftOut = new ArrayList<String>();
        SortedMap<String, Content> files;
        String graph = null;
        try {
            if (results) {
                files = results(from, pack, leftOut);
            } else {
                GraphArgument argument = GraphArgument.load(session, source);
                var packing = new Packing(session, argument);
                files = packing.files();
                graph = packing.graphName();
                byte[] picture = preview == null ? GraphPicture.of(argument.graph()) : picture();
                files.put(GraphPack.PREVIEW, () -> new ByteArrayInputStream(picture));
            }
            GraphPack.write(pack, graph, files);
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--out " + given, "the pack cannot be written: " + Faults.describe(e), "Is the disk full?");
        }
        leftOut.forEach(name -> session.messages().info("left out: " + name));
        session.messages().info(PlainConsole.count(files.size(), "file") + " in " + given);
        try {
            session.out()
                    .println(Json.write(Fields.of(
                            "pack",
                            given,
                            "graph",
                            graph,
                            "files",
                            List.copyOf(files.keySet()),
                            "leftOut",
                            leftOut,
                            "bytes",
                            Files.size(pack),
                            "sha256",
                            Hashes.ofFile(pack))));
        } catch (IOException e) {
            throw CommandException.arguments("--out " + given, "the pack vanished: " + Faults.describe(e), "");
        }
        return ExitCode.DONE;
    }

    private byte[] picture() throws IOException {
        Path file = GraphArgument.path(session, "--preview", preview);
        if (!Files.isRegularFile(file)) {
            throw CommandException.arguments("--preview " + preview, "there is no such file", "");
        }
        return stripped(file, PngFile::stripped, "--preview " + preview);
    }

    /** Everything below an out folder, or what may be shared of it. */
    private SortedMap<String, Content> results(Path folder, Path pack, List<String> leftOut) throws IOException {
        var files = new TreeMap<String, Content>();
        if (!Files.isRegularFile(folder.resolve(RunFiles.REPORT))) {
            throw CommandException.arguments(
                    source,
                    "this is no out folder of a run: it has no " + RunFiles.REPORT,
                    "Name one, or a graph file");
        }
        for (String name : Hashes.files(folder)) {
            Path file = folder.resolve(name);
            boolean hidden = name.startsWith(".") || name.contains("/.");
            if (hidden || Files.isSymbolicLink(file) || file.equals(pack) || name.startsWith(GraphPack.OWN)) {
                continue;
            }
            if (!strip) {
                files.put(name, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
            } else if (name.endsWith(".glb") || name.endsWith(".png")) {
                byte[] shared = stripped(file, name.endsWith(".glb") ? GlbFile::stripped : PngFile::stripped, name);
                files.put(name, () -> new ByteArrayInputStream(shared));
            } else {
                leftOut.add(name);
            }
        }
        return files;
    }

    /** How to take out what is not to be shared. */
    private interface Strip {
        byte[] of(byte[] file) throws IOException;
    }

    private static byte[] stripped(Path file, Strip how, String where) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw CommandException.arguments(where, "the file is larger than " + CacheCommands.size(MOST_BYTES), "");
        }
        try {
            return how.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ARGUMENTS,
                    List.of(new ErrorLine(where, "it cannot be packed: " + e.getMessage(), "Was it damaged?")));
        }
    }
}
