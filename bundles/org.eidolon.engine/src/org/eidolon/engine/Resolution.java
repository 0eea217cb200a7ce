// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.eidolon.api.value.Artifacts;
import org.eidolon.engine.Plan.PlanNode;
import org.eidolon.engine.Plan.Source;

/**
 * Which nodes of a plan must run. Asked from the targets back: a node that the cache answers needs nothing before it,
 * so what lies behind may even have left the cache.
 *
 * @param toRun ids, sources first
 * @param entries of the nodes that are needed and that the cache answers, bytes verified
 */
record Resolution(Set<String> toRun, Map<String, Cache.Entry> entries) {

    static Resolution of(Plan plan, Map<String, ContentKey> keys, Cache cache, RunOptions options) {
        Set<String> needed = new HashSet<>(plan.targets());
        var run = new HashSet<String>();
        var entries = new LinkedHashMap<String, Cache.Entry>();
        for (PlanNode node : plan.nodes().reversed()) {
            if (!needed.contains(node.id()) && !(options.out() != null && givesArtifacts(node))) {
                continue;
            }
            String key = keys.get(node.id()).hash();
            var entry = options.fresh() ? null : cache.find(key).orElse(null);
            if (entry != null && cache.verify(entry)) {
                entries.put(node.id(), entry);
                continue;
            }
            run.add(node.id());
            node.sources().stream().map(Source::node).forEach(needed::add);
        }
        var ordered = new LinkedHashSet<String>();
        plan.nodes().stream().map(PlanNode::id).filter(run::contains).forEach(ordered::add);
        return new Resolution(ordered, entries);
    }

    static boolean givesArtifacts(PlanNode node) {
        return node.type().outputs().stream().anyMatch(output -> output.type() == Artifacts.class);
    }
}
