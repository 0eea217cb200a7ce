// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;

/**
 * The subgraphs of a part that is copied as text: they travel in the text, so that it can be pasted beside another graph.
 * Nothing but graph files is written there, none over another.
 */
public final class Enclosures {
    /** A field of the copied text that no graph file has. */
    private static final String FIELD = "subgraphs";

    private Enclosures() {}

    /** Adds the files that nodes of the part stand for, and those that they need. */
    static void enclose(Graph part, Catalogue catalogue) {
        var files = new JsonObject();
        enclose(part, "", catalogue, files);
        if (!files.isEmpty()) {
            part.getUnknown().put(FIELD, files);
        }
    }

    private static void enclose(Graph graph, String folder, Catalogue catalogue, JsonObject files) {
        for (GraphNode node : graph.getNodes()) {
            String path = Subgraphs.name(node).map(name -> folder + name).orElse("");
            Optional<Graph> inner =
                    path.isEmpty() ? Optional.empty() : catalogue.subgraphs().graph(path);
            if (inner.isPresent() && !files.has(path)) {
                files.add(path, GraphWriter.json(inner.get()));
                enclose(inner.get(), folder(path), catalogue, files);
            }
        }
    }

    /**
     * Writes the files that a text brings into the folder of the graph into which it is pasted. Where another file has the
     * name, it gets a free one.
     *
     * @throws IOException if a file cannot be written, or may not be
     */
    public static void unpack(Graph part, Path folder) throws IOException {
        JsonElement enclosed = part.getUnknown().get(FIELD);
        part.getUnknown().removeKey(FIELD);
        if (!(enclosed instanceof JsonObject files)) {
            return;
        }
        Map<String, Graph> graphs = new LinkedHashMap<>();
        for (var entry : files.entrySet()) {
            if (!entry.getKey().endsWith("." + Graphs.EXTENSION)) {
                throw new IOException("'" + entry.getKey() + "' is no graph file");
            }
            graphs.put(entry.getKey(), GraphReader.read(entry.getValue().toString()));
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String path : graphs.keySet()) {
            name(path, graphs, folder, names);
        }
        follow(part, "", names);
        for (var entry : graphs.entrySet()) {
            Path file = GraphPaths.resolve(folder, names.get(entry.getKey()));
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                GraphFiles.save(entry.getValue(), file);
            }
        }
    }

    /** Finds names for the graphs within a graph, and then, as its text names those, for the graph itself. */
    private static void name(String path, Map<String, Graph> graphs, Path folder, Map<String, String> names)
            throws IOException {
        if (names.putIfAbsent(path, path) == null) { // a graph that contains itself keeps its name within
            Graph graph = graphs.get(path);
            String inner = folder(path);
            for (GraphNode node : graph.getNodes()) {
                String needed = Subgraphs.name(node).map(name -> inner + name).orElse("");
                if (graphs.containsKey(needed)) {
                    name(needed, graphs, folder, names);
                }
            }
            follow(graph, inner, names);
            names.put(path, freeName(folder, path, GraphWriter.write(graph)));
        }
    }

    /** Up to the last '/'. */
    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String freeName(Path folder, String path, String text) throws IOException {
        String name = path;
        for (int i = 2; ; i++) {
            Path file = GraphPaths.resolve(folder, name);
            if (!Files.exists(file) || Files.readString(file).equals(text)) {
                return name;
            }
            name = path.substring(0, path.length() - Graphs.EXTENSION.length() - 1) + "-" + i + "." + Graphs.EXTENSION;
        }
    }

    /** Has nodes name the files by the names that they got. */
    private static void follow(Graph graph, String folder, Map<String, String> names) {
        for (GraphNode node : graph.getNodes()) {
            Subgraphs.name(node)
                    .map(name -> names.get(folder + name))
                    .ifPresent(now -> node.getParameters()
                            .put(Graphs.SUBGRAPH_FILE, new JsonPrimitive(now.substring(folder.length()))));
        }
    }
}
