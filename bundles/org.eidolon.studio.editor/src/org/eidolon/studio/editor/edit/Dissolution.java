// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.Parameter;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;

/** Puts a subgraph back in the place of the node that stands for it; what is linked and set stays so. */
public final class Dissolution {
    private final Graph graph;
    private final GraphNode node;
    private final Graph inner;

    private Dissolution(Graph graph, GraphNode node, Graph inner) {
        this.graph = graph;
        this.node = node;
        this.inner = inner;
    }

    /**
     * Makes the change; to be called within an edit. The subgraph's file stays as it is.
     *
     * @param folder of the graph
     * @return what came in the place of the node
     */
    public static List<Element> dissolve(Graph graph, GraphNode node, Catalogue catalogue, Path folder) {
        Graph inner = EcoreUtil.copy(catalogue.subgraphs().graph(node).orElseThrow());
        Path from = catalogue.subgraphs().file(node).orElseThrow().getParent();
        rebase(inner, catalogue, from, folder);
        return new Dissolution(graph, node, inner).run();
    }

    private List<Element> run() {
        var taken = new HashSet<String>();
        Graphs.elements(graph).forEach(element -> taken.add(element.getId()));
        var elements = new ArrayList<>(Graphs.elements(inner));
        elements.forEach(element -> rename(element, taken));
        move(elements);
        node.getParameters().forEach(this::set);
        var fed = new ArrayList<Link>();
        node.getLinks().forEach(link -> feed(link, fed));
        if (node.isMuted()) {
            inner.getNodes().forEach(each -> each.setMuted(true));
        }
        graph.getInputs().forEach(this::spread);
        graph.getInputs().removeIf(declared -> declared.getTo().isEmpty());
        graph.getFrames().forEach(frame -> {
            int at = frame.getMembers().indexOf(node.getId());
            if (at >= 0) {
                frame.getMembers().remove(at);
                frame.getMembers()
                        .addAll(at, elements.stream().map(Element::getId).toList());
            }
        });
        leadOut();
        inner.getFiles().forEach(entry -> {
            if (!graph.getFiles().containsKey(entry.getKey())) {
                graph.getFiles().put(entry.getKey(), entry.getValue());
            }
        });
        int at = graph.getNodes().indexOf(node);
        EcoreUtil.remove(node);
        graph.getNodes().addAll(at, List.copyOf(inner.getNodes()));
        elements.stream().filter(e -> !(e instanceof GraphNode)).forEach(e -> Clip.add(graph, e));
        return elements;
    }

    private void rename(Element element, Collection<String> taken) {
        String id = element.getId();
        String free = id;
        for (int i = 2; taken.contains(free) || !free.equals(id) && new LinkIndex(inner).element(free) != null; i++) {
            free = id + i;
        }
        if (!free.equals(id)) {
            Graphs.rename(inner, element, free);
        }
        taken.add(free);
    }

    /** So that what the node stood for has its middle where the node was. */
    private void move(List<Element> elements) {
        Point middle = middle(elements);
        if (middle != null && node.getX() != null && node.getY() != null) {
            Edits.move(inner, elements, node.getX() - middle.x, node.getY() - middle.y);
        }
    }

    /** The middle of the corners of those that have a place; null where none has. */
    static Point middle(Collection<? extends Element> elements) {
        int[] x = elements.stream()
                .filter(e -> e.getX() != null)
                .mapToInt(Element::getX)
                .sorted()
                .toArray();
        int[] y = elements.stream()
                .filter(e -> e.getY() != null)
                .mapToInt(Element::getY)
                .sorted()
                .toArray();
        return x.length == 0 || y.length == 0
                ? null
                : new Point(
                        Math.floorDiv(x[0] + x[x.length - 1], 20) * 10, Math.floorDiv(y[0] + y[y.length - 1], 20) * 10);
    }

    private List<PortRef> ends(String input) {
        return inner.getInputs().stream()
                .filter(declared -> declared.getName().equals(input))
                .flatMap(declared -> declared.getTo().stream())
                .map(PortRef::parse)
                .toList();
    }

    private void set(Map.Entry<String, JsonElement> parameter) {
        for (PortRef end : ends(parameter.getKey())) {
            GraphNode target = Graphs.node(inner, end.node());
            if (target != null) {
                target.getParameters().put(end.port(), parameter.getValue().deepCopy());
            }
        }
    }

    /** Links from outside come before those from within, as they do in a run of the subgraph. */
    private void feed(Link link, List<Link> fed) {
        for (PortRef end : ends(link.getPort())) {
            GraphNode target = Graphs.node(inner, end.node());
            if (target != null) {
                Link made = GraphFactory.eINSTANCE.createLink();
                made.setPort(end.port());
                made.setFrom(link.getFrom());
                int at = 0;
                while (at < target.getLinks().size()
                        && fed.contains(target.getLinks().get(at))) {
                    at++;
                }
                target.getLinks().add(at, made);
                fed.add(made);
            }
        }
    }

    private void leadOut() {
        var index = new LinkIndex(graph);
        for (GraphOutput declared : inner.getOutputs()) {
            String before = new PortRef(node.getId(), declared.getName()).toString();
            index.from(before).forEach(wire -> Edits.redirect(wire, declared.getFrom()));
            graph.getOutputs().stream()
                    .filter(output -> before.equals(output.getFrom()))
                    .forEach(output -> output.setFrom(declared.getFrom()));
        }
        // what was fed from an output that the file no longer declares is fed no more
        Edits.forget(graph, node.getId());
    }

    private void spread(GraphInput declared) {
        for (String to : List.copyOf(declared.getTo())) {
            PortRef ref = PortRef.parse(to);
            if (ref.node().equals(node.getId())) {
                int at = declared.getTo().indexOf(to);
                declared.getTo().remove(at);
                declared.getTo()
                        .addAll(
                                at,
                                ends(ref.port()).stream().map(PortRef::toString).toList());
            }
        }
    }

    /** Files of a subgraph in another folder are named anew, from the folder of the graph. */
    private static void rebase(Graph inner, Catalogue catalogue, Path from, Path folder) {
        if (from.equals(folder.toAbsolutePath().normalize())) {
            return;
        }
        for (GraphNode each : inner.getNodes()) {
            var names = new ArrayList<String>();
            if (Graphs.SUBGRAPH_TYPE.equals(each.getType())) {
                names.add(Graphs.SUBGRAPH_FILE);
            }
            catalogue
                    .find(each)
                    .ifPresent(type -> type.parameters().stream()
                            .filter(Parameter::isFile)
                            .map(Parameter::name)
                            .forEach(names::add));
            for (String name : names) {
                JsonElement stored = each.getParameters().get(name);
                if (stored instanceof JsonPrimitive value && value.isString()) {
                    GraphPaths.relative(folder, from.resolve(value.getAsString()))
                            .ifPresent(path -> each.getParameters().put(name, new JsonPrimitive(path)));
                }
            }
        }
        var files = List.copyOf(Map.copyOf(inner.getFiles().map()).entrySet());
        inner.getFiles().clear();
        files.forEach(entry -> GraphPaths.relative(folder, from.resolve(entry.getKey()))
                .ifPresent(path -> inner.getFiles().put(path, entry.getValue())));
    }
}
