// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;

/**
 * One step that carries a stored node of a type from one version to the next.
 *
 * @param type node type as stored
 * @param version version as stored; 0 for nodes without one
 * @param change gives the node as the newer version stores it
 */
public record NodeMigration(String type, int version, UnaryOperator<Stored> change) {
    private static final int MOST_STEPS = 1000;

    /**
     * A node as the file stores it.
     *
     * @param parameters values by name, in order
     * @param inputs new names of inputs by old ones, and of parameters that declared inputs of the graph set; what is
     *     absent stays
     * @param outputs new names of outputs by old ones; what is absent stays
     */
    public record Stored(
            String type,
            int version,
            Map<String, JsonElement> parameters,
            Map<String, String> inputs,
            Map<String, String> outputs) {}

    /**
     * Carries every node as far as the steps lead: parameters, links at both ends and the declared interface.
     *
     * @return a line for each step taken, such as {@code photo: image.load@1 → image.load@2}
     */
    public static List<String> apply(Graph graph, List<NodeMigration> steps) {
        var byStart = new HashMap<String, NodeMigration>();
        steps.forEach(step -> byStart.put(step.type() + "@" + step.version(), step));
        var taken = new ArrayList<String>();
        for (GraphNode node : graph.getNodes()) {
            for (int i = 0; ; i++) {
                String before = node.getType() + "@" + node.getVersion();
                NodeMigration step = byStart.get(before);
                if (step == null) {
                    break;
                }
                if (i == MOST_STEPS) {
                    throw new IllegalStateException("the migrations of " + before + " run in a circle");
                }
                step.apply(graph, node);
                taken.add(node.getId() + ": " + before + " → " + node.getType() + "@" + node.getVersion());
            }
        }
        return taken;
    }

    private void apply(Graph graph, GraphNode node) {
        Map<String, JsonElement> before = new LinkedHashMap<>();
        node.getParameters().forEach(entry -> before.put(entry.getKey(), entry.getValue()));
        Stored after = change.apply(new Stored(node.getType(), node.getVersion(), before, Map.of(), Map.of()));
        node.setType(after.type());
        node.setVersion(after.version());
        if (!after.parameters().equals(before)) {
            node.getParameters().clear();
            after.parameters().forEach(node.getParameters()::put);
        }
        for (Link link : node.getLinks()) {
            link.setPort(after.inputs().getOrDefault(link.getPort(), link.getPort()));
        }
        for (GraphInput input : graph.getInputs()) {
            input.getTo().replaceAll(to -> renamed(to, node, after.inputs()));
        }
        for (Link link : Graphs.links(graph)) {
            link.setFrom(renamed(link.getFrom(), node, after.outputs()));
        }
        for (Reroute reroute : graph.getReroutes()) {
            reroute.setFrom(renamed(reroute.getFrom(), node, after.outputs()));
        }
        for (GraphOutput output : graph.getOutputs()) {
            output.setFrom(renamed(output.getFrom(), node, after.outputs()));
        }
    }

    private static String renamed(String ref, GraphNode node, Map<String, String> names) {
        PortRef end = PortRef.parse(ref);
        String name = names.get(end.port());
        return end.node().equals(node.getId()) && name != null ? new PortRef(end.node(), name).toString() : ref;
    }
}
