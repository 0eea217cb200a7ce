// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;

/**
 * Checks the structure of a graph: ids, names, links, circles, declared interface, paths. Knows no node types; ports,
 * parameters and types are the engine's to check.
 */
public final class GraphValidator {
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*)*");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Graph graph;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Element> byId = new LinkedHashMap<>();

    private GraphValidator(Graph graph) {
        this.graph = graph;
    }

    /** Everything wrong, in the order of the text where places are known. */
    public static List<Problem> validate(Graph graph) {
        var validator = new GraphValidator(graph);
        validator.run();
        validator.problems.sort(Comparator.comparing(
                Problem::place,
                Comparator.nullsFirst(Comparator.comparingInt(Place::line).thenComparingInt(Place::column))));
        return validator.problems;
    }

    private void run() {
        ids();
        graph.getNodes().forEach(this::node);
        graph.getReroutes().forEach(reroute -> end("reroutes." + reroute.getId(), reroute.getFrom()));
        graph.getFrames().forEach(this::frame);
        interfaces();
        circles();
        graph.getFiles().forEach(file -> file("files." + file.getKey(), file.getKey(), file.getValue()));
    }

    private void ids() {
        for (Element element : Graphs.elements(graph)) {
            String id = element.getId();
            String where = where(element);
            if (id == null || !ID.matcher(id).matches()) {
                error(
                        where,
                        "'" + id + "' cannot be an id",
                        "Use letters, digits, '_' and '-', a letter first, at most 64");
            }
            Element other = byId.putIfAbsent(id == null ? "" : id, element);
            if (other != null) {
                error(where, "the id '" + id + "' is taken by " + where(other), "Give one of the two another id");
            }
        }
    }

    private static String where(Element element) {
        String section = element instanceof GraphNode
                ? "nodes"
                : element instanceof Reroute ? "reroutes" : element instanceof Frame ? "frames" : "notes";
        return section + "." + element.getId();
    }

    private void node(GraphNode node) {
        String where = where(node);
        if (node.getType() == null) {
            error(where, "the node has no type", "Add \"type\": \"name@version\"");
        } else if (!TYPE.matcher(node.getType()).matches()) {
            error(where + ".type", "'" + node.getType() + "' cannot be a node type", "Write it like identity.encode@1");
        }
        if (node.isMuted() && node.isBypassed()) {
            warning(where, "the node is both muted and bypassed", "It counts as muted; remove one of the two");
        }
        node.getParameters().forEach(parameter -> parameter(node, where, parameter));
        var seen = new HashSet<String>();
        for (Link link : node.getLinks()) {
            String path = where + ".in." + link.getPort();
            if (link.getPort() == null || !NAME.matcher(link.getPort()).matches()) {
                error(path, "'" + link.getPort() + "' cannot be the name of an input", "");
            }
            if (!seen.add(link.getPort() + " " + link.getFrom())) {
                warning(path, "the link from '" + link.getFrom() + "' is there twice", "Remove one");
            }
            end(path, link.getFrom());
        }
    }

    private void parameter(GraphNode node, String where, Map.Entry<String, JsonElement> parameter) {
        String path = where + ".params." + parameter.getKey();
        if (!NAME.matcher(parameter.getKey()).matches()) {
            error(path, "'" + parameter.getKey() + "' cannot be the name of a parameter", "");
        }
        if (parameter.getValue() instanceof JsonPrimitive p && p.isNumber() && Double.isInfinite(p.getAsDouble())) {
            error(path, "the number " + p.getAsString() + " is too large", "Numbers go up to about 1.8e308");
        }
        if (Graphs.SUBGRAPH_TYPE.equals(node.getType()) && parameter.getKey().equals(Graphs.SUBGRAPH_FILE)) {
            boolean text = parameter.getValue() instanceof JsonPrimitive p && p.isString();
            String fault = text
                    ? GraphPaths.fault(parameter.getValue().getAsString()).orElse(null)
                    : "expected the path of a graph file";
            if (fault != null) {
                error(path, fault, "Put the subgraph into the folder of this graph");
            }
        }
    }

    /** Checks one start of a link. */
    private void end(String where, String from) {
        PortRef ref = PortRef.parse(from);
        Element start = byId.get(ref.node());
        if (start instanceof Reroute) {
            if (!ref.port().isEmpty()) {
                error(
                        where,
                        "'" + from + "' names an output of a reroute, which has none",
                        "Write '" + ref.node() + "'");
            }
        } else if (!(start instanceof GraphNode)) {
            error(where, "there is no node '" + ref.node() + "' for the link from '" + from + "'", near(ref.node()));
        } else if (!NAME.matcher(ref.port()).matches()) {
            error(where, "'" + from + "' names no output of node '" + ref.node() + "'", "Write it as node.output");
        }
    }

    private String near(String id) {
        var ends = new ArrayList<String>();
        graph.getNodes().forEach(node -> ends.add(node.getId()));
        graph.getReroutes().forEach(reroute -> ends.add(reroute.getId()));
        return Nearest.advice(id, ends, "Remove the link or add the node");
    }

    private void frame(Frame frame) {
        for (String member : frame.getMembers()) {
            if (!byId.containsKey(member)) {
                warning(where(frame), "there is no element '" + member + "' for the frame to hold", "Remove it");
            }
        }
    }

    private void interfaces() {
        var inputs = new HashSet<String>();
        for (GraphInput input : graph.getInputs()) {
            String where = "inputs." + input.getName();
            declared(where, input.getName(), inputs);
            if (input.getTo().isEmpty()) {
                warning(where, "the input leads nowhere", "Name the input or parameter that it sets, as node.name");
            }
            for (String to : input.getTo()) {
                PortRef ref = PortRef.parse(to);
                if (!(byId.get(ref.node()) instanceof GraphNode)) {
                    error(where, "there is no node '" + ref.node() + "' for the input to set", near(ref.node()));
                } else if (!NAME.matcher(ref.port()).matches()) {
                    error(where, "'" + to + "' names no input or parameter", "Write it as node.name");
                }
            }
        }
        var outputs = new HashSet<String>();
        for (GraphOutput output : graph.getOutputs()) {
            String where = "outputs." + output.getName();
            declared(where, output.getName(), outputs);
            end(where, output.getFrom());
        }
    }

    private void declared(String where, String name, Set<String> taken) {
        if (name == null || !NAME.matcher(name).matches()) {
            error(where, "'" + name + "' cannot be the name of an input or output", "Use letters, digits, '_' and '-'");
        }
        if (!taken.add(name)) {
            error(where, "the name '" + name + "' is declared twice", "Rename one of the two");
        }
    }

    private void file(String where, String path, String hash) {
        GraphPaths.fault(path).ifPresent(fault -> error(where, fault, "Copy the file into the graph's folder"));
        if (hash == null || !HASH.matcher(hash).matches()) {
            error(where, "'" + hash + "' is not a sha256", "Write its 64 hexadecimal digits in lower case");
        }
    }

    /** Depth-first over nodes and reroutes with a stack of its own, for graphs of any depth; tells each circle once. */
    private void circles() {
        var state = new HashMap<String, Integer>(); // 1 on the way, 2 done
        for (String root : byId.keySet()) {
            if (state.containsKey(root)) {
                continue;
            }
            var way = new ArrayList<String>();
            var rest = new ArrayList<Iterator<String>>();
            way.add(root);
            rest.add(sources(byId.get(root)).iterator());
            state.put(root, 1);
            while (!way.isEmpty()) {
                int top = way.size() - 1;
                if (!rest.get(top).hasNext()) {
                    state.put(way.remove(top), 2);
                    rest.remove(top);
                    continue;
                }
                String next = rest.get(top).next();
                if (!byId.containsKey(next)) {
                    continue;
                }
                Integer known = state.get(next);
                if (known == null) {
                    state.put(next, 1);
                    way.add(next);
                    rest.add(sources(byId.get(next)).iterator());
                } else if (known == 1) {
                    circle(way.subList(way.indexOf(next), way.size()));
                }
            }
        }
    }

    private void circle(List<String> way) {
        var forward = new ArrayList<>(way).reversed();
        String text = String.join(" → ", forward) + " → " + forward.get(0);
        error(where(byId.get(way.get(0))), "the links run in a circle: " + text, "Remove one of these links");
    }

    private static List<String> sources(Element element) {
        if (element instanceof GraphNode node) {
            return node.getLinks().stream()
                    .map(link -> PortRef.parse(link.getFrom()).node())
                    .toList();
        }
        return element instanceof Reroute reroute
                ? List.of(PortRef.parse(reroute.getFrom()).node())
                : List.of();
    }

    private void error(String where, String message, String advice) {
        problems.add(Problem.error(where, Locations.find(graph, where), message, advice));
    }

    private void warning(String where, String message, String advice) {
        problems.add(Problem.warning(where, Locations.find(graph, where), message, advice));
    }
}
