// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.graph.model.Graph;

/**
 * What is to be planned.
 *
 * @param graph as read; it is not changed
 * @param folder of the graph's file, which its paths are relative to and stay inside of
 * @param name what to call the graph: its file, say
 * @param settings the user's own parameter values by {@code node.parameter} (of a node in a subgraph {@code
 *     outer/inner.parameter}), as text or JSON values; they win over the file's and over links
 * @param inputs the user's values for the graph's declared inputs, by name
 * @param workingFolder what file names in settings and inputs are relative to
 * @param targets ids of the nodes to run; empty for all that nothing follows
 */
public record PlanRequest(
        Graph graph,
        Path folder,
        String name,
        Map<String, ?> settings,
        Map<String, ?> inputs,
        Path workingFolder,
        List<String> targets) {

    /** All of a graph as its file has it. */
    public static PlanRequest of(Graph graph, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return new PlanRequest(
                graph, absolute.getParent(), absolute.toString(), Map.of(), Map.of(), Path.of(""), List.of());
    }

    public PlanRequest withSettings(Map<String, ?> values) {
        return new PlanRequest(graph, folder, name, values, inputs, workingFolder, targets);
    }

    public PlanRequest withInputs(Map<String, ?> values) {
        return new PlanRequest(graph, folder, name, settings, values, workingFolder, targets);
    }

    public PlanRequest withTargets(List<String> ids) {
        return new PlanRequest(graph, folder, name, settings, inputs, workingFolder, ids);
    }
}
