// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.graph.GraphFormatException;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;

/** Parts of graphs as text: a graph file of its own, so that it can be pasted into a window, a chat or a file. */
public final class Clip {
    private Clip() {}

    /** The elements, links between them included, and the graphs that nodes among them stand for. */
    public static String copy(Graph graph, Collection<? extends Element> elements, Catalogue catalogue) {
        Graph part = part(graph, elements);
        Enclosures.enclose(part, catalogue);
        return GraphWriter.write(part);
    }

    private static Graph part(Graph graph, Collection<? extends Element> elements) {
        Set<Element> wanted = new HashSet<>(elements);
        Graph part = Graphs.create();
        var ids = new HashSet<String>();
        for (Element element : Graphs.elements(graph)) {
            if (wanted.contains(element)) {
                ids.add(element.getId());
                add(part, EcoreUtil.copy(element));
            }
        }
        prune(part, ids);
        return part;
    }

    /**
     * Reads what was copied.
     *
     * @throws GraphFormatException if the text is no graph
     */
    public static Graph read(String text) throws GraphFormatException {
        Graph part = GraphReader.read(text);
        var ids = new HashSet<String>();
        Graphs.elements(part).forEach(element -> ids.add(element.getId()));
        prune(part, ids);
        return part;
    }

    /**
     * Moves the elements of a part into a graph, under new ids where they are taken; see {@link #read}.
     *
     * @param x where the upper left corner of it goes, in canvas pixels
     * @return what was added
     */
    public static List<Element> paste(Graph graph, Graph part, int x, int y) {
        int left = part(part).stream()
                .filter(e -> e.getX() != null)
                .mapToInt(Element::getX)
                .min()
                .orElse(0);
        int top = part(part).stream()
                .filter(e -> e.getY() != null)
                .mapToInt(Element::getY)
                .min()
                .orElse(0);
        var added = part(part);
        var taken = new HashSet<String>();
        part(graph).forEach(element -> taken.add(element.getId()));
        for (Element element : added) {
            String id = element.getId();
            String free = id;
            for (int i = 2; taken.contains(free) || !free.equals(id) && has(part, free); i++) {
                free = id.replaceAll("(?<=[A-Za-z_-])\\d+$", "") + i;
            }
            if (!free.equals(id)) {
                Graphs.rename(part, element, free);
            }
            taken.add(free);
            Edits.place(
                    element,
                    x + (element.getX() == null ? 0 : element.getX() - left),
                    y + (element.getY() == null ? 0 : element.getY() - top));
        }
        added.forEach(element -> add(graph, element));
        return added;
    }

    private static boolean has(Graph graph, String id) {
        return part(graph).stream().anyMatch(element -> id.equals(element.getId()));
    }

    private static List<Element> part(Graph graph) {
        return new ArrayList<>(Graphs.elements(graph));
    }

    /** Takes out links, dots' sources and members that name what is not there. */
    private static void prune(Graph part, Set<String> ids) {
        boolean more = true;
        while (more) { // a dot that goes may leave another without a source
            more = part.getReroutes()
                    .removeIf(dot -> !ids.contains(PortRef.parse(dot.getFrom()).node()) && ids.remove(dot.getId()));
        }
        for (GraphNode node : part.getNodes()) {
            node.getLinks()
                    .removeIf(
                            link -> !ids.contains(PortRef.parse(link.getFrom()).node()));
        }
        part.getFrames().forEach(frame -> frame.getMembers().retainAll(ids));
    }

    static void add(Graph graph, Element element) {
        switch (element) {
            case GraphNode node -> graph.getNodes().add(node);
            case Reroute reroute -> graph.getReroutes().add(reroute);
            case Frame frame -> graph.getFrames().add(frame);
            case Note note -> graph.getNotes().add(note);
            default -> throw new IllegalArgumentException("not an element of a graph: " + element);
        }
    }
}
