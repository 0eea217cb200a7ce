// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.NodeException;
import org.eidolon.api.Parameter;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;
import org.eidolon.graph.Problem;

/**
 * Collects nodes and links, checks them against the node types, and freezes them into a {@link Plan}. Problems are
 * gathered, so that a user sees all of them at once.
 */
public final class PlanBuilder {
    private final NodeTypes types;
    private final String name;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private String graphHash = "";
    private String graphAsRun = "";
    private final Map<Path, String> subgraphs = new LinkedHashMap<>();
    private Path folder;

    /** A node under construction; links go by input or parameter name. */
    private record Draft(
            String id,
            NodeTypes.Registered registered,
            Map<String, Object> parameters,
            Map<String, String> files,
            Map<String, String> weights,
            Map<String, List<Source>> inputs) {
        NodeDescriptor type() {
            return registered.type();
        }
    }

    public PlanBuilder(NodeTypes types, String name) {
        this.types = types;
        this.name = name;
    }

    public PlanBuilder graphHash(String sha256) {
        graphHash = sha256;
        return this;
    }

    /** Of the graph's file. */
    public PlanBuilder folder(Path path) {
        folder = path;
        return this;
    }

    /** Text of the graph for nodes that use {@link org.eidolon.api.Uses#GRAPH}. */
    public PlanBuilder graphAsRun(String text) {
        graphAsRun = text;
        return this;
    }

    /** A graph that a node stands for, as its file has it. */
    PlanBuilder subgraph(Path file, String text) {
        subgraphs.put(file, text);
        return this;
    }

    public PlanBuilder warn(Problem problem) {
        warnings.add(problem);
        return this;
    }

    public PlanBuilder error(String where, String message, String advice) {
        errors.add(Problem.error(where, null, message, advice));
        return this;
    }

