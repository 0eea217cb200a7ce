// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Nearest;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.edit.Catalogue;
import org.eidolon.studio.editor.edit.Edits;
import org.eidolon.studio.editor.edit.Port;
import org.eidolon.studio.editor.edit.Signature;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.edit.Wiring;

/** Edits that mend a problem. */
public final class QuickFixes {
    /** An edit and what it is called. */
    public record Fix(String label, Consumer<Graph> change) {}

    private QuickFixes() {}

    /** The likeliest first; none where only a person can know. */
    public static List<Fix> of(Problem problem, GraphDocument document) {
        var fixes = new ArrayList<Fix>();
        String[] path = problem.where().split("\\.", 4);
        if (path.length < 2 || !path[0].equals("nodes")) {
            return fixes;
        }
        if (!(document.index().element(path[1]) instanceof GraphNode node)) {
            return fixes;
        }
        Optional<Signature> type = document.catalogue().find(node);
        if (type.isEmpty() && !Graphs.SUBGRAPH_TYPE.equals(node.getType())) {
            List<String> ids = document.catalogue().types().all().stream()
                    .map(NodeDescriptor::id)
                    .toList();
            Nearest.to(String.valueOf(node.getType()), ids)
                    .flatMap(near -> document.catalogue().types().find(near))
                    .ifPresent(near -> fixes.add(
                            new Fix(Messages.bind(Messages.fix_type, near.type().id()), graph -> {
                                node.setType(near.type().id());
                                node.setVersion(near.type().version());
                            })));
        } else if (type.isEmpty()) {
            return fixes; // which file was meant, only a person can know
        } else if (path.length == 4 && path[2].equals("params")) {
            parameter(fixes, node, type.get(), path[3]);
        } else if (path.length == 4 && path[2].equals("in")) {
            input(fixes, node, type.get(), path[3], document);
        }
        return fixes;
    }

    private static void parameter(List<Fix> fixes, GraphNode node, Signature type, String name) {
        List<String> names = type.parameters().stream().map(p -> p.name()).toList();
        boolean file = Graphs.SUBGRAPH_TYPE.equals(node.getType()) && name.equals(Graphs.SUBGRAPH_FILE);
        if (file || !node.getParameters().containsKey(name)) {
            return;
        }
        if (!names.contains(name)) {
            Nearest.to(name, names)
                    .filter(near -> !node.getParameters().containsKey(near))
                    .ifPresent(near -> fixes.add(new Fix(Messages.bind(Messages.fix_rename, near), graph -> {
                        var value = node.getParameters().get(name);
                        node.getParameters().removeKey(name);
                        node.getParameters().put(near, value);
                    })));
        }
        fixes.add(new Fix(
                Messages.bind(Messages.fix_default, name),
                graph -> node.getParameters().removeKey(name)));
    }

    private static void input(List<Fix> fixes, GraphNode node, Signature type, String port, GraphDocument document) {
        List<Wire> there = document.index().to(node.getId(), port);
        if (!there.isEmpty()) {
            fixes.add(new Fix(Messages.edit_unlink, graph -> there.forEach(Edits::unlink)));
            return;
        }
        Wiring wiring = document.wiring();
        for (GraphNode other : document.graph().getNodes()) {
            for (Port output : document.ports(other)) {
                boolean typed = output.isOutput() && output.type() != null;
                if (typed && wiring.check(output.ref(), node, port).allowed()) {
                    boolean many =
                            type.input(port).map(NodeDescriptor.Input::many).orElse(false);
                    fixes.add(new Fix(
                            Messages.bind(Messages.fix_link, output.ref()),
                            graph -> Edits.link(graph, output.ref(), node, port, many)));
                }
            }
        }
        List<Class<?>> accepted = document.catalogue().accepted(type, port);
        if (fixes.isEmpty() && !accepted.isEmpty()) {
            var wanted = new Catalogue.Wanted.Gives(accepted);
            document.catalogue().search("", wanted).stream()
                    .filter(found -> found.inputs().stream().allMatch(NodeDescriptor.Input::optional))
                    .forEach(found -> fixes.add(new Fix(
                            Messages.bind(Messages.edit_add, found.name()),
                            graph -> add(graph, found, node, port, document, wanted))));
        }
    }

    private static void add(
            Graph graph,
            NodeDescriptor type,
            GraphNode node,
            String port,
            GraphDocument document,
            Catalogue.Wanted wanted) {
        int x = node.getX() == null ? 0 : node.getX() - 300;
        int y = node.getY() == null ? 0 : node.getY();
        GraphNode added = Edits.addNode(graph, type, x, y);
        String output = document.catalogue().port(type, wanted).orElseThrow();
        Edits.link(graph, added.getId() + "." + output, node, port, false);
    }
}
