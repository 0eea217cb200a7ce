// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.engine.NodeTypes;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Nearest;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;

/**
 * The user's own values: of --params, then --input, then --set, the later ones winning.
 *
 * @param settings by {@code node.parameter}
 * @param inputs by the name of a declared input
 */
record Settings(Map<String, Object> settings, Map<String, Object> inputs) {
    static Settings read(Session session, String paramsFile, List<String> inputOptions, List<String> setOptions) {
        var read = new Settings(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (paramsFile != null) {
            read.readFile(paramsFile, GraphArgument.path(session, "--params", paramsFile));
        }
        inputOptions.forEach(option -> put("--input", "name", option, read.inputs));
        setOptions.forEach(option -> put("--set", "node.parameter", option, read.settings));
        return read;
    }

    /** With one more value for a declared input; the user's own settings of what it leads to still win. */
    Settings with(String input, Object value) {
        var more = new LinkedHashMap<>(inputs);
        more.put(input, value);
        return new Settings(settings, more);
    }

    /** With another value of a parameter. */
    Settings withSetting(String parameter, Object value) {
        var more = new LinkedHashMap<>(settings);
        more.put(parameter, value);
        return new Settings(more, inputs);
    }

    private static void put(String option, String name, String given, Map<String, Object> to) {
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw CommandException.arguments(
                    option,
                    "'" + given + "' has no " + (equals == 0 ? "name" : "'='"),
                    "Write " + option + " " + name + "=value");
        }
        to.put(given.substring(0, equals).strip(), given.substring(equals + 1));
    }

    private void readFile(String given, Path file) {
        Map<String, Object> json;
        try {
            json = Json.parseObject(Files.readString(file));
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--params " + given,
                    Files.exists(file) ? "the file cannot be read: " + e.getMessage() : "there is no such file",
                    "");
        } catch (IllegalArgumentException e) {
            throw CommandException.arguments("--params " + given, "not JSON: " + e.getMessage(), example());
        }
        json.forEach((section, value) -> {
            if (!(value instanceof Map<?, ?> values) || !section.equals("set") && !section.equals("inputs")) {
                throw CommandException.arguments("--params " + given, "unexpected '" + section + "'", example());
            }
            values.forEach((name, v) -> (section.equals("set") ? settings : inputs).put(name.toString(), v));
        });
    }

    private static String example() {
        return "Write { \"set\": { \"node.parameter\": value }, \"inputs\": { \"name\": value } }";
    }

    /** Checks names and values against the graph, all at once, before anything is planned. */
    void check(Session session, GraphArgument graph, NodeTypes types) {
        var errors = new ArrayList<ErrorLine>();
        inputs.forEach((name, value) -> {
            List<String> names =
                    graph.graph().getInputs().stream().map(GraphInput::getName).toList();
            int at = names.indexOf(name);
            if (at < 0) {
                errors.add(new ErrorLine(
                        "--input " + name,
                        graph.given() + " declares no input '" + name + "'",
                        Nearest.advice(
                                name,
                                names,
                                names.isEmpty()
                                        ? "It declares none; use --set node.parameter=value"
                                        : "It declares " + String.join(", ", names))));
                return;
            }
            graph.graph()
                    .getInputs()
                    .get(at)
                    .getTo()
                    .forEach(to -> checkOne(session, "--input " + name, to, value, graph, types, errors));
        });
        settings.forEach((name, value) -> checkOne(session, "--set " + name, name, value, graph, types, errors));
        if (!errors.isEmpty()) {
            throw new CommandException(ExitCode.ARGUMENTS, errors);
        }
    }

    private static void checkOne(
            Session session,
            String where,
            String name,
            Object value,
            GraphArgument graph,
            NodeTypes types,
            List<ErrorLine> errors) {
        PortRef ref = PortRef.parse(name);
        if (ref.node().indexOf('/') > 0 && !ref.port().isEmpty()) {
            return; // inside a subgraph: the planner knows
        }
        GraphNode node = Graphs.node(graph.graph(), ref.node());
        List<String> ids =
                graph.graph().getNodes().stream().map(GraphNode::getId).toList();
        if (node == null) {
            errors.add(new ErrorLine(
                    where,
                    graph.given() + " has no node '" + ref.node() + "'",
                    Nearest.advice(ref.node(), ids, "It has " + String.join(", ", ids))));
            return;
        }
        NodeDescriptor type =
                types.find(node.getType()).map(NodeTypes.Registered::type).orElse(null);
        if (type == null) {
            return; // a subgraph, or a missing type that the planner names
        }
        List<String> parameters =
                type.parameters().stream().map(Parameter::name).toList();
        if (type.parameter(ref.port()).isEmpty()) {
            boolean input = type.input(ref.port()).isPresent();
            errors.add(new ErrorLine(
                    where,
                    input
                            ? "'" + name + "' is an input, which takes a link and no value from the command line"
                            : "node '" + ref.node() + "' (" + type.id() + ") has no parameter '" + ref.port() + "'",
                    Nearest.advice(
                            ref.port(),
                            input ? List.of() : parameters,
                            parameters.isEmpty()
                                    ? "It has no parameters"
                                    : "Its parameters are " + String.join(", ", parameters))));
            return;
        }
        checkValue(session, where, type.parameter(ref.port()).orElseThrow(), value, errors);
    }

    private static void checkValue(
            Session session, String where, Parameter parameter, Object value, List<ErrorLine> errors) {
        try {
            Object typed = parameter.parse(value);
            if (typed instanceof Path path
                    && !Files.isReadable(session.workingFolder().resolve(path))) {
                errors.add(new ErrorLine(
                        where,
                        "there is no file '" + value + "' that can be read",
                        "The path is taken from " + session.workingFolder()));
            }
        } catch (IllegalArgumentException e) {
            errors.add(new ErrorLine(where, e.getMessage(), expected(parameter, value)));
        }
    }

    /** Advice on a value that is none of the parameter's. */
    static String expected(Parameter parameter, Object value) {
        return parameter.choices().isEmpty()
                ? "Its type is " + parameter.typeName()
                        + (parameter.mayBeAuto() ? ", or auto: " + parameter.auto() : "")
                : Nearest.advice(String.valueOf(value), parameter.choices(), "");
    }

    /** True where a problem of the plan comes from a value that the user gave rather than from the graph. */
    boolean caused(String where) {
        return where.isEmpty()
                || where.startsWith("inputs.") && inputs.containsKey(where.substring("inputs.".length()))
                || settings.keySet().stream().anyMatch(name -> {
                    PortRef ref = PortRef.parse(name);
                    return where.equals("nodes." + ref.node() + ".params." + ref.port());
                });
    }
}
