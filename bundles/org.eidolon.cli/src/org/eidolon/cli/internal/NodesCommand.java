// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Json;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon nodes}. */
@Command(name = "nodes", description = "Lists the node types that are installed.", sortOptions = false)
final class NodesCommand extends OwnCommand {
    @Parameters(paramLabel = "TYPE", arity = "0..*", description = "only these types, in full")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--markdown", description = "the node reference as Markdown")
    private boolean markdown;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() {
        NodeTypes types = session.engines().types();
        var chosen = new ArrayList<NodeDescriptor>(ids.isEmpty() ? types.all() : List.of());
        List<String> known = types.all().stream().map(NodeDescriptor::id).toList();
        for (String id : ids) {
            chosen.add(types.find(id.replaceAll("@.*", ""))
                    .orElseThrow(() -> CommandException.arguments(
                            "eidolon nodes",
                            "there is no node type '" + id + "'",
                            Nearest.advice(id, known, "'eidolon nodes' lists them")))
                    .type());
        }
        if (json) {
            session.out()
                    .println(Json.write(
                            chosen.stream().map(type -> tree(type, types)).toList()));
        } else if (markdown || !ids.isEmpty()) {
            session.out().print(new NodeReference(types).markdown(chosen, ids.isEmpty()));
        } else {
            list(chosen);
        }
        return ExitCode.DONE;
    }

    private void list(List<NodeDescriptor> all) {
        var categories = new TreeMap<String, List<NodeDescriptor>>();
        all.forEach(type -> categories
                .computeIfAbsent(type.category(), c -> new ArrayList<>())
                .add(type));
        categories.forEach((category, types) -> {
            session.out().println(category);
            types.forEach(type -> session.out().printf("  %-26s %s%n", type.reference(), type.doc()));
        });
        if (all.isEmpty()) {
            session.messages().warning("", "no node types are installed", "");
        }
    }

    private static Map<String, Object> tree(NodeDescriptor type, NodeTypes types) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", type.id());
        json.put("version", type.version());
        json.put("name", type.name());
        json.put("category", type.category());
        json.put("doc", type.doc());
        json.put(
                "inputs",
                type.inputs().stream()
                        .map(input -> Fields.of(
                                "name",
                                input.name(),
                                "type",
                                types.valueType(input.type()).id(),
                                "many",
                                input.many(),
                                "optional",
                                input.optional()))
                        .toList());
        json.put(
                "outputs",
                type.outputs().stream()
                        .map(output -> Fields.of(
                                "name",
                                output.name(),
                                "type",
                                types.valueType(output.type()).id()))
                        .toList());
        json.put(
                "parameters", type.parameters().stream().map(NodesCommand::tree).toList());
        return json;
    }

    private static Map<String, Object> tree(Parameter parameter) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", parameter.name());
        json.put("type", parameter.typeName());
        json.put("default", parameter.toJson(parameter.defaultValue()));
        if (parameter.min() > Double.NEGATIVE_INFINITY) {
            json.put("min", parameter.min());
        }
        if (parameter.max() < Double.POSITIVE_INFINITY) {
            json.put("max", parameter.max());
        }
        if (parameter.mayBeAuto()) {
            json.put("auto", parameter.auto());
        }
        if (parameter.when() != null) {
            json.put(
                    "when",
                    Fields.of(
                            "parameter",
                            parameter.when().parameter(),
                            "values",
                            parameter.when().values()));
        }
        if (!parameter.choices().isEmpty()) {
            json.put("choices", parameter.choices());
        }
        json.put("unit", parameter.unit());
        json.put("doc", parameter.doc());
        return json;
    }
}
