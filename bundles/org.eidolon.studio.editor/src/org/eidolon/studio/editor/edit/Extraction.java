// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.Parameter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;

/**
 * A part of a graph that becomes a graph of its own, with a node in its place. What the two exchange is found from the
 * links that cross the border; the names of it may be changed before the change is made.
 *
 * <p>A dot that is fed from outside stays outside, as a declared input leads to nodes only. Links that end at an input for
 * several values keep their order among themselves.
 */
public final class Extraction {
    private final Graph graph;
    private final Catalogue catalogue;
    private final LinkIndex index;
    private final Set<Element> part = new LinkedHashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Border> borders = new ArrayList<>();

    /** @param selected elements; of frames, what they hold goes along */
    public Extraction(Graph graph, Catalogue catalogue, Collection<? extends Element> selected) {
        this.graph = graph;
        this.catalogue = catalogue;
        this.index = new LinkIndex(graph);
        Set<Element> wanted = Edits.withMembers(graph, selected);
        Graphs.elements(graph).stream().filter(wanted::contains).forEach(part::add);
        boolean more = true;
        while (more) { // a dot that stays may feed another
            part.forEach(element -> ids.add(element.getId()));
            more = part.removeIf(element -> element instanceof Reroute dot && !ids.contains(start(dot.getFrom())));
            ids.clear();
        }
        part.forEach(element -> ids.add(element.getId()));
        inputs();
        declaredInputs();
        outputs();
        new BorderNames(borders, index).propose();
    }

    private static String start(String from) {
        return PortRef.parse(from).node();
    }

    /** Whether there is a node in the part. */
    public boolean isEmpty() {
        return part.stream().noneMatch(GraphNode.class::isInstance);
    }

    /** What goes into the new graph. */
    public Set<Element> part() {
        return Set.copyOf(part);
    }

    /**
     * What lies on a way that leads out of the part and into it again: a node that stood for the part would feed itself.
     *
     * @return nodes and dots to take along, or not to begin with; none where all is well
     */
    public List<Element> between() {
        Set<Element> after = reached(this::after);
        Set<Element> before = reached(this::before);
        return Graphs.elements(graph).stream()
                .filter(element -> !part.contains(element) && after.contains(element) && before.contains(element))
                .toList();
    }

    private List<Element> after(Element element) {
        var starts = new ArrayList<String>();
        starts.add(element.getId());
        index.outputs(element.getId()).forEach(port -> starts.add(new PortRef(element.getId(), port).toString()));
        return starts.stream()
                .flatMap(from -> index.from(from).stream())
                .<Element>map(Wire::target)
                .toList();
    }

