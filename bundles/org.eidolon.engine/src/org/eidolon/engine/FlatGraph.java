// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Parameter;
import org.eidolon.engine.Plan.Source;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphIndex;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.Link;

/** A graph with its subgraphs inlined, bypassed nodes bridged, muted nodes and what depends on them left out. */
final class FlatGraph {
    private static final int MOST_LEVELS = 16;
    private static final int MOST_SUBGRAPHS = 1_000;
    private static final int MOST_NODES = 100_000;
    private static final int MOST_HOPS = 10_000;

    private final NodeTypes types;
    private final PlanBuilder builder;
    private final Settings settings;
    private final Map<String, Scope> scopes = new LinkedHashMap<>();
    private final Map<String, FlatNode> nodes = new LinkedHashMap<>();
    private final List<FlatLink> links = new ArrayList<>();
    private final Set<String> muted = new HashSet<>();
    private boolean tooMany;

    /** A graph and the prefix of its nodes' ids; of a subgraph also the node that stands for it, and where that is. */
    private record Scope(String prefix, Graph graph, GraphIndex index, Path folder, Scope outer, GraphNode node) {
        String id(GraphNode node) {
            return prefix + node.getId();
        }
    }

    private record FlatNode(GraphNode node, Scope scope) {}

    private record FlatLink(Source from, String to, String port) {}

    FlatGraph(NodeTypes types, PlanBuilder builder, Settings settings) {
        this.types = types;
        this.builder = builder;
        this.settings = settings;
    }

    /** Adds a graph and, depth first, the subgraphs that its nodes stand for. */
    void add(Graph graph, Path folder) {
        add(graph, folder, null, null);
    }

    private void add(Graph graph, Path folder, Scope outer, GraphNode standsFor) {
        String prefix = outer == null ? "" : outer.id(standsFor) + "/";
        var scope = new Scope(prefix, graph, new GraphIndex(graph), folder, outer, standsFor);
        scopes.put(prefix, scope);
        if (nodes.size() + graph.getNodes().size() > MOST_NODES) {
            builder.error(
                    prefix.isEmpty() ? "nodes" : "nodes." + prefix.substring(0, prefix.length() - 1),
                    "with its subgraphs the graph has more than " + MOST_NODES + " nodes",
                    "Run its parts one after the other");
            return;
        }
        for (GraphNode node : graph.getNodes()) {
            if (node.isMuted()) {
                muted.add(scope.id(node));
            }
            if (isSubgraph(node)) {
                addSubgraph(scope, node);
            } else {
                nodes.put(scope.id(node), new FlatNode(node, scope));
            }
        }
    }

    private void addSubgraph(Scope scope, GraphNode node) {
        String id = scope.id(node);
        String where = "nodes." + id + ".params." + Graphs.SUBGRAPH_FILE;
        if (id.chars().filter(c -> c == '/').count() >= MOST_LEVELS) {
            builder.error(
                    where, "subgraphs are nested more than " + MOST_LEVELS + " deep", "Does a graph contain itself?");
            return;
        }
        if (scopes.size() > MOST_SUBGRAPHS) {
            if (!tooMany) {
                builder.error(
                        where, "there are more than " + MOST_SUBGRAPHS + " subgraphs", "Does a graph contain itself?");
            }
            tooMany = true;
            return;
        }
        var file = node.getParameters().get(Graphs.SUBGRAPH_FILE);
        try {
            if (file == null || !file.isJsonPrimitive()) {
                builder.error(where, "the subgraph names no file", "Give the .eidolon file to put here");
                return;
            }
            Path path = GraphPaths.resolve(scope.folder, file.getAsString());
            Graph inner = GraphFiles.load(path);
            var faults = GraphValidator.validate(inner).stream()
                    .filter(Problem::isError)
                    .toList();
            if (!faults.isEmpty()) {
                faults.forEach(f -> builder.error(where, file.getAsString() + ": " + f.message(), f.advice()));
                return;
            }
            builder.subgraph(path, GraphWriter.write(inner));
            Planner.migrate(inner, types);
            passParameters(scope, node, inner, where);
            add(inner, path.getParent(), scope, node);
        } catch (IOException e) {
            builder.error(
                    where,
                    "the subgraph cannot be read: " + Faults.describe(e),
                    "Keep a sound .eidolon file in the graph's folder, and name it here");
        }
    }

