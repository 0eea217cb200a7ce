// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;

/** The graph files that nodes of an open graph stand for, each read once until it changes. */
public final class Subgraphs {
    /** A file as it was read; one that cannot be read has no graph. */
    private record Read(FileTime time, Graph graph, Signature signature) {}

    private static final Read NONE = new Read(null, null, null);

    private final Supplier<Path> folder;
    private final Function<GraphNode, Optional<Signature>> types;
    private final Map<Path, Read> files = new HashMap<>();

    /**
     * @param folder of the open graph
     * @param types the signatures of nodes that are of an installed type
     */
    Subgraphs(Supplier<Path> folder, Function<GraphNode, Optional<Signature>> types) {
        this.folder = folder;
        this.types = types;
    }

    /** The name of a subgraph's file as the node has it; empty where the node is of another kind or names none. */
    public static Optional<String> name(GraphNode node) {
        JsonElement file = node.getParameters().get(Graphs.SUBGRAPH_FILE);
        boolean named = Graphs.SUBGRAPH_TYPE.equals(node.getType()) && file instanceof JsonPrimitive p && p.isString();
        return named ? Optional.of(file.getAsString()) : Optional.empty();
    }

    /** Where the file of a subgraph lies; empty also where the name leads out of the graph's folder. */
    public Optional<Path> file(GraphNode node) {
        return file(node, folder.get());
    }

    private static Optional<Path> file(GraphNode node, Path folder) {
        return name(node).flatMap(name -> {
            try {
                return Optional.of(
                        GraphPaths.resolve(folder, name).toAbsolutePath().normalize());
            } catch (IOException e) {
                return Optional.empty(); // the check says what is wrong with it
            }
        });
    }

    /** The graph that a node stands for; not to be changed. Empty where it cannot be read. */
    public Optional<Graph> graph(GraphNode node) {
        return file(node).map(this::read).map(Read::graph);
    }

    /** The graph in a file that a path names from the folder of the open graph; not to be changed. */
    Optional<Graph> graph(String path) {
        try {
            return Optional.ofNullable(
                    read(GraphPaths.resolve(folder.get(), path).toAbsolutePath().normalize())
                            .graph());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the graph that a node stands for declares. */
    public Optional<Signature> signature(GraphNode node) {
        return signature(node, folder.get());
    }

    private Optional<Signature> signature(GraphNode node, Path in) {
        return file(node, in).map(this::read).map(Read::signature);
    }

    private Read read(Path file) {
        Read known = files.get(file);
        if (known != null) {
            return known;
        }
        files.put(file, NONE); // a graph that contains itself declares nothing there
        FileTime time = time(file);
        try {
            Graph graph = GraphFiles.load(file);
            String name = file.getFileName().toString().replaceFirst("\\." + Graphs.EXTENSION + "$", "");
            var signature = Signature.of(
                    graph,
                    Graphs.SUBGRAPH_TYPE,
                    Edits.title(name),
                    inner -> types.apply(inner).or(() -> signature(inner, file.getParent())));
            files.put(file, new Read(time, graph, signature));
        } catch (IOException e) {
            files.put(file, new Read(time, null, null)); // the check says what is wrong with it
        }
        return files.get(file);
    }

    /** Null where there is no such file. */
    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Forgets what has changed on disk.
     *
     * @return whether anything had
     */
    public boolean refresh() {
        boolean changed = files.entrySet().stream()
                .anyMatch(entry ->
                        !Objects.equals(time(entry.getKey()), entry.getValue().time()));
        if (changed) {
            files.clear(); // those that contain others say what these declare
        }
        return changed;
    }
}
