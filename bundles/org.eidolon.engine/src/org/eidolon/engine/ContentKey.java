// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.api.Parameter;
import org.eidolon.api.Uses;
import org.eidolon.engine.Plan.PlanNode;

/**
 * What a node's result depends on, and its sha256. Ids of nodes in the graph are not part of it, so that equal work is
 * shared between graphs; names of files are not either, only their bytes.
 *
 * @param hash lower-case hex
 * @param ingredients such as {@code parameter steps} → {@code 100}, {@code input photo} → key and output of the source
 */
public record ContentKey(String hash, SortedMap<String, String> ingredients) {
    private static final String SCHEMA = "eidolon key 1\n";

    static ContentKey of(SortedMap<String, String> ingredients) {
        var text = new StringBuilder(SCHEMA);
        ingredients.forEach(
                (name, value) -> text.append(Json.write(List.of(name, value))).append('\n'));
        return new ContentKey(Hashes.of(text.toString()), ingredients);
    }

    /** Keys of all nodes of a plan, by node id. */
    static Map<String, ContentKey> of(Plan plan, RunOptions options) {
        var keys = new LinkedHashMap<String, ContentKey>();
        for (PlanNode node : plan.nodes()) {
            keys.put(node.id(), of(node, keys, options));
        }
        return keys;
    }

    private static ContentKey of(PlanNode node, Map<String, ContentKey> keys, RunOptions options) {
        var parts = new TreeMap<String, String>();
        parts.put("node", node.type().reference());
        parts.put(node.code().isEmpty() ? "library" : "code", node.code().isEmpty() ? node.library() : node.code());
        node.parameters().forEach((name, value) -> {
            Parameter parameter = node.type().parameter(name).orElseThrow();
            String hash = node.files().get(name);
            parts.put(
                    hash == null ? "parameter " + name : "file " + name,
                    hash == null ? Json.write(parameter.toJson(value)) : hash);
        });
        node.inputs().forEach((port, sources) -> {
            var list = new ArrayList<String>();
            sources.forEach(source -> list.add(keys.get(source.node()).hash() + "." + source.output()));
            parts.put("input " + port, String.join(" ", list));
        });
        node.weights().forEach((id, sha256) -> parts.put("weights " + id, sha256));
        if (node.type().uses(Uses.SEED)) {
            parts.put("seed", Long.toString(options.seed()));
        }
        if (node.type().uses(Uses.QUALITY)) {
            parts.put("quality", options.settledQuality().toString());
        }
        if (node.type().uses(Uses.GRAPH)) {
            parts.put("graph", Hashes.of(node.graph()));
        }
        if (node.type().uses(Uses.DEVICE)) {
            parts.put("device", options.devices().get(0).kind());
        }
        node.machineChoices(options).forEach((name, value) -> parts.put("machine " + name, value));
        return of(parts);
    }

    /** In the user's words, what makes this key differ from an earlier one of the same node. */
    List<String> differences(Map<String, ?> earlier) {
        var reasons = new ArrayList<String>();
        var all = new TreeMap<String, Object>(earlier);
        all.putAll(ingredients);
        for (String name : all.keySet()) {
            Object before = earlier.get(name);
            String now = ingredients.get(name);
            if (before == null || now == null) {
                reasons.add(name + (before == null ? " is new" : " is gone"));
            } else if (!before.equals(now)) {
                boolean hash = name.equals("graph")
                        || name.equals("code")
                        || name.startsWith("input ")
                        || name.startsWith("file ")
                        || name.startsWith("weights ");
                reasons.add(name + (hash ? " changed" : " changed from " + before + " to " + now));
            }
        }
        return reasons;
    }
}
