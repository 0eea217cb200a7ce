// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Reroute;

/** A graph by ids and by both ends of its links; the model itself only knows where they end. Valid until links change. */
public final class LinkIndex {
    private final Map<String, Element> elements = new HashMap<>();
    private final Map<String, List<Wire>> bySource = new HashMap<>();
    private final Map<String, List<Wire>> byTarget = new HashMap<>();
    private final Map<String, Set<String>> outputs = new HashMap<>();

    public LinkIndex(Graph graph) {
        Graphs.elements(graph).forEach(element -> elements.put(element.getId(), element));
        Graphs.links(graph).forEach(link -> add(new Wire.ToNode(link)));
        graph.getReroutes().stream()
                .filter(reroute -> reroute.getFrom() != null)
                .forEach(reroute -> add(new Wire.ToReroute(reroute)));
        graph.getOutputs().forEach(output -> name(output.getFrom()));
    }

    private void add(Wire wire) {
        bySource.computeIfAbsent(wire.from(), from -> new ArrayList<>()).add(wire);
        byTarget.computeIfAbsent(end(wire.target().getId(), wire.port()), end -> new ArrayList<>())
                .add(wire);
        name(wire.from());
    }

    private void name(String from) {
        PortRef ref = PortRef.parse(from);
        if (!ref.port().isEmpty()) {
            outputs.computeIfAbsent(ref.node(), node -> new LinkedHashSet<>()).add(ref.port());
        }
    }

    /** The element with an id, or null. */
    public Element element(String id) {
        return elements.get(id);
    }

    /** Follows reroutes back to the output where a link truly starts; null where the way ends at nothing. */
    public PortRef source(String from) {
        PortRef ref = PortRef.parse(from);
        for (int hops = 0; hops <= elements.size(); hops++) {
            if (!(elements.get(ref.node()) instanceof Reroute reroute)) {
                return elements.get(ref.node()) instanceof GraphNode
                                && !ref.port().isEmpty()
                        ? ref
                        : null;
            }
            ref = PortRef.parse(reroute.getFrom());
        }
        return null;
    }

    /** The links that start at {@code node.output}, or at the bare id of a reroute. */
    public List<Wire> from(String ref) {
        return bySource.getOrDefault(ref, List.of());
    }

    /** The links that end at an input or parameter of a node, or, with an empty port, at a reroute. */
    public List<Wire> to(String id, String port) {
        return byTarget.getOrDefault(end(id, port), List.of());
    }

    private static String end(String id, String port) {
        return id + "." + port;
    }

    /** Outputs of a node that something names, whether its type has them or not. */
    public Set<String> outputs(String node) {
        return outputs.getOrDefault(node, Set.of());
    }
}
