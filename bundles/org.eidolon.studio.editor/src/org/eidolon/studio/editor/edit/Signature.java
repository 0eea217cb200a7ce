// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.graph.GraphIndex;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;

/** What a node takes, lets set and gives: as its type declares it, or as the graph does that it stands for. */
public record Signature(
        String id,
        String name,
        String category,
        String doc,
        List<NodeDescriptor.Input> inputs,
        List<Parameter> parameters,
        List<NodeDescriptor.Output> outputs) {

    static Signature of(NodeDescriptor type) {
        return new Signature(
                type.id(), type.name(), type.category(), type.doc(), type.inputs(), type.parameters(), type.outputs());
    }

    /**
     * What a graph declares. A declared input takes the type of the first port that it leads to; one that leads to a
     * parameter is a parameter, whose default is the value that the graph holds.
     *
     * @param name for people, where the graph has no title
     * @param nodes the signatures of the graph's own nodes
     */
    static Signature of(Graph graph, String id, String name, Function<GraphNode, Optional<Signature>> nodes) {
        var index = new GraphIndex(graph);
        var inputs = new ArrayList<NodeDescriptor.Input>();
        var parameters = new ArrayList<Parameter>();
        for (GraphInput declared : graph.getInputs()) {
            Optional<Parameter> parameter = parameter(declared, index, nodes);
            if (parameter.isPresent()) {
                parameters.add(parameter.get());
            } else {
                inputs.add(input(declared, index, nodes));
            }
        }
        var outputs = new ArrayList<NodeDescriptor.Output>();
        graph.getOutputs().forEach(declared -> outputs.add(output(declared, index, nodes)));
        String title = graph.getTitle() == null || graph.getTitle().isBlank() ? name : graph.getTitle();
        String doc = graph.getDescription() == null ? "" : graph.getDescription();
        return new Signature(id, title, "", doc, List.copyOf(inputs), List.copyOf(parameters), List.copyOf(outputs));
    }

    /** The parameter that a declared input sets, under the input's name; empty where it sets none. */
    private static Optional<Parameter> parameter(
            GraphInput declared, GraphIndex index, Function<GraphNode, Optional<Signature>> nodes) {
        for (String to : declared.getTo()) {
            PortRef end = PortRef.parse(to);
            GraphNode node = index.node(end.node());
            Optional<Parameter> found =
                    node == null ? Optional.empty() : nodes.apply(node).flatMap(type -> type.parameter(end.port()));
            if (found.isPresent()) {
                Parameter p = found.get();
                return Optional.of(new Parameter(
                        declared.getName(),
                        p.type(),
                        value(node, p),
                        p.min(),
                        p.max(),
                        p.step(),
                        p.auto(),
                        p.choices(),
                        p.unit(),
                        declared.getDescription() == null ? p.doc() : declared.getDescription(),
                        p.widget(),
                        p.accepts(),
                        p.required(),
                        null)); // what decides may have another name here, or none
            }
        }
        return Optional.empty();
    }

    /** The value that a node has for a parameter: the file's, else the type's own. */
    private static Object value(GraphNode node, Parameter parameter) {
        JsonElement stored = node.getParameters().get(parameter.name());
        try {
            return stored == null ? parameter.defaultValue() : parameter.parse(Values.raw(stored));
        } catch (IllegalArgumentException e) {
            return parameter.defaultValue(); // the check of the graph says what is wrong with it
        }
    }

    private static NodeDescriptor.Input input(
            GraphInput declared, GraphIndex index, Function<GraphNode, Optional<Signature>> nodes) {
        Class<?> type = null;
        boolean many = !declared.getTo().isEmpty();
        boolean optional = true;
        String doc = declared.getDescription() == null ? "" : declared.getDescription();
        for (String to : declared.getTo()) {
            PortRef end = PortRef.parse(to);
            GraphNode node = index.node(end.node());
            NodeDescriptor.Input inner = node == null
                    ? null
                    : nodes.apply(node).flatMap(s -> s.input(end.port())).orElse(null);
            type = type != null || inner == null ? type : inner.type();
            many &= inner == null || inner.many();
            boolean fed = node != null
                    && node.getLinks().stream().anyMatch(link -> end.port().equals(link.getPort()));
            optional &= fed || inner != null && inner.optional();
            doc = doc.isEmpty() && inner != null ? inner.doc() : doc;
        }
        return new NodeDescriptor.Input(declared.getName(), type, many, optional, doc);
    }

    private static NodeDescriptor.Output output(
            GraphOutput declared, GraphIndex index, Function<GraphNode, Optional<Signature>> nodes) {
        PortRef from = index.source(declared.getFrom());
        NodeDescriptor.Output inner = from == null
                ? null
                : nodes.apply(index.node(from.node()))
                        .flatMap(s -> s.output(from.port()))
                        .orElse(null);
        String own = declared.getDescription();
        return new NodeDescriptor.Output(
                declared.getName(),
                inner == null ? null : inner.type(),
                own != null ? own : inner == null ? "" : inner.doc());
    }

    public Optional<NodeDescriptor.Input> input(String port) {
        return inputs.stream().filter(input -> input.name().equals(port)).findFirst();
    }

    public Optional<Parameter> parameter(String port) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(port))
                .findFirst();
    }

    public Optional<NodeDescriptor.Output> output(String port) {
        return outputs.stream().filter(output -> output.name().equals(port)).findFirst();
    }
}
