// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.eidolon.api.Json;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.ValueType;
import org.eidolon.api.value.Artifacts;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;
import org.eidolon.engine.RecordedRun.RecordedNode;

/**
 * A recorded run and one of now, node by node: what each ran with (its key) and, once it has run, what came out (the hashes
 * of its outputs). What came out decides; a node may well make the same of other code.
 *
 * @param rows in the order of the plan, then what only the record has
 */
public record RunComparison(List<Row> rows) {
    /** How a node of now stands to the recorded one. */
    public enum Result {
        SAME,
        DIFFERS,
        /** The record has no outputs of it, as it did not run then. */
        NOT_RECORDED,
        /** Not in the record. */
        NEW,
        /** In the record only. */
        GONE,
        /** It has not run now. */
        NOT_RUN
    }

    /**
     * A node.
     *
     * @param type with version
     * @param sameKey whether it runs with the same as then
     * @param reasons what is not as it was, for people; also of a node whose result is the same in spite of that
     */
    public record Row(String node, String type, boolean sameKey, Result result, List<String> reasons) {
        Row with(List<String> more) {
            var all = new ArrayList<>(reasons);
            all.addAll(more);
            return new Row(node, type, sameKey, result, List.copyOf(all));
        }
    }

    /** Whether nothing differs, as far as it can be known. */
    public boolean same() {
        return rows.stream().allMatch(row -> row.result == Result.SAME || row.result == Result.NOT_RECORDED);
    }

    /** How many nodes have a result of the kind. */
    public int count(Result result) {
        return (int) rows.stream().filter(row -> row.result == result).count();
    }

    /** Before a run: a node differs where it would run with something else than then. */
    public static RunComparison planned(RecordedRun before, Plan plan, RunOptions options) {
        return of(before, plan, options, null);
    }

    /** After a run: a node differs where it made something else than then. */
    public static RunComparison made(RecordedRun before, Plan plan, RunOptions options, RunResult result) {
        return of(before, plan, options, result);
    }

    /**
     * The same, and of nodes that differ by how much, where the recorded result is still in a cache.
     *
     * @param then the cache that may have recorded results
     * @param now the cache of the run of now
     */
    public RunComparison withDistances(RecordedRun before, Cache then, RunResult result, Cache now, NodeTypes types) {
        return new RunComparison(rows.stream()
                .map(row -> row.result != Result.DIFFERS
                        ? row
                        : row.with(distances(
                                before.nodes().get(row.node),
                                then,
                                result.entries().get(row.node),
                                now,
                                types)))
                .toList());
    }

    private static List<String> distances(RecordedNode node, Cache then, Cache.Entry made, Cache now, NodeTypes types) {
        var found = new ArrayList<String>();
        Cache.Entry kept = then.find(node.key().hash()).filter(then::verify).orElse(null);
        if (kept == null || made == null || !kept.outputs().equals(node.outputs())) {
            return found;
        }
        var type =
                types.find((String) made.manifest().get("type")).orElseThrow().type();
        for (NodeDescriptor.Output output : type.outputs()) {
            String name = output.name();
            if (!kept.outputs().containsKey(name)
                    || kept.outputs().get(name).equals(made.outputs().get(name))
                    || output.type() == Artifacts.class) {
                continue;
            }
            try {
                ValueType<?> value = types.valueType(output.type());
                found.add(name + ": " + Distance.between(then.load(kept, name, value), now.load(made, name, value)));
            } catch (IOException e) {
                // it was written by a version that this one cannot read
            }
        }
        return found;
    }

    private static RunComparison of(RecordedRun before, Plan plan, RunOptions options, RunResult result) {
        Map<String, ContentKey> keys = ContentKey.of(plan, options);
        var rows = new LinkedHashMap<String, Row>();
        for (PlanNode node : plan.nodes()) {
            RecordedNode then = before.nodes().get(node.id());
            ContentKey key = keys.get(node.id());
            var reasons =
                    then == null ? new ArrayList<>(List.of("it is not in the record")) : reasons(node, then, key, rows);
            boolean sameKey = then != null && then.key().hash().equals(key.hash());
            Result outcome = then == null
                    ? Result.NEW
                    : result == null
                            ? (sameKey ? Result.SAME : Result.DIFFERS)
                            : outputs(then, made(result, node.id()));
            if (outcome == Result.DIFFERS && reasons.isEmpty()) {
                reasons.add(sameKey ? otherBytes(options) : "its inputs are linked otherwise");
            }
            rows.put(node.id(), new Row(node.id(), node.type().reference(), sameKey, outcome, List.copyOf(reasons)));
        }
        before.nodes()
                .forEach((id, then) -> rows.computeIfAbsent(
                        id, gone -> new Row(id, then.type(), false, Result.GONE, List.of("it is in the record only"))));
        return new RunComparison(List.copyOf(rows.values()));
    }

