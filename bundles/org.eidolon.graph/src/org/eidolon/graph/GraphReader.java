// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.emf.common.util.EMap;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphFactory;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;

/**
 * Makes a graph of a text. What it does not know it keeps; what is known but has the wrong shape is an error with its
 * place. Whether the graph makes sense is {@link GraphValidator}'s question.
 */
public final class GraphReader {
    private static final GraphFactory MAKE = GraphFactory.eINSTANCE;

    private final List<Problem> problems = new ArrayList<>();
    private final Locations locations = new Locations();
    private final JsonText source;

    private GraphReader(JsonText source) {
        this.source = source;
    }

    public static Graph read(String text) throws GraphFormatException {
        return read(text, GraphLimits.DEFAULT);
    }

    /** @throws GraphFormatException with every problem found, in the order of the text */
    public static Graph read(String text, GraphLimits limits) throws GraphFormatException {
        var source = new JsonText(text, limits);
        var reader = new GraphReader(source);
        JsonElement root = source.parse();
        if (!(root instanceof JsonObject object)) {
            throw new GraphFormatException(List.of(Problem.error(
                    "",
                    new Place(1, 1),
                    "this is not a graph: a graph file is one JSON object",
                    "Is it the right file?")));
        }
        Graph graph = reader.graph(object, limits);
        if (!reader.problems.isEmpty()) {
            throw new GraphFormatException(reader.problems);
        }
        graph.eAdapters().add(reader.locations);
        return graph;
    }

    private Graph graph(JsonObject json, GraphLimits limits) throws GraphFormatException {
        JsonObject root = SchemaMigrations.upgrade(json, source.placeOf(json.get("eidolon")));
        Graph graph = MAKE.createGraph();
        graph.setSchema(Graphs.SCHEMA);
        int elements = 0;
        JsonObject view = null;
        for (Map.Entry<String, JsonElement> field : root.entrySet()) {
            String name = field.getKey();
            JsonElement value = field.getValue();
            locations.put(name, source.placeOf(value));
            switch (name) {
                case "eidolon" -> {}
                case "title" -> text(name, value, graph::setTitle);
                case "description" -> lines(name, value, graph::setDescription);
                case "inputs" -> each(name, value, (id, v) -> graph.getInputs().add(input(id, v)));
                case "outputs" ->
                    each(name, value, (id, v) -> graph.getOutputs().add(output(id, v)));
                case "nodes" -> each(name, value, (id, v) -> graph.getNodes().add(node(id, v)));
                case "reroutes" ->
                    each(name, value, (id, v) -> graph.getReroutes().add(reroute(id, v)));
                case "frames" -> each(name, value, (id, v) -> graph.getFrames().add(frame(id, v)));
                case "notes" -> each(name, value, (id, v) -> graph.getNotes().add(note(id, v)));
                case "files" ->
                    each(
                            name,
                            value,
                            (path, v) -> text(
                                    "files." + path, v, hash -> graph.getFiles().put(path, hash)));
                case "view" -> view = object(name, value);
                default -> graph.getUnknown().put(name, value);
            }
            if (value instanceof JsonObject section
                    && List.of("nodes", "reroutes", "frames", "notes").contains(name)) {
                elements += section.size();
            }
            if (elements > limits.elements()) {
                throw new GraphFormatException(List.of(Problem.error(
                        name,
                        source.placeOf(value),
                        "the graph has more than " + limits.elements() + " elements",
                        "Split it into subgraphs")));
            }
        }
        if (view != null) {
            view(graph, view);
        }
        return graph;
    }

    private GraphInput input(String name, JsonElement value) {
        String where = "inputs." + name;
        GraphInput input = MAKE.createGraphInput();
        input.setName(name);
        if (value instanceof JsonObject json) {
            fields(
                    json,
                    where,
                    input.getUnknown(),
                    Map.of(
                            "to", (p, v) -> texts(p, v, input.getTo()::add),
                            "label", (p, v) -> text(p, v, input::setLabel),
                            "description", (p, v) -> lines(p, v, input::setDescription)));
        } else {
            texts(where, value, input.getTo()::add);
        }
        return input;
    }

    private GraphOutput output(String name, JsonElement value) {
        String where = "outputs." + name;
        GraphOutput output = MAKE.createGraphOutput();
        output.setName(name);
        if (value instanceof JsonObject json) {
            fields(
                    json,
                    where,
                    output.getUnknown(),
                    Map.of(
                            "from", (p, v) -> text(p, v, output::setFrom),
                            "label", (p, v) -> text(p, v, output::setLabel),
                            "description", (p, v) -> lines(p, v, output::setDescription)));
        } else {
            text(where, value, output::setFrom);
        }
        return output;
    }

    private GraphNode node(String id, JsonElement value) {
        String where = "nodes." + id;
        GraphNode node = MAKE.createGraphNode();
        node.setId(id);
        fields(
                object(where, value),
                where,
                node.getUnknown(),
                Map.of(
                        "type", (p, v) -> text(p, v, type -> type(node, type)),
                        "label", (p, v) -> text(p, v, node::setLabel),
                        "muted", (p, v) -> flag(p, v, node::setMuted),
                        "bypassed", (p, v) -> flag(p, v, node::setBypassed),
                        "collapsed", (p, v) -> flag(p, v, node::setCollapsed),
                        "in",
                                (p, v) -> each(
                                        p,
                                        v,
                                        (port, from) -> texts(
                                                p + "." + port, from, start -> Graphs.addLink(node, port, start))),
                        "params",
                                (p, v) -> each(
                                        p,
                                        v,
                                        (name, json) -> node.getParameters().put(name, json))));
        return node;
    }