    /** A subgraph node's own parameters are values for the declared inputs of its graph. */
    private void passParameters(Scope scope, GraphNode node, Graph inner, String where) {
        var given = new LinkedHashMap<String, Settings.Setting>();
        node.getParameters().forEach(entry -> {
            if (!entry.getKey().equals(Graphs.SUBGRAPH_FILE)) {
                given.put(entry.getKey(), new Settings.Setting(Planner.raw(entry.getValue()), scope.folder, false));
            }
        });
        given.putAll(settings.take(scope.id(node)));
        given.forEach((name, setting) -> input(inner, name)
                .ifPresentOrElse(
                        input -> input.getTo().forEach(to -> settings.pass(scope.id(node) + "/" + to, setting)),
                        () -> builder.error(where, "the subgraph declares no input '" + name + "'", "")));
    }

    /** Gives everything that is to be planned to the builder. */
    void feed() {
        for (Scope scope : scopes.values()) {
            for (GraphNode node : scope.graph.getNodes()) {
                for (Link link : node.getLinks()) {
                    Source source = source(scope, link.getFrom(), scope.id(node), 0);
                    if (source != null) {
                        connect(source, scope, node, link.getPort());
                    }
                }
            }
        }
        dropMuted();
        nodes.forEach((id, flat) -> {
            if (!muted.contains(id) && !flat.node.isBypassed()) {
                feed(id, flat);
            }
        });
        for (FlatLink link : links) {
            boolean left = muted.contains(link.to) || nodes.get(link.to).node.isBypassed();
            if (!left && !settings.has(link.to, link.port)) {
                builder.link(link.from.node(), link.from.output(), link.to, link.port);
            }
        }
    }

    private void feed(String id, FlatNode flat) {
        String type = flat.node.getType();
        Optional<NodeDescriptor> descriptor = types.find(type).map(NodeTypes.Registered::type);
        descriptor.ifPresent(d -> checkVersion(id, flat.node.getVersion(), d));
        var raw = new LinkedHashMap<String, Object>();
        flat.node.getParameters().forEach(entry -> {
            var setting = new Settings.Setting(Planner.raw(entry.getValue()), flat.scope.folder, false);
            raw.put(entry.getKey(), value(id, entry.getKey(), setting, descriptor));
        });
        settings.take(id).forEach((name, setting) -> raw.put(name, value(id, name, setting, descriptor)));
        builder.node(id, type, raw);
    }

    private void checkVersion(String id, int version, NodeDescriptor type) {
        String where = "nodes." + id;
        if (version > type.version()) {
            builder.error(
                    where,
                    "the graph was made with " + type.id() + "@" + version + ", but " + type.reference()
                            + " is installed",
                    "Install a newer version");
        } else if (version > 0 && version < type.version()) {
            builder.warn(Problem.warning(
                    where,
                    null,
                    "the node was saved as " + type.id() + "@" + version + " and is " + "used as " + type.reference()
                            + "; its result may differ",
                    ""));
        }
    }

    /** The raw value; a file's name as the path of the file. */
    private Object value(String id, String name, Settings.Setting setting, Optional<NodeDescriptor> type) {
        if (!type.flatMap(t -> t.parameter(name)).map(Parameter::isFile).orElse(false)) {
            return setting.raw();
        }
        try {
            return setting.file();
        } catch (IOException | IllegalArgumentException e) {
            builder.error(
                    "nodes." + id + ".params." + name,
                    e.getMessage(),
                    "Keep the file in the graph's folder, or name it with --set " + id + "." + name + "=FILE");
            return null;
        }
    }

    /** The node and output where a link truly starts; null when there is none, which has been said. */
    private Source source(Scope scope, String from, String to, int hops) {
        PortRef ref = scope.index.source(from);
        if (ref == null || hops > MOST_HOPS) {
            builder.error("nodes." + to, "its link from '" + from + "' leads nowhere", "Link it to an output");
            return null;
        }
        GraphNode node = scope.index.node(ref.node());
        String id = scope.id(node);
        if (node.isMuted()) {
            return new Source(id, ref.port());
        }
        if (isSubgraph(node)) {
            Scope inner = scopes.get(id + "/");
            if (inner == null) {
                return null; // could not be read, said before
            }
            var output = inner.graph.getOutputs().stream()
                    .filter(o -> ref.port().equals(o.getName()))
                    .findFirst();
            if (output.isEmpty()) {
                builder.error(
                        "nodes." + to,
                        "the subgraph '" + id + "' declares no output '" + ref.port() + "'",
                        "It declares "
                                + String.join(
                                        ", ",
                                        inner.graph.getOutputs().stream()
                                                .map(o -> o.getName())
                                                .toList()));
                return null;
            }
            return source(inner, output.get().getFrom(), to, hops + 1);
        }
        return node.isBypassed() ? bypass(scope, node, ref.port(), to, hops) : new Source(id, ref.port());
    }

