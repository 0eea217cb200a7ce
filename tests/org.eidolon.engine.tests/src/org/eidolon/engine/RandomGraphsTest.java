// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eidolon.api.Hashes;

/** Whatever the graph and whatever was run before, cached results are those of a computation by hand. */
class RandomGraphsTest {
    /** A node of a random graph: a bias and the earlier nodes it adds up. */
    private record Sketch(double bias, List<Integer> sources) {}

    @Property(tries = 15)
    void editsNeverLeaveAStaleResult(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int size)
            throws Exception {
        Path cache = Files.createTempDirectory("eidolon-test");
        try {
            var random = new Random(seed);
            var shop = new Workshop(cache);
            var graph = new ArrayList<Sketch>();
            for (int i = 0; i < size; i++) {
                graph.add(sketch(random, i));
            }
            for (int edit = 0; edit < 4; edit++) {
                var result = shop.run(plan(shop, graph, random));
                for (int i = 0; i < size; i++) {
                    if (result.entry("n" + i).isPresent()) {
                        assertThat(shop.number(result, "n" + i)).isEqualTo(byHand(graph, i));
                    }
                }
                int changed = random.nextInt(size);
                graph.set(changed, sketch(random, changed));
                shop.run(plan(shop, graph, random));
                assertThat(downstream(graph, changed)).containsAll(shop.started());
            }
        } finally {
            Hashes.deleteTree(cache);
        }
    }

    private static Sketch sketch(Random random, int index) {
        var sources = new ArrayList<Integer>();
        for (int k = 0; k < Math.min(index, 2); k++) {
            sources.add(random.nextInt(index));
        }
        return new Sketch(random.nextInt(5), sources);
    }

    /** Nodes and links in any order: the plan and its keys must not depend on it. */
    private static Plan plan(Workshop shop, List<Sketch> graph, Random random) throws PlanException {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < graph.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        var builder = shop.graph();
        for (int i : order) {
            Sketch sketch = graph.get(i);
            String type = sketch.sources.isEmpty() ? "test.constant" : "test.add";
            builder.node("n" + i, type, with(sketch.sources.isEmpty() ? "value" : "bias", sketch.bias));
        }
        for (int i : order) {
            List<Integer> sources = graph.get(i).sources;
            for (int k = 0; k < sources.size(); k++) {
                builder.link("n" + sources.get(k), "value", "n" + i, k == 0 ? "a" : "b");
            }
        }
        return builder.build(List.of());
    }

    private static double byHand(List<Sketch> graph, int index) {
        Sketch sketch = graph.get(index);
        return sketch.bias
                + sketch.sources.stream().mapToDouble(s -> byHand(graph, s)).sum();
    }

    private static Set<String> downstream(List<Sketch> graph, int changed) {
        var ids = new HashSet<>(Set.of(changed));
        for (int i = changed; i < graph.size(); i++) {
            if (graph.get(i).sources.stream().anyMatch(ids::contains)) {
                ids.add(i);
            }
        }
        var names = new HashSet<String>();
        ids.forEach(i -> names.add("n" + i));
        return names;
    }
}
