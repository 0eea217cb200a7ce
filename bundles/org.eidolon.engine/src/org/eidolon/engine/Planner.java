// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.api.Migration;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Locations;
import org.eidolon.graph.NodeMigration;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;

/** Freezes a graph of the EMF model into a {@link Plan}. */
public final class Planner {
    private final NodeTypes types;

    public Planner(NodeTypes types) {
        this.types = types;
    }

    /**
     * Carries a graph's nodes to the installed versions, in place.
     *
     * @return a line for each step taken
     */
    public static List<String> migrate(Graph graph, NodeTypes types) {
        return NodeMigration.apply(
                graph, types.migrations().stream().map(Planner::step).toList());
    }

    /** @throws PlanException with every problem found: structure, missing node types, parameters, types of links */
    public Plan plan(PlanRequest request) throws PlanException {
        Graph graph = migrated(request.graph());
        var builder = new PlanBuilder(types, request.name())
                .graphHash(Hashes.of(GraphWriter.write(request.graph())))
                .folder(request.folder());
        migratedWarnings(request, graph, builder);
        builder.graphAsRun(GraphAsRun.text(graph, request, types));
        var settings = settings(request, graph, builder);
        var flat = new FlatGraph(types, builder, settings);
        flat.add(graph, request.folder());
        flat.feed();
        GraphPaths.check(request.graph(), request.folder()).stream()
                .filter(problem -> !problem.isError()) // what is truly missing, its node says
                .forEach(builder::warn);
        settings.unused()
                .forEach(name -> builder.error(
                        "",
                        "there is no parameter '" + name + "' to set",
                        "Write node.parameter=value; the graph has the nodes " + String.join(", ", flat.ids())));
        try {
            return builder.build(flat.targets(request.targets()));
        } catch (PlanException e) {
            throw new PlanException(e.problems().stream()
                    .map(p -> p.place() != null
                            ? p
                            : new Problem(
                                    p.severity(),
                                    p.where(),
                                    Locations.find(request.graph(), p.where()),
                                    p.message(),
                                    p.advice()))
                    .toList());
        }
    }

    /** A copy of a sound graph, its nodes at the installed versions. */
    private Graph migrated(Graph graph) throws PlanException {
        List<Problem> errors =
                GraphValidator.validate(graph).stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            throw new PlanException(errors);
        }
        Graph copy = EcoreUtil.copy(graph);
        migrate(copy, types);
        return copy;
    }

    private void migratedWarnings(PlanRequest request, Graph migrated, PlanBuilder builder) {
        for (GraphNode node : migrated.getNodes()) {
            String before = request.graph()
                            .getNodes()
                            .get(migrated.getNodes().indexOf(node))
                            .getType() + "@"
                    + request.graph()
                            .getNodes()
                            .get(migrated.getNodes().indexOf(node))
                            .getVersion();
            String now = node.getType() + "@" + node.getVersion();
            String where = "nodes." + node.getId();
            if (!before.equals(now)) {
                builder.warn(Problem.warning(
                        where,
                        Locations.find(request.graph(), where),
                        "the node was saved as " + before + " and is used as " + now,
                        "Save the graph in a new file to keep it so"));
            }
        }
    }

    /** The user's settings and inputs by node.parameter. */
    private Settings settings(PlanRequest request, Graph graph, PlanBuilder builder) {
        var settings = new Settings();
        Path base = request.workingFolder().toAbsolutePath();
        request.inputs().forEach((name, value) -> {
            var declared = graph.getInputs().stream()
                    .filter(i -> name.equals(i.getName()))
                    .findFirst();
            if (declared.isEmpty()) {
                builder.error(
                        "inputs." + name,
                        "the graph declares no input '" + name + "'",
                        "It declares "
                                + String.join(
                                        ", ",
                                        graph.getInputs().stream()
                                                .map(GraphInput::getName)
                                                .toList()));
                return;
            }
            declared.get().getTo().forEach(to -> settings.put(to, new Settings.Setting(value, base, true)));
        });
        request.settings().forEach((name, value) -> settings.put(name, new Settings.Setting(value, base, true)));
        return settings;
    }

    private static NodeMigration step(Migration step) {
        return new NodeMigration(step.type(), step.version(), stored -> {
            Map<String, Object> parameters = new LinkedHashMap<>();
            stored.parameters().forEach((name, value) -> parameters.put(name, raw(value)));
            Migration.Stored after =
                    step.change().apply(Migration.Stored.of(stored.type(), stored.version(), parameters));
            Map<String, JsonElement> changed = new LinkedHashMap<>();
            after.parameters().forEach((name, value) -> {
                JsonElement before = stored.parameters().get(name);
                boolean same = before != null && java.util.Objects.equals(raw(before), value);
                changed.put(name, same ? before : JsonParser.parseString(Json.write(value)));
            });
            return new NodeMigration.Stored(after.type(), after.version(), changed, after.inputs(), after.outputs());
        });
    }

    /** A JSON value as {@link org.eidolon.api.Parameter#parse} takes it. */
    static Object raw(JsonElement value) {
        return Json.parse(value.toString());
    }
}
