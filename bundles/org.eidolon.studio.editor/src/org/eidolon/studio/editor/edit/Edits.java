// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;

/** What people do to a graph, as plain changes of the model; {@link Edit} makes them undoable. */
public final class Edits {
    /** Room that a frame leaves around what it holds, in canvas pixels; the title stands in the upper part. */
    private static final int FRAME_MARGIN = 24;

    private static final int FRAME_TITLE = 34;

    private Edits() {}

    /** Adds a node of a type; its id is the last word of the type's. */
    public static GraphNode addNode(Graph graph, NodeDescriptor type, int x, int y) {
        String word = type.id().substring(type.id().lastIndexOf('.') + 1);
        GraphNode node = Graphs.addNode(graph, Graphs.freeId(graph, word), type.id(), type.version());
        place(node, x, y);
        return node;
    }

    public static Note addNote(Graph graph, String text, int x, int y) {
        Note note = GraphFactory.eINSTANCE.createNote();
        note.setId(Graphs.freeId(graph, "note"));
        note.setText(text);
        place(note, x, y);
        note.setWidth(220);
        note.setHeight(96);
        graph.getNotes().add(note);
        return note;
    }

    /** Puts a frame around elements, whose boxes are given. */
    public static Frame addFrame(Graph graph, String title, Map<Element, int[]> boxes) {
        Frame frame = GraphFactory.eINSTANCE.createFrame();
        frame.setId(Graphs.freeId(graph, "frame"));
        frame.setTitle(title);
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = Integer.MIN_VALUE;
        int bottom = Integer.MIN_VALUE;
        for (Map.Entry<Element, int[]> entry : boxes.entrySet()) {
            int[] box = entry.getValue();
            left = Math.min(left, box[0]);
            top = Math.min(top, box[1]);
            right = Math.max(right, box[0] + box[2]);
            bottom = Math.max(bottom, box[1] + box[3]);
            frame.getMembers().add(entry.getKey().getId());
        }
        place(frame, left - FRAME_MARGIN, top - FRAME_TITLE);
        frame.setWidth(right - left + 2 * FRAME_MARGIN);
        frame.setHeight(bottom - top + FRAME_TITLE + FRAME_MARGIN);
        graph.getFrames().add(frame);
        return frame;
    }

    /** Puts a dot on a link. */
    public static Reroute addReroute(Graph graph, Wire wire, int x, int y) {
        Reroute dot = GraphFactory.eINSTANCE.createReroute();
        dot.setId(Graphs.freeId(graph, "dot"));
        dot.setFrom(wire.from());
        place(dot, x, y);
        graph.getReroutes().add(dot);
        redirect(wire, dot.getId());
        return dot;
    }

    /** Makes a link; one that ends at an input for a single value takes the place of what was there. */
    public static void link(Graph graph, String from, Element target, String port, boolean many) {
        if (target instanceof Reroute dot) {
            dot.setFrom(from);
            return;
        }
        GraphNode node = (GraphNode) target;
        List<Link> there = node.getLinks().stream()
                .filter(link -> port.equals(link.getPort()))
                .toList();
        if (there.stream().anyMatch(link -> from.equals(link.getFrom()))) {
            return;
        }
        if (!many && !there.isEmpty()) {
            there.get(0).setFrom(from);
            node.getLinks().removeAll(there.subList(1, there.size()));
        } else {
            Graphs.addLink(node, port, from);
        }
    }

    public static void unlink(Wire wire) {
        switch (wire) {
            case Wire.ToNode end -> EcoreUtil.remove(end.link());
            case Wire.ToReroute end -> drop(end.reroute());
        }
    }

    /** Removes a dot that nothing feeds any more, and what it fed. */
    private static void drop(Reroute dot) {
        if (dot.eContainer() instanceof Graph graph) {
            new LinkIndex(graph).from(dot.getId()).forEach(Edits::unlink);
            delete(graph, List.of(dot));
        }
    }

