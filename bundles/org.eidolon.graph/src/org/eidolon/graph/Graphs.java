// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Reroute;

/** Reading and changing graphs: what the generated classes do not offer. */
public final class Graphs {
    /** Newest schema number that this program reads and the one it writes. */
    public static final int SCHEMA = 1;

    /** Extension of a graph file, without the dot. */
    public static final String EXTENSION = "eidolon";

    /** Type id of a node that stands for another graph file, named by {@link #SUBGRAPH_FILE}. */
    public static final String SUBGRAPH_TYPE = "graph";

    /** Parameter of a subgraph node: the path of its file, relative to the folder of the graph that holds the node. */
    public static final String SUBGRAPH_FILE = "file";

    private Graphs() {}

    public static Graph create() {
        return GraphFactory.eINSTANCE.createGraph();
    }

    /** Adds a node at the end. */
    public static GraphNode addNode(Graph graph, String id, String type, int version) {
        GraphNode node = GraphFactory.eINSTANCE.createGraphNode();
        node.setId(id);
        node.setType(type);
        node.setVersion(version);
        graph.getNodes().add(node);
        return node;
    }

    /** Adds a link that ends at a port of the node. */
    public static Link addLink(GraphNode target, String port, String from) {
        Link link = GraphFactory.eINSTANCE.createLink();
        link.setPort(port);
        link.setFrom(from);
        target.getLinks().add(link);
        return link;
    }

    public static GraphInput addInput(Graph graph, String name, String... to) {
        GraphInput input = GraphFactory.eINSTANCE.createGraphInput();
        input.setName(name);
        input.getTo().addAll(List.of(to));
        graph.getInputs().add(input);
        return input;
    }

    public static GraphOutput addOutput(Graph graph, String name, String from) {
        GraphOutput output = GraphFactory.eINSTANCE.createGraphOutput();
        output.setName(name);
        output.setFrom(from);
        graph.getOutputs().add(output);
        return output;
    }

    /** The node with the id, or null. */
    public static GraphNode node(Graph graph, String id) {
        for (GraphNode node : graph.getNodes()) {
            if (id.equals(node.getId())) {
                return node;
            }
        }
        return null;
    }

    /** A parameter's value as the file holds it, or null where it keeps its default. */
    public static JsonElement parameter(GraphNode node, String name) {
        return node.getParameters().get(name);
    }

    /** Everything with an id, in the order of the file. */
    public static List<Element> elements(Graph graph) {
        var all = new ArrayList<Element>(graph.getNodes());
        all.addAll(graph.getReroutes());
        all.addAll(graph.getFrames());
        all.addAll(graph.getNotes());
        return all;
    }

    /** All links, by node in the order of the file. */
    public static List<Link> links(Graph graph) {
        var all = new ArrayList<Link>();
        graph.getNodes().forEach(node -> all.addAll(node.getLinks()));
        return all;
    }

    /**
     * Follows reroutes back to the output where a link truly starts.
     *
     * @return null where the way ends at nothing or runs in a circle
     */
    public static PortRef source(Graph graph, String from) {
        return new GraphIndex(graph).source(from);
    }

    /** Gives an element another id and changes whatever names it: links, declared inputs and outputs, frames. */
    public static void rename(Graph graph, Element element, String id) {
        String old = element.getId();
        element.setId(id);
        for (Link link : links(graph)) {
            link.setFrom(renamed(link.getFrom(), old, id));
        }
        for (Reroute reroute : graph.getReroutes()) {
            reroute.setFrom(renamed(reroute.getFrom(), old, id));
        }
        for (GraphInput input : graph.getInputs()) {
            input.getTo().replaceAll(to -> renamed(to, old, id));
        }
        for (GraphOutput output : graph.getOutputs()) {
            output.setFrom(renamed(output.getFrom(), old, id));
        }
        graph.getFrames().forEach(frame -> frame.getMembers().replaceAll(member -> member.equals(old) ? id : member));
    }

    private static String renamed(String from, String old, String id) {
        PortRef ref = PortRef.parse(from);
        return from != null && ref.node().equals(old) ? new PortRef(id, ref.port()).toString() : from;
    }

    /** The id itself if it is free, else the id with the first free number: photo, photo2, photo3. */
    public static String freeId(Graph graph, String wish) {
        var taken = elements(graph).stream().map(Element::getId).toList();
        String id = wish;
        for (int i = 2; taken.contains(id); i++) {
            id = wish + i;
        }
        return id;
    }
}
