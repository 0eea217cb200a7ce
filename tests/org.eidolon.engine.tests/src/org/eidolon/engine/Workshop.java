// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Accelerator;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.value.Values;

/** An engine on a cache folder, and the events of its runs. */
final class Workshop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final NodeTypes types;
    final Cache cache;
    final Engine engine;
    final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    RunOptions options = RunOptions.defaults().withThreads(2);

    Workshop(Path cacheFolder, NodeLibrary library, Accelerator... accelerators) throws IOException {
        TestNodes.RUNS.clear();
        types = new NodeTypes(library);
        cache = new Cache(cacheFolder);
        engine = new Engine(types, cache, List.of(accelerators));
    }

    Workshop(Path cacheFolder) throws IOException {
        this(cacheFolder, new TestNodes());
    }

    PlanBuilder graph() {
        return new PlanBuilder(types, "test graph");
    }

    RunResult run(Plan plan) throws IOException {
        events.clear();
        return engine.run(plan, options, events::add);
    }

    double number(RunResult result, String node) throws IOException {
        return cache.load(result.entry(node).orElseThrow(), "value", Values.NUMBER)
                .value();
    }

    String text(RunResult result, String node) throws IOException {
        return cache.load(result.entry(node).orElseThrow(), "text", Values.TEXT).value();
    }

    <E extends RunEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until an event of a kind has come. */
    void await(Class<? extends RunEvent> type) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (events(type).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no " + type.getSimpleName() + " within " + PATIENCE + ", only " + events);
            }
            Thread.sleep(5);
        }
    }

    List<String> started() {
        return events(RunEvent.Started.class).stream()
                .map(RunEvent.Started::node)
                .toList();
    }

    List<String> reasons(String node) {
        return events(RunEvent.Started.class).stream()
                .filter(e -> e.node().equals(node))
                .findFirst()
                .orElseThrow()
                .reasons();
    }

    static Map<String, Object> with(Object... pairs) {
        var map = new java.util.LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
