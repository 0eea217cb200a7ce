// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.In;
import org.eidolon.api.Json;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Scalar;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunOptions;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon bench engine}: what the engine itself costs, with nodes that do next to nothing. */
@Command(
        name = "engine",
        description =
                "Measures start, planning, and answering from the cache, of a graph of many small nodes. A table on "
                        + "standard error, one JSON object on standard output.",
        sortOptions = false)
final class BenchEngineCommand extends OwnCommand {
    private static final int CHAIN = 50;
    private static final int MOST_NODES = 50_000;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1000", description = "how many (default: 1000)")
    private int nodes;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "5", description = "how often (default: 5)")
    private int repeat;

    /** Adds a number to what comes in. */
    @NodeType(id = "bench.add", category = "Benchmark", doc = "Adds a number.")
    public record Add(@In(optional = true) Scalar a, @Param double value) implements Node<Add.Out> {
        /** The sum. */
        public record Out(Scalar sum) {}

        /** The defaults. */
        public Add() {
            this(null, 0);
        }

        @Override
        public Out run(Run run) {
            return new Out(new Scalar((a == null ? 0 : a.value()) + value));
        }
    }

    /** The one node type of this benchmark, which is installed nowhere else. */
    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Add.class);
        }

        @Override
        public String version() {
            return "1";
        }
    }

    @Override
    public Integer call() throws IOException {
        if (nodes < 1 || nodes > MOST_NODES || repeat < 1 || repeat > 1000) {
            throw CommandException.arguments("--nodes, --repeat", "1 to " + MOST_NODES + " nodes, 1 to 1000 times", "");
        }
        double start = sinceStart();
        String text = GraphWriter.write(graph());
        Path folder = session.scratch();
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        computed(text, folder, seconds);
        for (int i = 0; i < repeat; i++) {
            answered(text, folder, seconds);
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("nodes", nodes);
        json.put("repeat", repeat);
        json.put("startSeconds", rounded(start));
        session.messages().info(String.format(Locale.ROOT, "%-34s %8.3f s", "process start to this command", start));
        seconds.forEach((what, measured) -> {
            measured.sort(null);
            double median = measured.get(measured.size() / 2);
            json.put(what + "Seconds", rounded(median));
            session.messages()
                    .info(String.format(
                            Locale.ROOT,
                            "%-34s %8.3f s  (%.3f to %.3f)",
                            what + ", " + nodes + " nodes",
                            median,
                            measured.get(0),
                            measured.get(measured.size() - 1)));
        });
        session.out().println(Json.write(json));
        return ExitCode.DONE;
    }

    /** Chains of fifty, as wide as need be. */
    private Graph graph() {
        Graph graph = Graphs.create();
        for (int i = 0; i < nodes; i++) {
            GraphNode node = Graphs.addNode(graph, "n" + i, "bench.add", 1);
            node.getParameters().put("value", new JsonPrimitive(i));
            if (i % CHAIN > 0) {
                Graphs.addLink(node, "a", "n" + (i - 1) + ".sum");
            }
        }
        return graph;
    }

    private void computed(String text, Path folder, Map<String, List<Double>> seconds) throws IOException {
        var types = new NodeTypes(new Library());
        run(
                new Engine(types, new Cache(folder), List.of()),
                plan(GraphReader.read(text), types, folder),
                "computing",
                seconds);
    }

    /** With nothing in memory: types, cache and graph anew, as in a process of its own. */
    private void answered(String text, Path folder, Map<String, List<Double>> seconds) throws IOException {
        var types = new NodeTypes(new Library());
        long begin = System.nanoTime();
        Graph graph = GraphReader.read(text);
        note(seconds, "reading", begin);
        begin = System.nanoTime();
        Plan plan = plan(graph, types, folder);
        note(seconds, "planning", begin);
        run(new Engine(types, new Cache(folder), List.of()), plan, "answering", seconds);
    }

    private static Plan plan(Graph graph, NodeTypes types, Path folder) {
        try {
            return new Planner(types).plan(PlanRequest.of(graph, folder.resolve("bench")));
        } catch (PlanException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(Engine engine, Plan plan, String what, Map<String, List<Double>> seconds) throws IOException {
        long begin = System.nanoTime();
        var result = engine.run(plan, RunOptions.defaults(), event -> {});
        note(seconds, what, begin);
        if (result.entries().size() < (nodes + CHAIN - 1) / CHAIN) {
            throw new IllegalStateException("the benchmark's graph did not run: " + result.failures());
        }
    }

    private static void note(Map<String, List<Double>> seconds, String what, long begin) {
        seconds.computeIfAbsent(what, w -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e9);
    }

    /** Of this process, the start script before it included, as it becomes Java by exec. */
    private static double sinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(started -> Duration.between(started, Instant.now()).toMillis() / 1e3)
                .orElse(0.0);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e4) / 1e4;
    }
}
