// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.InputPlaces;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RecordedRun;
import org.eidolon.engine.RecordedRun.RecordedNode;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.GraphPaths;

/**
 * Lays a recorded graph out in a folder of its own, with its subgraphs and files under the paths that the record has for
 * them. A record names no folders, so its files are looked for by their hashes.
 *
 * @param given folders to look in, and files, as the user names them
 * @param places where runs on this machine have read files
 * @param changed whether a file of the right name may have other bytes; what it makes then differs
 */
record RecordedInputs(
        Session session,
        RecordArgument record,
        NodeTypes types,
        List<Path> given,
        InputPlaces places,
        boolean changed) {

    /** The graph in its folder, and values that win over those in it. */
    record Laid(GraphArgument graph, Settings settings) {}

    Laid lay() throws IOException {
        Path folder = Files.createDirectories(session.scratch().resolve("graph"));
        RecordedRun run = record.run();
        Path graph = folder.resolve("graph.eidolon");
        try {
            write(graph, run.graph());
            for (var subgraph : run.subgraphs().entrySet()) {
                write(inside(folder, subgraph.getKey()), subgraph.getValue());
            }
            var values = new LinkedHashMap<String, Object>();
            files(folder, values);
            inner(values);
            Path name = record.file().resolveSibling(Path.of(run.graphName()).getFileName());
            return new Laid(
                    new GraphArgument(record.given(), name, folder, GraphFiles.load(graph), run.seed(), null),
                    new Settings(values, Map.of()));
        } catch (GraphFormatException e) {
            throw CommandException.graph(record.given() + ": graph", e.problems());
        } catch (InvalidPathException e) {
            throw wrong(List.of(new ErrorLine(record.given() + ": graph.name", e.getMessage(), "")));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path inside(Path folder, String path) {
        try {
            return GraphPaths.resolve(folder, path);
        } catch (IOException e) {
            throw wrong(List.of(new ErrorLine(record.given(), e.getMessage(), "The record was changed or is damaged")));
        }
    }

    /** Every file of every node, found and laid where the graph names it. */
    private void files(Path folder, Map<String, Object> values) throws IOException {
        var laid = new HashMap<Path, String>();
        var errors = new ArrayList<ErrorLine>();
        for (var node : record.run().nodes().entrySet()) {
            for (var file : node.getValue().files().entrySet()) {
                String parameter = node.getKey() + "." + file.getKey();
                String name = String.valueOf(node.getValue().parameters().get(file.getKey()));
                Path place = inside(folder, name);
                Path found = find(parameter, name, file.getValue(), errors);
                if (found == null) {
                    continue;
                }
                if (!laid.getOrDefault(place, file.getValue()).equals(file.getValue())) {
                    // another file of the same name, which lay elsewhere
                    place = folder.resolveSibling("apart-" + laid.size()).resolve(place.getFileName());
                    values.put(parameter, place.toString());
                }
                if (laid.put(place, file.getValue()) == null) {
                    bring(found, place);
                }
                if (isInner(node.getKey())) {
                    values.put(parameter, place.toString());
                }
            }
        }
        if (!errors.isEmpty()) {
            throw wrong(errors);
        }
    }

    private static void bring(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (!Files.isDirectory(from)) {
            Files.copy(from, to);
            return;
        }
        for (String name : Hashes.files(from)) {
            bring(from.resolve(name), to.resolve(name));
        }
    }

    /** The file with the recorded bytes; else, where that is allowed, one of its name; else null and an error. */
    private Path find(String parameter, String name, String sha256, List<ErrorLine> errors) throws IOException {
        Path last = Path.of(name).getFileName();
        Path namesake = null;
        for (Path candidate : candidates(name, last)) {
            if (Hashes.ofFile(candidate).equals(sha256)) {
                return candidate;
            }
            namesake = namesake == null && candidate.endsWith(last) ? candidate : namesake;
        }
        Path seen = places.find(sha256).orElse(null);
        if (seen != null || namesake != null && changed) {
            return seen != null ? seen : namesake;
        }
        errors.add(new ErrorLine(
                record.given() + ": " + parameter,
                namesake == null
                        ? "the file '" + name + "' of the recorded run is not found (sha256 " + sha256 + ")"
                        : "'" + namesake + "' is not the file of the recorded run (sha256 " + sha256 + ")",
                "Give it, or the folder where it lies, by --files"
                        + (namesake == null ? "" : "; --check runs with the changed one and says what differs")));
        return null;
    }

    /** Where a file may lie: what the user names first, then beside the record and in the working folder. */
    private List<Path> candidates(String name, Path last) {
        var all = new LinkedHashSet<Path>();
        var where = new ArrayList<>(given);
        where.add(record.file().getParent());
        where.add(session.workingFolder());
        for (Path place : where) {
            if (Files.isDirectory(place)) {
                all.add(place.resolve(name));
                all.add(place.resolve(last));
            } else {
                all.add(place);
            }
        }
        return all.stream().filter(Files::isReadable).toList();
    }

    /** Nodes inside subgraphs have other files for their graphs: whatever the user had set in them is set again. */
    private void inner(Map<String, Object> values) {
        record.run().nodes().forEach((id, node) -> {
            if (isInner(id) && isOfNow(node)) {
                node.parameters().forEach((name, value) -> {
                    if (!node.files().containsKey(name)) {
                        values.put(id + "." + name, value);
                    }
                });
            }
        });
    }

    /** Whether a node stands in a subgraph, and not as a conversion on a link. */
    private static boolean isInner(String id) {
        return id.indexOf('/') >= 0 && id.indexOf('>') < 0;
    }

    /** Parameters of another version may be called otherwise. */
    private boolean isOfNow(RecordedNode node) {
        return types.find(node.type().replaceAll("@.*", ""))
                .filter(found -> found.type().reference().equals(node.type()))
                .isPresent();
    }

    private static CommandException wrong(List<ErrorLine> errors) {
        return new CommandException(ExitCode.GRAPH, errors);
    }
}
