// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import java.util.HashMap;
import java.util.Map;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Reroute;

/** Nodes and reroutes of a graph by id, for whoever asks often; of a graph that does not change meanwhile. */
public final class GraphIndex {
    private final Map<String, GraphNode> nodes = new HashMap<>();
    private final Map<String, Reroute> reroutes = new HashMap<>();

    public GraphIndex(Graph graph) {
        graph.getNodes().forEach(node -> nodes.putIfAbsent(node.getId(), node));
        graph.getReroutes().forEach(reroute -> reroutes.putIfAbsent(reroute.getId(), reroute));
    }

    /** The node with the id, or null. */
    public GraphNode node(String id) {
        return nodes.get(id);
    }

    /**
     * Follows reroutes back to the output where a link truly starts.
     *
     * @return null where the way ends at nothing or runs in a circle
     */
    public PortRef source(String from) {
        PortRef ref = PortRef.parse(from);
        for (int hops = 0; hops <= reroutes.size(); hops++) {
            Reroute reroute = reroutes.get(ref.node());
            if (reroute == null) {
                return ref.port().isEmpty() || !nodes.containsKey(ref.node()) ? null : ref;
            }
            ref = PortRef.parse(reroute.getFrom());
        }
        return null;
    }
}
