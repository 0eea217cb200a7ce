// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.engine.ParameterLinks;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.studio.editor.edit.Port.Side;

/** The ports of a node: those its type declares, and those that links name though it does not. */
public final class Ports {
    private Ports() {}

    /** Inputs, then parameters that may be linked, then outputs. */
    public static List<Port> of(GraphNode node, Catalogue catalogue, LinkIndex index) {
        var ports = new LinkedHashMap<String, Port>();
        Optional<Signature> type = catalogue.find(node);
        type.ifPresent(t -> {
            for (NodeDescriptor.Input in : t.inputs()) {
                ports.put(
                        in.name(),
                        new Port(node, in.name(), Side.INPUT, in.type(), in.many(), !in.optional(), in.doc()));
            }
            for (Parameter p : t.parameters()) {
                var accepted = ParameterLinks.accepted(p);
                if (!accepted.isEmpty()) {
                    ports.put(
                            p.name(), new Port(node, p.name(), Side.PARAMETER, accepted.get(0), false, false, p.doc()));
                }
            }
        });
        for (Link link : node.getLinks()) {
            // of a type that is not installed nothing is known but what the file links
            ports.putIfAbsent(link.getPort(), undeclared(node, link.getPort(), Side.INPUT));
        }
        var all = new ArrayList<>(ports.values());
        var outputs = new LinkedHashMap<String, Port>();
        type.ifPresent(t -> t.outputs()
                .forEach(o ->
                        outputs.put(o.name(), new Port(node, o.name(), Side.OUTPUT, o.type(), false, false, o.doc()))));
        for (String name : index.outputs(node.getId())) {
            outputs.putIfAbsent(name, undeclared(node, name, Side.OUTPUT));
        }
        all.addAll(outputs.values());
        return all;
    }

    /** A port of which only the name is known. */
    private static Port undeclared(GraphNode node, String name, Side side) {
        return new Port(node, name, side, null, side == Side.INPUT, false, "");
    }
}
