// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eidolon.api.UserPath;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.Faults;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.GlbFile;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.GraphPack;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Nearest;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;

/**
 * The graph that an argument names: a graph file, a pack, or a GLB that carries its graph.
 *
 * @param given as the user wrote it, for messages
 * @param file what it names
 * @param folder what the graph's paths are relative to: the file's folder, or where a pack was unpacked
 * @param seed that a GLB was made with, else null
 * @param quality that a GLB was made with, else null
 */
record GraphArgument(String given, Path file, Path folder, Graph graph, Long seed, String quality) {
    /** Folders of names of open files, which mean nothing: paths in such a graph are beside the user. */
    private static final Pattern STREAMS = Pattern.compile("/dev|/dev/fd|/proc/[^/]+/fd");

    /** Where standard input is, unless the start script has put it elsewhere (property {@code eidolon.stdin}). */
    private static final Set<String> STANDARD_INPUT = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    /** Loads it; every way to fail is an exit code 3 with advice. */
    static GraphArgument load(Session session, String given) {
        Path file = path(session, "GRAPH", given);
        Path folder = STREAMS.matcher(String.valueOf(file.getParent())).matches()
                ? session.workingFolder()
                : file.getParent();
        try {
            Path source = source(session, file);
            return switch (GraphFiles.kind(source)) {
                case TEXT -> new GraphArgument(given, file, folder, GraphFiles.load(source), null, null);
                case PACK -> {
                    Path graph = GraphPack.unpack(source, session.scratch(), GraphPack.Limits.DEFAULT);
                    yield new GraphArgument(given, file, graph.getParent(), GraphFiles.load(graph), null, null);
                }
                case GLB -> {
                    GlbFile.Carried carried = GlbFile.read(source);
                    yield new GraphArgument(given, file, folder, carried.graph(), carried.seed(), carried.quality());
                }
            };
        } catch (GraphFormatException e) {
            throw CommandException.graph(given, e.problems());
        } catch (IOException e) {
            String message =
                    Files.exists(file) ? "the graph cannot be read: " + Faults.describe(e) : "there is no such file";
            throw new CommandException(ExitCode.GRAPH, List.of(new ErrorLine(given, message, neighbour(file))));
        }
    }

    /** The file, or where standard input is if it names that. */
    static Path opened(Path file) {
        Integer descriptor = STANDARD_INPUT.contains(file.toString()) ? Integer.getInteger("eidolon.stdin") : null;
        return descriptor == null ? file : Path.of("/proc/self/fd/" + descriptor);
    }

    /** What to read: the file, or of a pipe, which can be read once only, what came through it. */
    private static Path source(Session session, Path file) throws IOException {
        Path named = opened(file);
        if (!Files.exists(named) || Files.isRegularFile(named) || Files.isDirectory(named)) {
            return named;
        }
        Path copy = session.scratch().resolve("piped");
        GraphFiles.keep(named, copy);
        return copy;
    }

    /** The same graph in the place of a file that another program has open: with its name, and its paths beside it. */
    GraphArgument as(Session session, String other) {
        Path named = path(session, "--as", other);
        return new GraphArgument(other, named, named.getParent(), graph, seed, quality);
    }

    /** A path on the command line, which resolves against the working folder; {@code ~} is the user's home. */
    static Path path(Session session, String option, String given) {
        try {
            return UserPath.of(session.workingFolder(), given);
        } catch (IllegalArgumentException e) {
            String advice = given.isBlank() ? "Name one, or leave the option out" : "";
            throw CommandException.arguments(option, e.getMessage(), advice);
        }
    }

    /** What the graph is called: its file without the extension. */
    String name() {
        return name(file);
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        for (String extension : List.of(PackCommand.EXTENSION, "." + Graphs.EXTENSION, ".zip", ".glb")) {
            if (name.endsWith(extension) && name.length() > extension.length()) {
                return name.substring(0, name.length() - extension.length());
            }
        }
        return name;
    }

    private static String neighbour(Path file) {
        try (var files = Files.list(file.getParent())) {
            List<String> names = files.map(found -> found.getFileName().toString())
                    .filter(found -> found.endsWith("." + Graphs.EXTENSION))
                    .toList();
            return Nearest.advice(file.getFileName().toString(), names, "Name a ." + Graphs.EXTENSION + " file");
        } catch (IOException e) {
            return "Name a ." + Graphs.EXTENSION + " file";
        }
    }

    /** Says the nearest name where a problem is an unknown node type or parameter. */
    Problem advise(Problem problem, NodeTypes types) {
        String[] path = problem.where().split("\\.");
        GraphNode node = path.length < 2 || !path[0].equals("nodes") ? null : Graphs.node(graph, path[1]);
        if (node == null || node.getType() == null) {
            return problem;
        }
        var type = types.find(node.getType());
        String near = "";
        if (type.isEmpty() && path.length == 2 && !node.getType().equals(Graphs.SUBGRAPH_TYPE)) {
            near = Nearest.advice(
                    node.getType(), types.all().stream().map(t -> t.id()).toList(), "");
        } else if (type.isPresent() && path.length == 4 && path[2].equals("params")) {
            var names =
                    type.get().type().parameters().stream().map(p -> p.name()).toList();
            near = names.contains(path[3]) ? "" : Nearest.advice(path[3], names, "");
        } else if (type.isPresent() && path.length == 4 && path[2].equals("in")) {
            var names = type.get().type().inputs().stream().map(i -> i.name()).toList();
            near = names.contains(path[3]) ? "" : Nearest.advice(path[3], names, "");
        }
        if (near.isEmpty()) {
            return problem;
        }
        String advice = problem.advice().isEmpty() ? near : near + " " + problem.advice();
        return new Problem(problem.severity(), problem.where(), problem.place(), problem.message(), advice);
    }
}