    /** Why equal work may give different bytes. */
    private static String otherBytes(RunOptions options) {
        return "it ran with the same and gave other bytes: "
                + (options.devices().getFirst().isGpu()
                        ? "a GPU adds in another order each time, so that the last bits may differ"
                        : "another machine, number of threads or libtorch rounds otherwise, or the node draws chance that"
                                + " no seed gives");
    }

    /** Hashes of a node's outputs, also where it lies behind one that the cache answered; null where it has none. */
    private static Object made(RunResult result, String id) {
        return result.record().get("nodes") instanceof Map<?, ?> nodes && nodes.get(id) instanceof Map<?, ?> node
                ? node.get("outputs")
                : null;
    }

    private static Result outputs(RecordedNode then, Object now) {
        if (then.outputs().isEmpty()) {
            return Result.NOT_RECORDED;
        }
        return now == null ? Result.NOT_RUN : then.outputs().equals(now) ? Result.SAME : Result.DIFFERS;
    }

    /** What a node runs with that is not as it was. */
    private static ArrayList<String> reasons(
            PlanNode node, RecordedNode then, ContentKey key, Map<String, Row> earlier) {
        var reasons = new ArrayList<String>();
        Map<String, String> was = then.key().ingredients(), is = key.ingredients();
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            String a = was.get(name), b = is.get(name);
            if (name.equals("code") || name.equals("library")) {
                if (!Objects.equals(a, b) && reasons.stream().noneMatch(r -> r.startsWith("other code"))) {
                    reasons.add(otherCode(then.library(), node.library()));
                }
            } else if (!name.startsWith("input ") && !Objects.equals(a, b) && !sameValue(node, name, a, b)) {
                reasons.add(changed(name, a, b));
            }
        }
        node.inputs().forEach((port, sources) -> {
            for (Source source : sources) {
                Row row = earlier.get(source.node());
                if (row != null && row.result() != Result.SAME && row.result() != Result.NOT_RECORDED) {
                    reasons.add("its input " + port + " comes from " + source.node() + ", which differs");
                }
            }
        });
        return reasons;
    }

    /** Whether two spellings of a parameter mean one value: records had 0 where auto is written now. */
    private static boolean sameValue(PlanNode node, String name, String then, String now) {
        var parameter = node.type().parameter(name.substring(name.indexOf(' ') + 1));
        if (!name.startsWith("parameter ") || parameter.isEmpty() || then == null || now == null) {
            return false;
        }
        try {
            return Objects.equals(
                    parameter.get().parse(Json.parse(then)), parameter.get().parse(Json.parse(now)));
        } catch (IllegalArgumentException e) {
            return false; // what it was is none of today's values
        }
    }

    private static String otherCode(String then, String now) {
        if (then.equals(now)) {
            return "other code: " + then + ", rebuilt";
        }
        int version = then.lastIndexOf(' ') + 1;
        boolean sameName = now.startsWith(then.substring(0, version));
        return "other code: " + then + " then, " + (sameName ? now.substring(version) : now) + " now";
    }

    private static String changed(String name, String then, String now) {
        if (then == null || now == null) {
            return name + (then == null ? " is new" : " is gone");
        }
        if (name.equals("node")) {
            return "node version " + then + " then, " + now + " now";
        }
        if (name.startsWith("file ") || name.startsWith("weights ")) {
            return (name.startsWith("file ") ? "another " : "other ") + name + ": sha256 " + then.substring(0, 8)
                    + "… then, " + now.substring(0, 8) + "… now";
        }
        return name.equals("graph") ? "the graph as run changed" : name + " " + then + " then, " + now + " now";
    }
}
