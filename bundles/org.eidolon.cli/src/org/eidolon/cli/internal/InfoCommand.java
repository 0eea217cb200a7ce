// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import com.google.gson.JsonElement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eidolon.api.Json;
import org.eidolon.api.Parameter;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon info}. */
@Command(name = "info", description = "Shows what a graph takes, does and gives.", sortOptions = false)
final class InfoCommand extends OwnCommand {
    @Parameters(paramLabel = "GRAPH", description = "a graph file, a pack, or a GLB that carries its graph")
    private String file;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() {
        GraphArgument argument = GraphArgument.load(session, file);
        if (json) {
            session.out().println(Json.write(tree(argument.graph())));
        } else {
            print(argument);
        }
        return ExitCode.DONE;
    }

    private void print(GraphArgument argument) {
        PrintStream out = session.out();
        Graph graph = argument.graph();
        NodeTypes types = session.engines().types();
        out.println(graph.getTitle() == null ? argument.name() : graph.getTitle());
        if (graph.getDescription() != null) {
            graph.getDescription().lines().forEach(line -> out.println("  " + line));
        }
        if (argument.seed() != null || argument.quality() != null) {
            out.println("  Made with seed " + argument.seed() + ", quality " + argument.quality());
        }
        if (!graph.getInputs().isEmpty()) {
            out.println("\nInputs (--input NAME=VALUE)");
        }
        for (GraphInput input : graph.getInputs()) {
            out.printf("  %-18s %s%s%n", input.getName(), String.join(", ", input.getTo()), now(graph, types, input));
        }
        if (!graph.getOutputs().isEmpty()) {
            out.println("\nOutputs");
        }
        graph.getOutputs().forEach(output -> out.printf("  %-18s %s%n", output.getName(), output.getFrom()));
        out.println("\nNodes (--set NODE.PARAM=VALUE)");
        for (GraphNode node : graph.getNodes()) {
            boolean known = types.find(node.getType()).isPresent() || Graphs.SUBGRAPH_TYPE.equals(node.getType());
            out.printf("  %-18s %s%s%s%n", node.getId(), type(node), state(node), known ? "" : "  (not installed)");
            node.getLinks().forEach(link -> out.printf("      %-14s ← %s%n", link.getPort(), link.getFrom()));
            node.getParameters()
                    .forEach(value -> out.printf(
                            "      %-14s = %s%n",
                            value.getKey(),
                            shown(
                                    types.find(node.getType())
                                            .flatMap(found -> found.type().parameter(value.getKey())),
                                    value.getValue())));
        }
        List<Problem> faults = GraphPaths.check(graph, argument.folder());
        if (!graph.getFiles().isEmpty()) {
            out.println("\nFiles");
        }
        graph.getFiles()
                .forEach(entry -> out.printf(
                        "  %s  %s%n",
                        entry.getKey(),
                        faults.stream()
                                .filter(fault -> fault.where().equals("files." + entry.getKey()))
                                .map(Problem::message)
                                .findFirst()
                                .orElse("as recorded")));
    }

    private static String now(Graph graph, NodeTypes types, GraphInput input) {
        PortRef ref = PortRef.parse(input.getTo().isEmpty() ? "" : input.getTo().get(0));
        GraphNode node = Graphs.node(graph, ref.node());
        var type = node == null
                ? null
                : types.find(node.getType()).map(NodeTypes.Registered::type).orElse(null);
        var parameter = type == null ? null : type.parameter(ref.port()).orElse(null);
        if (parameter == null) {
            return "";
        }
        var value = node.getParameters().get(ref.port());
        return " (" + parameter.typeName() + ", now " + shown(Optional.of(parameter), value) + ")";
    }

    /** A value as people read it: that it is auto, and by what, where the file has a number for that. */
    private static String shown(Optional<Parameter> declared, JsonElement stored) {
        if (declared.isEmpty()) {
            return String.valueOf(stored);
        }
        Parameter parameter = declared.get();
        try {
            Object value = stored == null ? parameter.defaultValue() : parameter.parse(Json.parse(stored.toString()));
            return value == null && parameter.mayBeAuto()
                    ? Parameter.AUTO + " (" + parameter.auto() + ")"
                    : stored == null ? Json.write(parameter.toJson(value)) : stored.toString();
        } catch (IllegalArgumentException e) {
            return stored.toString(); // 'eidolon validate' says what is wrong with it
        }
    }

    private static String type(GraphNode node) {
        return node.getType() + (node.getVersion() > 0 ? "@" + node.getVersion() : "");
    }

    private static String state(GraphNode node) {
        return node.isMuted() ? "  (muted)" : node.isBypassed() ? "  (bypassed)" : "";
    }

    private static Map<String, Object> tree(Graph graph) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("title", graph.getTitle());
        tree.put("description", graph.getDescription());
        var inputs = new LinkedHashMap<String, Object>();
        graph.getInputs().forEach(input -> inputs.put(input.getName(), List.copyOf(input.getTo())));
        tree.put("inputs", inputs);
        var outputs = new LinkedHashMap<String, Object>();
        graph.getOutputs().forEach(output -> outputs.put(output.getName(), output.getFrom()));
        tree.put("outputs", outputs);
        var nodes = new ArrayList<Object>();
        for (GraphNode node : graph.getNodes()) {
            var parameters = new LinkedHashMap<String, Object>();
            node.getParameters()
                    .forEach(entry -> parameters.put(
                            entry.getKey(), Json.parse(entry.getValue().toString())));
            var links = new ArrayList<Object>();
            node.getLinks().forEach(link -> links.add(Fields.of("port", link.getPort(), "from", link.getFrom())));
            nodes.add(Fields.of(
                    "id",
                    node.getId(),
                    "type",
                    String.valueOf(type(node)),
                    "links",
                    links,
                    "parameters",
                    parameters,
                    "muted",
                    node.isMuted(),
                    "bypassed",
                    node.isBypassed()));
        }
        tree.put("nodes", nodes);
        return tree;
    }
}