    /** Splits {@code identity.encode@1}; what does not end in a plain number is a type without a version. */
    private static void type(GraphNode node, String type) {
        int at = type.lastIndexOf('@');
        String version = type.substring(at + 1);
        if (at > 0 && version.matches("[1-9][0-9]{0,8}")) {
            node.setType(type.substring(0, at));
            node.setVersion(Integer.parseInt(version));
        } else {
            node.setType(type);
        }
    }

    private Reroute reroute(String id, JsonElement value) {
        String where = "reroutes." + id;
        Reroute reroute = MAKE.createReroute();
        reroute.setId(id);
        if (value instanceof JsonObject json) {
            fields(json, where, reroute.getUnknown(), Map.of("from", (p, v) -> text(p, v, reroute::setFrom)));
        } else {
            text(where, value, reroute::setFrom);
        }
        return reroute;
    }

    private Frame frame(String id, JsonElement value) {
        String where = "frames." + id;
        Frame frame = MAKE.createFrame();
        frame.setId(id);
        fields(
                object(where, value),
                where,
                frame.getUnknown(),
                Map.of(
                        "title", (p, v) -> text(p, v, frame::setTitle),
                        "color", (p, v) -> text(p, v, frame::setColor),
                        "nodes", (p, v) -> texts(p, v, frame.getMembers()::add)));
        return frame;
    }

    private Note note(String id, JsonElement value) {
        String where = "notes." + id;
        Note note = MAKE.createNote();
        note.setId(id);
        if (value instanceof JsonObject json) {
            fields(
                    json,
                    where,
                    note.getUnknown(),
                    Map.of(
                            "text", (p, v) -> lines(p, v, note::setText),
                            "color", (p, v) -> text(p, v, note::setColor)));
        } else {
            lines(where, value, note::setText);
        }
        return note;
    }

    private void view(Graph graph, JsonObject view) {
        var byId = new HashMap<String, Element>();
        Graphs.elements(graph).forEach(element -> byId.putIfAbsent(element.getId(), element));
        view.entrySet().forEach(entry -> {
            Element element = byId.get(entry.getKey());
            int[] box = element == null ? null : integers(entry.getValue());
            if (box == null) {
                graph.getUnknownView().put(entry.getKey(), entry.getValue());
                return;
            }
            element.setX(box[0]);
            element.setY(box[1]);
            if (box.length == 4) {
                element.setWidth(box[2]);
                element.setHeight(box[3]);
            }
        });
    }

    /** Two or four integers, else null. */
    private static int[] integers(JsonElement value) {
        if (!(value instanceof JsonArray array) || array.size() != 2 && array.size() != 4) {
            return null;
        }
        var box = new int[array.size()];
        for (int i = 0; i < box.length; i++) {
            if (!(array.get(i) instanceof JsonPrimitive p
                    && p.isNumber()
                    && p.getAsString().matches("-?[0-9]{1,9}"))) {
                return null;
            }
            box[i] = p.getAsInt();
        }
        return box;
    }

    private void fields(
            JsonObject json,
            String where,
            EMap<String, JsonElement> unknown,
            Map<String, BiConsumer<String, JsonElement>> known) {
        json.entrySet().forEach(field -> {
            BiConsumer<String, JsonElement> setter = known.get(field.getKey());
            String path = where + "." + field.getKey();
            locations.put(path, source.placeOf(field.getValue()));
            if (setter == null) {
                unknown.put(field.getKey(), field.getValue());
            } else {
                setter.accept(path, field.getValue());
            }
        });
    }

    private void each(String where, JsonElement value, BiConsumer<String, JsonElement> add) {
        object(where, value).entrySet().forEach(entry -> {
            locations.put(where + "." + entry.getKey(), source.placeOf(entry.getValue()));
            add.accept(entry.getKey(), entry.getValue());
        });
    }

    private JsonObject object(String where, JsonElement value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        wrong(where, value, "an object { … }");
        return new JsonObject();
    }

    private void text(String where, JsonElement value, Consumer<String> set) {
        if (value instanceof JsonPrimitive p && p.isString()) {
            set.accept(p.getAsString());
        } else {
            wrong(where, value, "text in double quotes");
        }
    }

    private void texts(String where, JsonElement value, Consumer<String> add) {
        if (value instanceof JsonArray array) {
            array.forEach(element -> text(where, element, add));
        } else {
            text(where, value, add);
        }
    }

    private void lines(String where, JsonElement value, Consumer<String> set) {
        var lines = new ArrayList<String>();
        texts(where, value, lines::add);
        set.accept(String.join("\n", lines));
    }

    private void flag(String where, JsonElement value, Consumer<Boolean> set) {
        if (value instanceof JsonPrimitive p && p.isBoolean()) {
            set.accept(p.getAsBoolean());
        } else {
            wrong(where, value, "true or false");
        }
    }

    private void wrong(String where, JsonElement value, String expected) {
        String found = value.isJsonObject() ? "an object" : value.isJsonArray() ? "an array" : value.toString();
        problems.add(Problem.error(
                where,
                source.placeOf(value),
                "expected " + expected + ", found " + shorten(found),
                "Write it so, or remove the field"));
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "…";
    }
}