    /** Adds a node; {@code raw} are parameter values as a graph file or a command line has them, files as paths. */
    public PlanBuilder node(String id, String type, Map<String, ?> raw) {
        var registered = types.find(type);
        if (registered.isEmpty()) {
            return error(
                    "nodes." + id,
                    "there is no node type '" + type + "'",
                    "Install the bundle that brings it, " + "or see 'eidolon nodes' for the types there are");
        }
        var descriptor = registered.get().type();
        for (String given : raw.keySet()) {
            if (descriptor.parameter(given).isEmpty()) {
                error(
                        "nodes." + id + ".params." + given,
                        type + " has no parameter '" + given + "'",
                        "It has "
                                + list(descriptor.parameters().stream()
                                        .map(Parameter::name)
                                        .toList()));
            }
        }
        var draft = new Draft(
                id,
                registered.get(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        for (Parameter parameter : descriptor.parameters()) {
            Object value = raw.containsKey(parameter.name()) ? raw.get(parameter.name()) : parameter.defaultValue();
            draft.parameters.put(parameter.name(), value);
        }
        drafts.put(id, draft);
        return this;
    }

    /** Links an output to an input, or to a parameter. */
    public PlanBuilder link(String fromNode, String output, String toNode, String port) {
        Draft to = drafts.get(toNode);
        if (to == null) {
            return this; // said when the node was added, or by the graph's own check
        }
        var input = to.type().input(port);
        if (input.isEmpty() && to.type().parameter(port).isEmpty()) {
            return error(
                    "nodes." + toNode + ".in." + port,
                    to.type().id() + " has no input '" + port + "'",
                    "It has "
                            + list(to.type().inputs().stream()
                                    .map(NodeDescriptor.Input::name)
                                    .toList()));
        }
        var sources = to.inputs.computeIfAbsent(port, p -> new ArrayList<>());
        if (!sources.isEmpty() && !input.map(NodeDescriptor.Input::many).orElse(false)) {
            return error(
                    "nodes." + toNode + ".in." + port,
                    "two links end at '" + port + "', which takes one",
                    "Remove one of them");
        }
        sources.add(new Source(fromNode, output));
        return this;
    }

    /** The plan for some nodes, or for all that nothing follows when none are named. */
    public Plan build(Collection<String> targets) throws PlanException {
        for (Draft draft : List.copyOf(drafts.values())) {
            draft.inputs.forEach((port, sources) -> sources.replaceAll(source -> matched(draft, port, source)));
        }
        Set<String> wanted = targets.isEmpty() ? sinks() : new LinkedHashSet<>(targets);
        for (String target : wanted) {
            if (!drafts.containsKey(target) && errors.isEmpty()) {
                error(
                        "nodes." + target,
                        "there is no node '" + target + "' to run",
                        "The graph has " + list(drafts.keySet()));
            }
        }
        List<Draft> ordered = order(wanted);
        ordered.forEach(this::settle);
        if (!errors.isEmpty()) {
            throw new PlanException(errors);
        }
        List<PlanNode> nodes = ordered.stream()
                .map(d -> new PlanNode(
                        d.id,
                        d.type(),
                        d.registered.library(),
                        d.registered.code().get(),
                        d.parameters,
                        d.files,
                        d.weights,
                        d.inputs,
                        d.type().uses(Uses.GRAPH) ? graphAsRun : ""))
                .toList();
        var inner = new LinkedHashMap<String, String>();
        subgraphs.forEach((file, text) -> inner.put(Plan.shown(folder, file), text));
        return new Plan(
                name, graphHash, graphAsRun, inner, folder, targets.isEmpty(), nodes, wanted, List.copyOf(warnings));
    }

    /** The source itself where its type fits the port, else the conversion node put between. */
    private Source matched(Draft to, String port, Source source) {
        Draft from = drafts.get(source.node());
        String where = "nodes." + to.id + ".in." + port;
        if (from == null) {
            error(where, "it is linked to '" + source + "', but there is no such node", "Link it to another output");
            return source;
        }
        var output = from.type().output(source.output());
        if (output.isEmpty()) {
            error(
                    where,
                    from.type().id() + " has no output '" + source.output() + "'",
                    "It has "
                            + list(from.type().outputs().stream()
                                    .map(NodeDescriptor.Output::name)
                                    .toList()));
            return source;
        }
        Class<?> given = output.get().type();
        List<Class<?>> accepted = to.type()
                .input(port)
                .map(input -> List.<Class<?>>of(input.type()))
                .orElseGet(
                        () -> ParameterLinks.accepted(to.type().parameter(port).orElseThrow()));
        if (accepted.contains(given)) {
            return source;
        }
        for (Class<?> wanted : accepted) {
            var conversion = types.conversion(given, wanted);
            if (conversion.isPresent()) {
                return convert(source, conversion.get());
            }
        }
        String gives = types.valueType(given).id();
        String takes = String.join(
                " or ", accepted.stream().map(t -> types.valueType(t).id()).toList());
        List<String> between =
                accepted.stream().flatMap(t -> types.between(given, t).stream()).toList();
        error(
                where,
                "'" + source + "' gives a value of type " + gives + ", but '" + to.id + "." + port + "' takes "
                        + (accepted.isEmpty() ? "no link" : takes),
                between.isEmpty()
                        ? "Link an output of type " + takes
                        : "Put a node between that turns one into the " + "other: " + list(between));
        return source;
    }

    private Source convert(Source source, NodeDescriptor conversion) {
        String id = source + ">" + conversion.id();
        if (!drafts.containsKey(id)) {
            node(id, conversion.id(), Map.of());
            link(
                    source.node(),
                    source.output(),
                    id,
                    NodeTypes.conversionInput(conversion).name());
        }
        return new Source(id, conversion.outputs().get(0).name());
    }

    /** Types the parameters, hashes the files, and asks for inputs that are missing. */
    private void settle(Draft draft) {
        int before = errors.size();
        for (Parameter parameter : draft.type().parameters()) {
            if (draft.inputs.containsKey(parameter.name())) {
                draft.parameters.remove(parameter.name());
                continue;
            }
            String where = "nodes." + draft.id + ".params." + parameter.name();
            try {
                Object value = parameter.parse(draft.parameters.get(parameter.name()));
                draft.parameters.put(parameter.name(), value);
                if (value instanceof Path file) {
                    settleFile(draft, parameter, file, where);
                }
            } catch (IllegalArgumentException e) {
                error(where, e.getMessage(), another(draft, parameter));
            }
        }
        for (NodeDescriptor.Input input : draft.type().inputs()) {
            if (!input.optional() && !draft.inputs.containsKey(input.name())) {
                error(
                        "nodes." + draft.id + ".in." + input.name(),
                        "the input '" + input.name() + "' is not linked",
                        "Link an output of type "
                                + types.valueType(input.type()).id() + " to it");
            }
        }
        if (errors.size() == before) {
            settleWeights(draft);
        }
    }

    /** Asks the node for its weights, which may be missing, or for its own check of the parameters to refuse them. */
    private void settleWeights(Draft draft) {
        try {
            draft.weights.putAll(draft.type().create(draft.parameters).weightsUsed());
        } catch (NodeException e) {
            error("nodes." + draft.id, e.getMessage(), e.advice() == null ? "" : e.advice());
        } catch (RuntimeException e) {
            error("nodes." + draft.id, "its parameters are not accepted: " + e.getMessage(), "");
        }
    }

    private static String another(Draft draft, Parameter parameter) {
        Object standard = parameter.toJson(parameter.defaultValue());
        String usual = standard == null ? "" : ", or remove it: the default is " + Json.write(standard);
        String value = parameter.isFile() ? "FILE" : "VALUE";
        return "Correct it, give another with --set " + draft.id + "." + parameter.name() + "=" + value + usual;
    }

    private void settleFile(Draft draft, Parameter parameter, Path file, String where) {
        try {
            if (!Files.isReadable(file)) {
                error(
                        where,
                        "the file '" + file + "' " + (Files.exists(file) ? "cannot be read" : "does not exist"),
                        "Name another with --set " + draft.id + "." + parameter.name() + "=FILE");
                return;
            }
            if (Files.isDirectory(file) && !parameter.accepts().isEmpty()) {
                error(where, "'" + file + "' is a folder, not a file", another(draft, parameter));
                return;
            }
            draft.files.put(parameter.name(), Hashes.ofFile(file));
        } catch (IOException e) {
            error(where, "the file '" + file + "' cannot be read: " + Faults.describe(e), another(draft, parameter));
        }
    }

    private Set<String> sinks() {
        var ids = new LinkedHashSet<>(drafts.keySet());
        drafts.values().forEach(d -> d.inputs.values().forEach(all -> all.forEach(s -> ids.remove(s.node()))));
        if (ids.isEmpty() && !drafts.isEmpty()) {
            ids.add(drafts.keySet().iterator().next()); // all in a circle: found and said by order()
        }
        return ids;
    }

    private List<Draft> order(Collection<String> targets) {
        var order = Order.of(targets, id -> {
            var sources = new ArrayList<String>();
            if (drafts.containsKey(id)) {
                drafts.get(id).inputs.values().forEach(all -> all.forEach(source -> sources.add(source.node())));
            }
            return sources;
        });
        if (order.circle() != null) {
            error(
                    "nodes." + order.circle(),
                    "its links lead round in a circle, back to itself",
                    "Remove a link of the circle");
            return List.of();
        }
        return order.ids().stream().filter(drafts::containsKey).map(drafts::get).toList();
    }

    private static String list(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
