// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eidolon.api.Parameter;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;

/**
 * The record of a run as a JSON tree: graph as read by its hash and as run by its text, seed, quality, devices, machine,
 * and for each node type, library, key, parameters, hashes of files and weights, sources, hashes of outputs, seconds, and
 * the facts that it recorded, such as licences. {@link RecordedRun} reads it back.
 */
final class RunRecord {
    /** 2 since a record has the graph as run and says what of the run each node uses, so that it can be run again. */
    static final int SCHEMA = 2;

    private final Plan plan;
    private final RunOptions options;
    private final Instant started = Instant.now();

    RunRecord(Plan plan, RunOptions options) {
        this.plan = plan;
        this.options = options;
    }

    Map<String, Object> tree(
            RunEvent.Outcome outcome,
            double seconds,
            Map<String, ContentKey> keys,
            Map<String, String> states,
            Map<String, Cache.Entry> entries,
            Cache cache,
            Map<String, List<String>> artifacts,
            List<RunEvent.Failed> failures) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("schema", SCHEMA);
        tree.put("graph", graph());
        if (!plan.whole()) {
            tree.put("to", List.copyOf(plan.targets()));
        }
        tree.put("started", started.toString());
        tree.put("seconds", EventJson.rounded(seconds));
        tree.put("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        tree.put("seed", options.seed());
        tree.put("quality", options.settledQuality());
        tree.put("devices", options.devices());
        tree.put("machine", Machine.tree());
        var nodes = new LinkedHashMap<String, Object>();
        for (PlanNode node : plan.nodes()) {
            ContentKey key = keys.get(node.id());
            Cache.Entry entry = entries.get(node.id());
            // what lies behind an answered node is not asked for, yet its facts belong to the result
            var provenance = entry != null ? Optional.of(entry) : cache.provenance(key.hash());
            nodes.put(node.id(), node(node, key, states.get(node.id()), provenance.orElse(null)));
        }
        tree.put("nodes", nodes);
        tree.put("artifacts", artifacts(artifacts, entries));
        if (!failures.isEmpty()) {
            tree.put(
                    "failures",
                    failures.stream()
                            .map(f -> Map.of("node", f.node(), "error", f.error(), "advice", f.advice()))
                            .toList());
        }
        return tree;
    }

    private Map<String, Object> graph() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", plan.title());
        tree.put("sha256", plan.graphHash());
        tree.put("asRun", plan.graphAsRun()); // text, as its hash is part of keys
        put(tree, "subgraphs", plan.subgraphs());
        return tree;
    }

    private Map<String, Object> node(PlanNode node, ContentKey key, String state, Cache.Entry entry) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("type", node.type().reference());
        tree.put("library", node.library());
        if (!node.code().isEmpty()) {
            tree.put("code", node.code());
        }
        tree.put("key", key.hash());
        tree.put("state", state == null ? "not run" : state);
        var parameters = new LinkedHashMap<String, Object>();
        node.parameters().forEach((name, value) -> {
            Parameter parameter = node.type().parameter(name).orElseThrow();
            parameters.put(name, value instanceof Path file ? plan.shown(file) : parameter.toJson(value));
        });
        put(tree, "parameters", parameters);
        put(tree, "files", node.files());
        put(tree, "weights", node.weights());
        put(tree, "machine", node.machineChoices(options));
        var inputs = new LinkedHashMap<String, Object>();
        node.inputs()
                .forEach((port, sources) ->
                        inputs.put(port, sources.stream().map(Object::toString).toList()));
        put(tree, "inputs", inputs);
        List<Uses> uses = Arrays.stream(Uses.values()).filter(node.type()::uses).toList();
        if (!uses.isEmpty()) {
            tree.put(
                    "uses",
                    uses.stream()
                            .map(use -> use.name().toLowerCase(Locale.ROOT))
                            .toList());
        }
        if (entry != null) {
            tree.put("seconds", entry.seconds());
            put(tree, "outputs", entry.outputs());
            put(tree, "facts", entry.facts());
        }
        return tree;
    }

    /** Sha256 of every delivered file, by its name. */
    private static Map<String, Object> artifacts(
            Map<String, List<String>> delivered, Map<String, Cache.Entry> entries) {
        var tree = new LinkedHashMap<String, Object>();
        delivered.forEach((node, names) -> entries.get(node).files().forEach((file, facts) -> {
            String name = file.substring(file.indexOf('/') + 1); // an entry's files lie in a folder for each output
            if (names.contains(name)) {
                tree.put(name, facts.get("sha256"));
            }
        }));
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }
}
