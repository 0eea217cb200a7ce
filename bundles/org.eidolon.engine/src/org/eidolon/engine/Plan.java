// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eidolon.api.Node;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Uses;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.Problem;

/**
 * A graph frozen for a run: only what the targets need, in an order in which every node comes after its sources,
 * parameters complete and typed, every link of matching types. Made by {@link PlanBuilder}.
 *
 * @param name what the graph is called, such as its file; names the history that tells why a node runs again
 * @param graphHash sha256 of the graph as it was planned; may be empty
 * @param graphAsRun canonical text of the graph, the user's settings in it; may be empty
 * @param subgraphs texts of the graphs that nodes stand for, by their path inside the graph's folder
 * @param folder of the graph's file; null where there is none
 * @param whole true where all of the graph is to run, false where only some nodes were asked for
 * @param nodes sources first
 * @param targets ids of the nodes asked for
 * @param warnings what the user should know before it runs
 */
public record Plan(
        String name,
        String graphHash,
        String graphAsRun,
        Map<String, String> subgraphs,
        Path folder,
        boolean whole,
        List<PlanNode> nodes,
        Set<String> targets,
        List<Problem> warnings) {

    /**
     * A node of a plan.
     *
     * @param id as in the graph; of a node in a subgraph {@code outer/inner}
     * @param library bundle and version that brought the type
     * @param code hash of that library's code; empty where {@code library} stands for it
     * @param parameters typed values of all parameters that no link feeds
     * @param files sha256 of the files that parameters name, by parameter
     * @param weights sha256 of the weights that the node loads by itself, by logical id
     * @param inputs sources by input or parameter name; several where an input takes a list
     * @param graph canonical text of the graph as run, the user's settings in it; empty unless the type uses it
     */
    public record PlanNode(
            String id,
            NodeDescriptor type,
            String library,
            String code,
            Map<String, Object> parameters,
            Map<String, String> files,
            Map<String, String> weights,
            Map<String, List<Source>> inputs,
            String graph) {

        /** What this machine decides about the result, by name; see {@link Node#machineChoices}. */
        SortedMap<String, String> machineChoices(RunOptions options) {
            return type.uses(Uses.DEVICE)
                    ? new TreeMap<>(type.create(parameters)
                            .machineChoices(options.devices().get(0)))
                    : new TreeMap<>();
        }

        List<Source> sources() {
            var all = new ArrayList<Source>();
            inputs.values().forEach(all::addAll);
            return all;
        }
    }

    /** An output of a node of the plan. */
    public record Source(String node, String output) {
        @Override
        public String toString() {
            return node + "." + output;
        }
    }

    /** The name for others to read: of a file its last part, as folders are nobody's business. */
    public String title() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** A file for others to read: its path inside the graph's folder, or else its last part. */
    String shown(Path file) {
        return shown(folder, file);
    }

    static String shown(Path folder, Path file) {
        return (folder == null ? Optional.<String>empty() : GraphPaths.relative(folder, file))
                .or(() -> folder == null ? Optional.empty() : GraphPaths.relative(real(folder), real(file)))
                .orElseGet(() -> String.valueOf(file.normalize().getFileName()));
    }

    /** Where a path truly leads: paths of a graph are resolved so. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // nothing is there
        }
    }

    public PlanNode node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    Map<String, PlanNode> byId() {
        var map = new LinkedHashMap<String, PlanNode>();
        nodes.forEach(node -> map.put(node.id(), node));
        return map;
    }
}