    private List<Element> before(Element element) {
        return sources(element).stream()
                .map(from -> index.element(start(from)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** All that is reached from the part, step by step. */
    private Set<Element> reached(Function<Element, List<Element>> step) {
        Set<Element> seen = new HashSet<>();
        var open = new ArrayList<Element>(part);
        while (!open.isEmpty()) {
            step.apply(open.removeLast()).stream().filter(seen::add).forEach(open::add);
        }
        return seen;
    }

    private static List<String> sources(Element element) {
        return switch (element) {
            case GraphNode node -> node.getLinks().stream().map(Link::getFrom).toList();
            case Reroute dot -> List.of(dot.getFrom());
            default -> List.of();
        };
    }

    /** Inputs that take several values, from outside and from within the part: there those from outside come first. */
    public List<String> reordered() {
        var ports = new LinkedHashSet<String>();
        for (GraphNode node : nodes()) {
            var fromWithin = new HashSet<String>();
            for (Link link : node.getLinks()) {
                if (ids.contains(start(link.getFrom()))) {
                    fromWithin.add(link.getPort());
                } else if (fromWithin.contains(link.getPort())) {
                    ports.add(node.getId() + "." + link.getPort());
                }
            }
        }
        return List.copyOf(ports);
    }

    /** Everything that is exchanged; an input or output whose name is changed here gets that name. */
    public List<Border> borders() {
        return List.copyOf(borders);
    }

    /** Parameters that may be set from outside, too, once they are {@linkplain #expose exposed}. */
    public List<Border> parameters() {
        var taken = new HashSet<String>();
        borders.stream().filter(b -> b.kind() != Border.Kind.OUT).forEach(b -> taken.addAll(b.inner()));
        var parameters = new ArrayList<Border>();
        for (GraphNode node : nodes()) {
            var type = catalogue.find(node);
            for (Parameter parameter :
                    type.isEmpty() ? List.<Parameter>of() : type.get().parameters()) {
                String ref = node.getId() + "." + parameter.name();
                boolean linked =
                        node.getLinks().stream().anyMatch(l -> parameter.name().equals(l.getPort()));
                if (!linked && taken.add(ref)) {
                    parameters.add(new Border(Border.Kind.PARAMETER, "", ref, parameter.name()));
                }
            }
        }
        new BorderNames(borders, index).propose(parameters);
        return parameters;
    }

    /** Makes a parameter one more input. */
    public void expose(Border parameter) {
        borders.add(parameter);
    }

    private List<GraphNode> nodes() {
        return part.stream()
                .filter(GraphNode.class::isInstance)
                .map(GraphNode.class::cast)
                .toList();
    }

    private void inputs() {
        Map<String, Integer> last = new HashMap<>(); // by port, the last border that leads there
        for (GraphNode node : nodes()) {
            for (Link link : node.getLinks()) {
                if (!ids.contains(start(link.getFrom()))) {
                    String port = node.getId() + "." + link.getPort();
                    // borders are linked in their order: what comes later at a port may not join an earlier one
                    int at = last.getOrDefault(port, -1) + 1;
                    while (at < borders.size() && !borders.get(at).outer().equals(link.getFrom())) {
                        at++;
                    }
                    if (at == borders.size()) {
                        borders.add(new Border(Border.Kind.LINK_IN, link.getFrom(), port, link.getPort()));
                    } else {
                        borders.get(at).add(port);
                    }
                    last.put(port, at);
                }
            }
        }
    }

    private void declaredInputs() {
        for (GraphInput declared : graph.getInputs()) {
            Border open = null;
            for (String to : declared.getTo()) {
                if (!ids.contains(start(to))) {
                    open = null;
                } else if (open != null) {
                    open.add(to);
                } else {
                    open = new Border(Border.Kind.DECLARED_IN, declared.getName(), to, declared.getName());
                    borders.add(open);
                }
            }
        }
    }

    private void outputs() {
        var seen = new LinkedHashSet<String>();
        for (Element element : part) {
            var starts = new ArrayList<String>();
            starts.add(element.getId());
            index.outputs(element.getId()).forEach(port -> starts.add(element.getId() + "." + port));
            for (String from : starts) {
                boolean leaves = index.from(from).stream().anyMatch(wire -> !part.contains(wire.target()));
                boolean declared = graph.getOutputs().stream().anyMatch(o -> from.equals(o.getFrom()));
                if ((leaves || declared) && seen.add(from)) {
                    borders.add(new Border(Border.Kind.OUT, "", from, ""));
                }
            }
        }
    }

    /** The new graph, as it will be written beside the old one. */
    public Graph inner(String title) {
        Graph inner = Graphs.create();
        inner.setTitle(title.isBlank() ? null : title);
        for (Border border : borders) {
            if (border.kind() == Border.Kind.OUT) {
                Graphs.addOutput(inner, border.name(), border.inner().get(0));
            } else {
                Graphs.addInput(inner, border.name(), border.inner().toArray(String[]::new));
            }
        }
        part.forEach(element -> Clip.add(inner, EcoreUtil.copy(element)));
        for (GraphNode node : inner.getNodes()) {
            node.getLinks().removeIf(link -> !ids.contains(start(link.getFrom())));
        }
        inner.getFrames().forEach(frame -> frame.getMembers().retainAll(ids));
        graph.getFiles().forEach(entry -> {
            boolean named = nodes().stream()
                    .flatMap(node -> node.getParameters().values().stream())
                    .anyMatch(value ->
                            value.isJsonPrimitive() && value.getAsString().equals(entry.getKey()));
            if (named) {
                inner.getFiles().put(entry.getKey(), entry.getValue());
            }
        });
        return inner;
    }

    /**
     * Puts one node in the place of the part. To be called within an edit.
     *
     * @param file the name of the new graph's file, as this graph names it
     */
    public GraphNode replace(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\." + Graphs.EXTENSION + "$", "");
        GraphNode node = Graphs.addNode(graph, Graphs.freeId(graph, Edits.idOf(name)), Graphs.SUBGRAPH_TYPE, 0);
        node.getParameters().put(Graphs.SUBGRAPH_FILE, new JsonPrimitive(file));
        Point middle = Dissolution.middle(part);
        if (middle != null) {
            Edits.place(node, middle.x, middle.y);
        }
        for (Border border : borders) {
            switch (border.kind()) {
                case LINK_IN -> Graphs.addLink(node, border.name(), border.outer());
                case DECLARED_IN -> redeclare(border, node);
                case OUT -> lead(border.inner().get(0), new PortRef(node.getId(), border.name()).toString());
                case PARAMETER -> {} // keeps the value that it has inside
            }
        }
        for (Frame frame : graph.getFrames()) {
            if (!part.contains(frame)) {
                if (frame.getMembers().containsAll(ids)) {
                    String first = frame.getMembers().stream()
                            .filter(ids::contains)
                            .findFirst()
                            .orElseThrow();
                    frame.getMembers().add(frame.getMembers().indexOf(first), node.getId());
                }
                frame.getMembers().removeAll(ids);
            }
        }
        int first = graph.getNodes().indexOf(nodes().get(0));
        part.forEach(EcoreUtil::remove);
        graph.getNodes().move(Math.min(first, graph.getNodes().size() - 1), node);
        return node;
    }

    private void redeclare(Border border, GraphNode node) {
        for (GraphInput declared : graph.getInputs()) {
            int at = declared.getTo().indexOf(border.inner().get(0));
            if (declared.getName().equals(border.outer()) && at >= 0) {
                declared.getTo().subList(at, at + border.inner().size()).clear();
                declared.getTo().add(at, new PortRef(node.getId(), border.name()).toString());
            }
        }
    }

    /** Leads what starts at an output of the part to what stands for it. */
    private void lead(String from, String now) {
        for (Wire wire : index.from(from)) {
            if (!part.contains(wire.target())) {
                Edits.redirect(wire, now);
            }
        }
        for (GraphOutput output : graph.getOutputs()) {
            if (from.equals(output.getFrom())) {
                output.setFrom(now);
            }
        }
    }
}
