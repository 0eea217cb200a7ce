// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.Json;
import org.eidolon.api.Parameter;
import org.eidolon.api.UserPath;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;

/**
 * A graph with the user's own settings written into it: what gave the results, so what they carry along. Of files from
 * elsewhere only the name is kept, as folders are nobody's business.
 */
final class GraphAsRun {
    private final Graph graph;
    private final NodeTypes types;
    private final Path folder;

    private GraphAsRun(Graph graph, NodeTypes types, Path folder) {
        this.graph = graph;
        this.types = types;
        this.folder = folder;
    }

    /** Its canonical text. */
    static String text(Graph migrated, PlanRequest request, NodeTypes types) {
        var run = new GraphAsRun(EcoreUtil.copy(migrated), types, request.folder());
        Map<String, Object> values = new LinkedHashMap<>();
        run.graph.getInputs().stream()
                .filter(input -> request.inputs().containsKey(input.getName()))
                .forEach(input -> input.getTo()
                        .forEach(to -> values.put(to, request.inputs().get(input.getName()))));
        values.putAll(request.settings());
        values.forEach((name, raw) -> run.set(PortRef.parse(name), raw, request.workingFolder()));
        run.forgetUnusedFiles();
        return GraphWriter.write(run.graph);
    }

    private void set(PortRef to, Object raw, Path workingFolder) {
        GraphNode node = Graphs.node(graph, to.node());
        Parameter parameter = node == null || node.getType() == null
                ? null
                : types.find(node.getType())
                        .flatMap(found -> found.type().parameter(to.port()))
                        .orElse(null);
        if (parameter == null) {
            return; // a parameter inside a subgraph belongs to another file; a wrong name is said by the planner
        }
        try {
            Object value = parameter.toJson(parameter.parse(raw));
            if (parameter.isFile() && value != null) {
                value = inFolder(UserPath.of(workingFolder.toAbsolutePath(), (String) value));
            }
            node.getLinks().removeIf(link -> to.port().equals(link.getPort()));
            if (Objects.equals(value, parameter.toJson(parameter.defaultValue()))) {
                node.getParameters().removeKey(to.port());
            } else {
                node.getParameters().put(to.port(), JsonParser.parseString(Json.write(value)));
            }
        } catch (IllegalArgumentException e) {
            // a value that does not fit is said by the planner
        }
    }

    private String inFolder(Path file) {
        return GraphPaths.relative(folder, file)
                .orElseGet(() -> String.valueOf(file.normalize().getFileName()));
    }

    /** Hashes of files that a setting has replaced. */
    private void forgetUnusedFiles() {
        var named = new HashSet<String>();
        graph.getNodes()
                .forEach(node -> node.getParameters().forEach(entry -> {
                    if (entry.getValue() != null && entry.getValue().isJsonPrimitive()) {
                        named.add(entry.getValue().getAsString());
                    }
                }));
        graph.getFiles().removeIf(file -> !named.contains(file.getKey()));
    }
}
