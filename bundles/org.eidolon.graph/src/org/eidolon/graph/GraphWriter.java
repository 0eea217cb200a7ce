// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.emf.common.util.EMap;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.Link;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;

/** Turns a graph into its canonical text. */
public final class GraphWriter {
    /** Arrays of the lines of a text: always a line for each. */
    private final Set<JsonElement> tall = Collections.newSetFromMap(new IdentityHashMap<>());

    private GraphWriter() {}

    /**
     * The canonical text: what {@link GraphReader} makes of it is equal to the graph.
     *
     * @throws IllegalArgumentException if two elements have one id or an unknown field has the name of a known one
     */
    public static String write(Graph graph) {
        var writer = new GraphWriter();
        return JsonOut.write(writer.graph(graph), writer.tall);
    }

    /** The graph as a JSON tree, to be put into other files (a GLB's extras, say). */
    public static JsonObject json(Graph graph) {
        return new GraphWriter().graph(graph);
    }

    private JsonObject graph(Graph graph) {
        var json = new JsonObject();
        put(json, "eidolon", new JsonPrimitive(graph.getSchema()));
        text(json, "title", graph.getTitle());
        lines(json, "description", graph.getDescription());
        section(json, "inputs", graph.getInputs(), GraphInput::getName, this::input);
        section(json, "outputs", graph.getOutputs(), GraphOutput::getName, this::output);
        put(json, "nodes", new JsonObject());
        for (GraphNode node : graph.getNodes()) {
            put(json.getAsJsonObject("nodes"), node.getId(), node(node));
        }
        section(json, "reroutes", graph.getReroutes(), Reroute::getId, this::reroute);
        section(json, "frames", graph.getFrames(), Frame::getId, this::frame);
        section(json, "notes", graph.getNotes(), Note::getId, this::note);
        if (!graph.getFiles().isEmpty()) {
            var files = new JsonObject();
            graph.getFiles().forEach(file -> put(files, file.getKey(), new JsonPrimitive(file.getValue())));
            put(json, "files", files);
        }
        unknown(json, graph.getUnknown());
        JsonObject view = view(graph);
        if (!view.isEmpty()) {
            put(json, "view", view);
        }
        return json;
    }

    private JsonElement input(GraphInput input) {
        JsonElement to = oneOrMore(input.getTo());
        if (input.getLabel() == null
                && input.getDescription() == null
                && input.getUnknown().isEmpty()) {
            return to;
        }
        var json = new JsonObject();
        put(json, "to", to);
        text(json, "label", input.getLabel());
        lines(json, "description", input.getDescription());
        unknown(json, input.getUnknown());
        return json;
    }

    private JsonElement output(GraphOutput output) {
        boolean plain = output.getLabel() == null && output.getDescription() == null;
        if (plain && output.getUnknown().isEmpty() && output.getFrom() != null) {
            return new JsonPrimitive(output.getFrom());
        }
        var json = new JsonObject();
        text(json, "from", output.getFrom());
        text(json, "label", output.getLabel());
        lines(json, "description", output.getDescription());
        unknown(json, output.getUnknown());
        return json;
    }

    private static JsonElement node(GraphNode node) {
        var json = new JsonObject();
        if (node.getType() != null) {
            String version = node.getVersion() > 0 ? "@" + node.getVersion() : "";
            put(json, "type", new JsonPrimitive(node.getType() + version));
        }
        text(json, "label", node.getLabel());
        flag(json, "muted", node.isMuted());
        flag(json, "bypassed", node.isBypassed());
        flag(json, "collapsed", node.isCollapsed());
        if (!node.getLinks().isEmpty()) {
            put(json, "in", links(node));
        }
        if (!node.getParameters().isEmpty()) {
            var parameters = new JsonObject();
            node.getParameters().forEach(entry -> put(parameters, entry.getKey(), entry.getValue()));
            put(json, "params", parameters);
        }
        unknown(json, node.getUnknown());
        return json;
    }

    private static JsonObject links(GraphNode node) {
        var json = new JsonObject();
        for (Link link : node.getLinks()) {
            JsonElement from = new JsonPrimitive(link.getFrom());
            JsonElement before = json.get(link.getPort());
            if (before == null) {
                json.add(link.getPort(), from);
            } else if (before instanceof JsonArray several) {
                several.add(from);
            } else {
                var several = new JsonArray();
                several.add(before);
                several.add(from);
                json.add(link.getPort(), several);
            }
        }
        return json;
    }

    private JsonElement reroute(Reroute reroute) {
        if (reroute.getUnknown().isEmpty() && reroute.getFrom() != null) {
            return new JsonPrimitive(reroute.getFrom());
        }
        var json = new JsonObject();
        text(json, "from", reroute.getFrom());
        unknown(json, reroute.getUnknown());
        return json;
    }

    private JsonElement frame(Frame frame) {
        var json = new JsonObject();
        text(json, "title", frame.getTitle());
        text(json, "color", frame.getColor());
        if (!frame.getMembers().isEmpty()) {
            var members = new JsonArray();
            frame.getMembers().forEach(members::add);
            put(json, "nodes", members);
        }
        unknown(json, frame.getUnknown());
        return json;
    }

    private JsonElement note(Note note) {
        if (note.getColor() == null && note.getUnknown().isEmpty() && note.getText() != null) {
            return lines(note.getText());
        }
        var json = new JsonObject();
        lines(json, "text", note.getText());
        text(json, "color", note.getColor());
        unknown(json, note.getUnknown());
        return json;
    }

    private static JsonObject view(Graph graph) {
        var view = new JsonObject();
        for (Element element : Graphs.elements(graph)) {
            if (element.getX() == null || element.getY() == null) {
                continue;
            }
            var box = new JsonArray();
            box.add(element.getX());
            box.add(element.getY());
            if (element.getWidth() != null && element.getHeight() != null) {
                box.add(element.getWidth());
                box.add(element.getHeight());
            }
            put(view, element.getId(), box);
        }
        for (Map.Entry<String, JsonElement> entry : graph.getUnknownView()) {
            if (!view.has(entry.getKey())) {
                view.add(entry.getKey(), entry.getValue());
            }
        }
        return view;
    }

    private static <T> void section(
            JsonObject json, String name, List<T> elements, Function<T, String> key, Function<T, JsonElement> value) {
        if (!elements.isEmpty()) {
            var section = new JsonObject();
            elements.forEach(element -> put(section, key.apply(element), value.apply(element)));
            put(json, name, section);
        }
    }

    private static JsonElement oneOrMore(List<String> values) {
        if (values.size() == 1) {
            return new JsonPrimitive(values.get(0));
        }
        var array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static void text(JsonObject json, String name, String value) {
        if (value != null) {
            put(json, name, new JsonPrimitive(value));
        }
    }

    private void lines(JsonObject json, String name, String value) {
        if (value != null) {
            put(json, name, lines(value));
        }
    }

    /** Text of several lines is an array of lines, so that a diff shows the line that changed. */
    private JsonElement lines(String text) {
        JsonElement lines = oneOrMore(List.of(text.split("\n", -1)));
        tall.add(lines);
        return lines;
    }

    private static void flag(JsonObject json, String name, boolean value) {
        if (value) {
            put(json, name, new JsonPrimitive(true));
        }
    }

    private static void unknown(JsonObject json, EMap<String, JsonElement> fields) {
        fields.forEach(field -> put(json, field.getKey(), field.getValue()));
    }

    private static void put(JsonObject json, String name, JsonElement value) {
        if (name == null || json.has(name)) {
            throw new IllegalArgumentException("'" + name + "' would be written twice");
        }
        json.add(name, value);
    }
}