    static void redirect(Wire wire, String from) {
        switch (wire) {
            case Wire.ToNode end -> end.link().setFrom(from);
            case Wire.ToReroute end -> end.reroute().setFrom(from);
        }
    }

    /** Removes elements and whatever names them; what a removed reroute fed is linked to what fed the reroute. */
    public static void delete(Graph graph, Collection<? extends Element> elements) {
        for (Element element : elements) {
            if (element instanceof Reroute dot) {
                new LinkIndex(graph).from(dot.getId()).forEach(wire -> redirect(wire, dot.getFrom()));
            }
            forget(graph, element.getId());
            EcoreUtil.remove(element);
        }
    }

    /** Takes away whatever names an element. */
    static void forget(Graph graph, String id) {
        for (Link link : Graphs.links(graph)) {
            if (starts(link.getFrom(), id)) {
                EcoreUtil.remove(link);
            }
        }
        for (Reroute reroute : List.copyOf(graph.getReroutes())) {
            if (starts(reroute.getFrom(), id)) {
                drop(reroute);
            }
        }
        for (var input : List.copyOf(graph.getInputs())) {
            boolean named = input.getTo().removeIf(to -> starts(to, id));
            if (named && input.getTo().isEmpty()) {
                graph.getInputs().remove(input);
            }
        }
        graph.getOutputs().removeIf(output -> starts(output.getFrom(), id));
        graph.getFrames().forEach(frame -> frame.getMembers().remove(id));
    }

    private static boolean starts(String ref, String id) {
        return ref != null && PortRef.parse(ref).node().equals(id);
    }

    /** Moves elements and what their frames hold. */
    public static void move(Graph graph, Collection<? extends Element> elements, int dx, int dy) {
        for (Element element : withMembers(graph, elements)) {
            if (element.getX() != null && element.getY() != null) {
                place(element, element.getX() + dx, element.getY() + dy);
            }
        }
    }

    /** The elements and, of frames, all that moves along. */
    public static Set<Element> withMembers(Graph graph, Collection<? extends Element> elements) {
        Set<Element> all = new HashSet<>(elements);
        var open = new ArrayList<Element>(elements);
        while (!open.isEmpty()) {
            if (open.removeLast() instanceof Frame frame) {
                Graphs.elements(graph).stream()
                        .filter(element -> frame.getMembers().contains(element.getId()) && all.add(element))
                        .forEach(open::add);
            }
        }
        return all;
    }

    public static void place(Element element, int x, int y) {
        element.setX(x);
        element.setY(y);
    }

    /** Puts an element into a box; only frames take its size. */
    public static void put(Element element, Rectangle box) {
        place(element, box.x, box.y);
        if (element instanceof Frame) {
            element.setWidth(box.width);
            element.setHeight(box.height);
        }
    }

    /** Sets a parameter as the file holds it; null, or the type's own default, takes it out of the file. */
    public static void setParameter(GraphNode node, Parameter parameter, Object value) {
        Object json = parameter.toJson(value);
        if (json == null || json.equals(parameter.toJson(parameter.defaultValue()))) {
            node.getParameters().removeKey(parameter.name());
        } else {
            JsonElement element =
                    switch (json) {
                        case Boolean b -> new JsonPrimitive(b);
                        case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> new JsonPrimitive(d.longValue());
                        case Number n -> new JsonPrimitive(n);
                        default -> new JsonPrimitive(json.toString());
                    };
            if (!element.equals(node.getParameters().get(parameter.name()))) {
                node.getParameters().put(parameter.name(), element);
            }
        }
    }

    /** An id that people may have meant: letters, digits, '_' and '-', a letter first. */
    public static String idOf(String words) {
        String id = words.strip().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z]+|-+$", "");
        return id.isEmpty() ? "node" : id.substring(0, Math.min(64, id.length()));
    }

    /** Such as "Texture" for the id "texture": what a node without a label and of no installed type is called. */
    public static String title(String id) {
        return id.isEmpty() ? id : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }
}