    /** What goes into a bypassed node at the first input of the output's type. */
    private Source bypass(Scope scope, GraphNode node, String port, String to, int hops) {
        var type = types.find(node.getType()).map(NodeTypes.Registered::type);
        var output = type.flatMap(t -> t.output(port));
        if (type.isPresent() && output.isPresent()) {
            for (NodeDescriptor.Input input : type.get().inputs()) {
                if (input.type() == output.get().type()) {
                    Source source = feeding(scope, node, input.name(), to, hops + 1);
                    if (source != null) {
                        return source;
                    }
                }
            }
        }
        builder.error(
                "nodes." + to,
                "'" + scope.id(node) + "' is bypassed, but no linked input of it has the type " + "of its output '"
                        + port + "'",
                "Do not bypass it, or link that input");
        return null;
    }

    /** What a link leads to an input; in a subgraph also one from around it, by a declared input. Null for none. */
    private Source feeding(Scope scope, GraphNode node, String input, String to, int hops) {
        for (Link link : node.getLinks()) {
            if (input.equals(link.getPort())) {
                return source(scope, link.getFrom(), to, hops);
            }
        }
        String port = new PortRef(node.getId(), input).toString();
        for (GraphInput declared : scope.outer == null ? List.<GraphInput>of() : scope.graph.getInputs()) {
            Source source = declared.getTo().contains(port)
                    ? feeding(scope.outer, scope.node, declared.getName(), to, hops)
                    : null;
            if (source != null) {
                return source;
            }
        }
        return null;
    }

    /** Ends a link at a node's port, or inside a subgraph at what its declared input stands for. */
    private void connect(Source source, Scope scope, GraphNode node, String port) {
        if (!isSubgraph(node)) {
            links.add(new FlatLink(source, scope.id(node), port));
            return;
        }
        Scope inner = scopes.get(scope.id(node) + "/");
        if (inner == null) {
            return;
        }
        var declared = input(inner.graph, port);
        if (declared.isEmpty()) {
            builder.error(
                    "nodes." + scope.id(node) + ".in." + port,
                    "the subgraph declares no input '" + port + "'",
                    "It declares "
                            + String.join(
                                    ", ",
                                    inner.graph.getInputs().stream()
                                            .map(i -> i.getName())
                                            .toList()));
            return;
        }
        for (String to : declared.get().getTo()) {
            PortRef end = PortRef.parse(to);
            connect(source, inner, inner.index.node(end.node()), end.port());
        }
    }

    private void dropMuted() {
        nodes.forEach((id, flat) -> {
            for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
                if (muted.contains(id.substring(0, slash))) {
                    muted.add(id);
                }
            }
        });
        boolean more = true;
        while (more) {
            more = false;
            for (FlatLink link : links) {
                more |= muted.contains(link.from.node()) && muted.add(link.to);
            }
        }
    }

    private static Optional<GraphInput> input(Graph graph, String name) {
        return graph.getInputs().stream()
                .filter(input -> name.equals(input.getName()))
                .findFirst();
    }

    private static boolean isSubgraph(GraphNode node) {
        return Graphs.SUBGRAPH_TYPE.equals(node.getType());
    }

    Set<String> ids() {
        return nodes.keySet();
    }

    /** The nodes to run for the ids that the user named; all nodes of a subgraph for its id. */
    List<String> targets(List<String> ids) {
        var targets = new LinkedHashSet<String>();
        for (String id : ids) {
            if (scopes.containsKey(id + "/")) {
                nodes.keySet().stream()
                        .filter(n -> n.startsWith(id + "/") && !muted.contains(n))
                        .forEach(targets::add);
            } else {
                targets.add(id);
            }
        }
        return List.copyOf(targets);
    }
}
