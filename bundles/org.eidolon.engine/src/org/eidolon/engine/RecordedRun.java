// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eidolon.api.Device;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.api.Quality;

/**
 * A run as its record tells it: enough to run it again and to see whether the same comes out. What a node ran with must
 * give the key that the record has for it, so that a record that was changed by hand or damaged is found out.
 *
 * @param graphName as the run called its graph
 * @param graph its text, the user's settings in it
 * @param subgraphs texts of the graphs in it, by their path in the graph's folder
 * @param targets ids of the nodes that were asked for; empty for all
 * @param outcome such as {@code done}
 * @param nodes by id, sources first
 * @param artifacts sha256 of the files in the out folder, by name
 */
public record RecordedRun(
        String graphName,
        String graph,
        Map<String, String> subgraphs,
        long seed,
        Quality quality,
        Device device,
        List<String> targets,
        String outcome,
        Map<String, RecordedNode> nodes,
        Map<String, String> artifacts) {
    private static final String AGAIN = "Run the graph once more with 'eidolon run' to have a record of this version";
    private static final String WHOLE = "Take the report.json as the run wrote it";

    /**
     * A node of the record.
     *
     * @param type with version
     * @param library that brought it, with version
     * @param parameters as JSON values; of files their path in the graph's folder, or their last name
     * @param files sha256 by parameter
     * @param outputs sha256 by output; empty where the node did not run
     */
    public record RecordedNode(
            String type,
            String library,
            Map<String, Object> parameters,
            Map<String, String> files,
            ContentKey key,
            Map<String, String> outputs) {}

    /**
     * Reads a record.
     *
     * @throws RecordException where it is of an older version, damaged, or changed
     */
    public static RecordedRun of(Map<String, Object> json) throws RecordException {
        var root = new Fields("", json);
        long schema = root.whole("schema");
        if (schema < RunRecord.SCHEMA) {
            throw new RecordException(
                    "",
                    "this record is of an older version (record schema " + schema
                            + "), which did not keep the graph as run",
                    AGAIN);
        }
        if (schema > RunRecord.SCHEMA) {
            throw new RecordException(
                    "",
                    "this record is of a newer version (record schema " + schema + ", this one reads up to "
                            + RunRecord.SCHEMA + ")",
                    "Update Eidolon");
        }
        Fields graph = root.object("graph");
        Quality quality;
        Device device;
        try {
            quality = Quality.valueOf(root.text("quality").toUpperCase(Locale.ROOT));
            device = Device.of(root.texts("devices").getFirst());
        } catch (RuntimeException e) {
            throw new RecordException("", "its quality or its devices cannot be read: " + e.getMessage(), WHOLE);
        }
        var run = new RecordedRun(
                graph.fileName("name"),
                graph.text("asRun"),
                graph.hasField("subgraphs") ? graph.object("subgraphs").textByName() : Map.of(),
                root.whole("seed"),
                quality,
                device,
                root.hasField("to") ? root.texts("to") : List.of(),
                root.text("outcome"),
                new LinkedHashMap<>(),
                root.object("artifacts").hashes());
        Fields nodes = root.object("nodes");
        for (String id : nodes.json.keySet()) {
            run.nodes.put(id, run.node(nodes.object(id)));
        }
        return run;
    }

    private RecordedNode node(Fields node) throws RecordException {
        Map<String, Object> parameters = node.mapOrEmpty("parameters");
        var files = node.hasField("files") ? node.object("files").hashes() : Map.<String, String>of();
        var outputs = node.hasField("outputs") ? node.object("outputs").hashes() : Map.<String, String>of();
        var parts = new TreeMap<String, String>();
        parts.put("node", node.text("type"));
        parts.put(node.hasField("code") ? "code" : "library", node.text(node.hasField("code") ? "code" : "library"));
        parameters.forEach((name, value) -> parts.put(
                files.containsKey(name) ? "file " + name : "parameter " + name,
                files.containsKey(name) ? files.get(name) : Json.write(value)));
        if (node.hasField("weights")) {
            node.object("weights").hashes().forEach((id, sha256) -> parts.put("weights " + id, sha256));
        }
        if (node.hasField("machine")) {
            node.object("machine").textByName().forEach((name, value) -> parts.put("machine " + name, value));
        }
        inputs(node, parts);
        for (String use : node.hasField("uses") ? node.texts("uses") : List.<String>of()) {
            uses(use, parts);
        }
        ContentKey key = ContentKey.of(parts);
        if (!key.hash().equals(node.text("key"))) {
            throw new RecordException(
                    node.where,
                    "what the record says of this node does not give its key: the record was changed or is damaged",
                    WHOLE);
        }
        return new RecordedNode(node.text("type"), node.text("library"), parameters, files, key, outputs);
    }

    private void inputs(Fields node, SortedMap<String, String> parts) throws RecordException {
        if (!node.hasField("inputs")) {
            return;
        }
        Fields inputs = node.object("inputs");
        for (String port : inputs.json.keySet()) {
            var list = new ArrayList<String>();
            for (String source : inputs.texts(port)) {
                int dot = source.lastIndexOf('.');
                RecordedNode from = dot < 0 ? null : nodes.get(source.substring(0, dot));
                if (from == null) {
                    throw new RecordException(
                            inputs.where + "." + port, "the record has no node before it for '" + source + "'", WHOLE);
                }
                list.add(from.key().hash() + source.substring(dot));
            }
            parts.put("input " + port, String.join(" ", list));
        }
    }

    private void uses(String name, SortedMap<String, String> parts) {
        switch (name) {
            case "seed" -> parts.put("seed", Long.toString(seed));
            case "quality" -> parts.put("quality", quality.toString());
            case "graph" -> parts.put("graph", Hashes.of(graph));
            case "device" -> parts.put("device", device.kind());
            default -> {
                // says nothing about the result, or the key will not come out
            }
        }
    }

    /** The fields of an object in the record; whatever is not there or of another kind is said with its place. */
    private record Fields(String where, Map<String, Object> json) {
        boolean hasField(String name) {
            return json.containsKey(name);
        }

        String text(String name) throws RecordException {
            return json.get(name) instanceof String text ? text : this.<String>missing(name, "a text");
        }

        /** A text that can be the last part of a path anywhere. */
        String fileName(String name) throws RecordException {
            String text = text(name);
            return text.isBlank() || text.matches(".*[/\\\\\\x00-\\x1f].*|\\.\\.?")
                    ? this.<String>missing(name, "the name of a file")
                    : text;
        }

        long whole(String name) throws RecordException {
            return json.get(name) instanceof Long number ? number : this.<Long>missing(name, "a whole number");
        }

        List<String> texts(String name) throws RecordException {
            if (json.get(name) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            return missing(name, "a list of texts");
        }

        Fields object(String name) throws RecordException {
            if (json.get(name) instanceof Map<?, ?>) {
                return new Fields(where.isEmpty() ? name : where + "." + name, mapOrEmpty(name));
            }
            return missing(name, "an object");
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> mapOrEmpty(String name) {
            return json.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        }

        Map<String, String> textByName() throws RecordException {
            var map = new LinkedHashMap<String, String>();
            for (String name : json.keySet()) {
                map.put(name, text(name));
            }
            return map;
        }

        /** Texts that must be sha256: they become names of files. */
        Map<String, String> hashes() throws RecordException {
            Map<String, String> map = textByName();
            for (var entry : map.entrySet()) {
                if (!entry.getValue().matches("[0-9a-f]{64}")) {
                    this.missing(entry.getKey(), "a sha256");
                }
            }
            return map;
        }

        private <T> T missing(String name, String what) throws RecordException {
            throw new RecordException(
                    where.isEmpty() ? name : where + "." + name,
                    json.containsKey(name) ? "the record should have " + what + " here" : "the record lacks " + what,
                    WHOLE);
        }
    }
}
