// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import com.google.gson.JsonElement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.GraphPack;
import org.eidolon.graph.GraphPack.Content;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Locations;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;

/** Gathers a graph, the subgraphs in it and every file that their nodes name, under the paths by which they name them. */
final class Packing {
    private static final int MOST = 10_000;

    private final GraphArgument argument;
    private final NodeTypes types;
    private final Path root;
    private final SortedMap<String, Content> files = new TreeMap<>();
    private final List<ErrorLine> errors = new ArrayList<>();

    Packing(Session session, GraphArgument argument) {
        this.argument = argument;
        this.types = session.engines().types();
        this.root = argument.folder();
    }

    /** Of the graph in the pack. */
    String graphName() {
        return argument.name() + "." + Graphs.EXTENSION;
    }

    /** @throws CommandException naming file, node and parameter where something is missing */
    SortedMap<String, Content> files() {
        add(graphName(), argument.graph(), root);
        if (!errors.isEmpty()) {
            throw new CommandException(ExitCode.GRAPH, errors);
        }
        return files;
    }

    /** A graph with its files' hashes as they are now. */
    private void add(String name, Graph graph, Path folder) {
        Graph packed = EcoreUtil.copy(graph);
        files.put(name, () -> new ByteArrayInputStream(new byte[0])); // taken, so that a circle ends
        for (GraphNode node : graph.getNodes()) {
            boolean subgraph = Graphs.SUBGRAPH_TYPE.equals(node.getType());
            node.getParameters().forEach(entry -> {
                JsonElement value = entry.getValue();
                boolean text = value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isString();
                if (text && (subgraph ? entry.getKey().equals(Graphs.SUBGRAPH_FILE) : isFile(node, entry.getKey()))) {
                    String where = "nodes." + node.getId() + ".params." + entry.getKey();
                    asset(name, graph, packed, folder, value.getAsString(), where, subgraph);
                }
            });
        }
        byte[] text = GraphWriter.write(packed).getBytes(StandardCharsets.UTF_8);
        files.put(name, () -> new ByteArrayInputStream(text));
    }

    private boolean isFile(GraphNode node, String parameter) {
        return types.find(node.getType())
                .flatMap(type -> type.type().parameter(parameter))
                .filter(found -> found.isFile())
                .isPresent();
    }

    private void asset(
            String name, Graph graph, Graph packed, Path folder, String path, String where, boolean subgraph) {
        try {
            Path file = GraphPaths.resolve(folder, path);
            String inside = GraphPaths.relative(root.toRealPath(), file).orElseThrow();
            if (!Files.isRegularFile(file)) {
                fail(name, graph, where, "there is no file '" + path + "'", "Put it into the graph's folder");
            } else if (inside.startsWith(GraphPack.OWN) || files.size() >= MOST) {
                fail(
                        name,
                        graph,
                        where,
                        "'" + path + "' cannot be packed",
                        "A pack keeps " + GraphPack.OWN + " for itself, and holds at most " + MOST + " files");
            } else if (subgraph && !files.containsKey(inside)) {
                add(inside, GraphFiles.load(file), file.getParent());
            } else if (!subgraph) {
                packed.getFiles().put(path, GraphPaths.sha256(file));
                files.putIfAbsent(inside, () -> Files.newInputStream(file));
            }
        } catch (GraphFormatException e) {
            e.problems().forEach(problem -> errors.add(CommandException.line(path, problem)));
        } catch (IOException e) {
            fail(name, graph, where, e.getMessage(), "Copy the file into the graph's folder");
        }
    }

    private void fail(String name, Graph graph, String where, String message, String advice) {
        errors.add(CommandException.line(
                name.equals(graphName()) ? argument.given() : name,
                Problem.error(where, Locations.find(graph, where), message, advice)));
    }
}
