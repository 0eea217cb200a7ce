// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eidolon.api.Device;
import org.eidolon.api.Json;
import org.eidolon.api.Quality;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RunOptions;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Nearest;
import org.eidolon.graph.model.GraphNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon run}. */
@Command(
        name = "run",
        description = "Runs a graph; prints a JSON manifest of what was made.",
        sortOptions = false,
        footer = {
            "",
            "Paths given here resolve against the working folder; paths inside a graph stay inside its folder.",
            "Exit codes: 0 done, 2 wrong arguments, 3 graph cannot run, 4 a node failed, 5 out of GPU memory,",
            "6 some items of a batch or sweep failed, 130 cancelled"
        })
final class RunCommand extends OwnCommand {
    private static final List<String> QUALITIES = List.of("auto", "draft", "standard", "high");

    @Parameters(paramLabel = "GRAPH", description = "a graph file, a pack, or a GLB that carries its graph")
    private String graphFile;

    @Option(names = "--set", paramLabel = "NODE.PARAM=VALUE", description = "set a parameter; may be repeated")
    private List<String> set = new ArrayList<>();

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "set a declared input; may be repeated")
    private List<String> input = new ArrayList<>();

    @Option(names = "--params", paramLabel = "FILE", description = "JSON file with values: {\"set\": …, \"inputs\": …}")
    private String params;

    @Option(names = "--to", paramLabel = "NODE", description = "run only what this node needs; may be repeated")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--batch",
            paramLabel = "[NAME=]GLOB",
            description = "run once for each file, such as 'in/*.jpg', given to the declared input NAME; a folder each")
    private String batch;

    @Option(
            names = "--sweep",
            paramLabel = "NODE.PARAM=V,V…",
            description = "run once for each value; of numbers FROM..TO:COUNT; a folder each, and one picture of all")
    private String sweep;

    @Option(names = "--retry", description = "of a batch or sweep, run only the items not recorded as done")
    private boolean retry;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for what is made (default: out/GRAPHNAME)")
    private String out;

    @Option(names = "--seed", paramLabel = "N", description = "start of random numbers (default: 0, or a GLB's own)")
    private Long seed;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda:N",
            defaultValue = "auto",
            description = "where to compute (default: auto, a GPU if there is one)")
    private String device;

    @Option(
            names = "--quality",
            paramLabel = "auto|draft|standard|high",
            defaultValue = "auto",
            description = "how much work to spend (default: auto, draft on a CPU, standard on a GPU)")
    private String quality;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--resume", description = "go on where a killed or cancelled run was")
    private boolean resume;

    @Option(names = "--fresh", description = "run every node, whatever the cache holds")
    private boolean fresh;

    @Option(names = "--dry-run", description = "say what would run, and run nothing")
    private boolean dryRun;

    @Option(
            names = "--as",
            paramLabel = "FILE",
            description = "for editors: the graph file that GRAPH stands for; paths in it resolve beside that one")
    private String as;

    @Option(
            names = "--worker",
            paramLabel = "DIR",
            description = "for programs that supervise a run: signs of life, previews as files in DIR, an end when"
                    + " nobody reads; needs --progress json")
    private String worker;

    @Override
    public Integer call() throws IOException {
        checkWords();
        try (WorkerDuty duty = worker == null ? null : duty()) {
            return planAndRun();
        }
    }

    private int planAndRun() throws IOException {
        GraphArgument given = GraphArgument.load(session, graphFile);
        GraphArgument graph = as == null ? given : given.as(session, as);
        NodeTypes types = session.engines().types();
        Settings settings = Settings.read(session, params, input, set);
        checkTargets(graph);
        var run = new GraphRun(session, graph, types, settings, to);
        if (batch != null) {
            var items = BatchItems.find(session, graph, types, settings, batch);
            return new Batch(run, items, engine(), options(graph), outGiven(graph), retry, dryRun).call();
        }
        if (sweep != null) {
            var items = SweepItems.of(run, sweep, seed);
            out = out == null ? SweepItems.folder(graph, items) : out;
            return new Batch(run, items, engine(), options(graph), out, retry, dryRun).call();
        }
        Plan plan = run.plan();
        RunOptions options = options(graph);
        if (dryRun) {
            session.out().println(Json.write(run.explain(engine(), plan, options, outGiven(graph))));
            return ExitCode.DONE;
        }
        try (var interrupt = new Interrupt(session::cleanUp)) {
            GraphRun.Finished finished = run.run(engine(), plan, options, outGiven(graph), interrupt);
            session.out().println(Json.write(finished.manifest()));
            session.out().flush();
            return finished.result().outcome().exitCode();
        }
    }

    private WorkerDuty duty() {
        Path previews = GraphArgument.path(session, "--worker", worker);
        return WorkerDuty.begin(session.messages(), session.engines().types(), previews);
    }

    private void checkWords() {
        EngineOptions.oneOf("--quality", quality, QUALITIES);
        if (retry && batch == null && sweep == null) {
            throw CommandException.arguments(
                    "--retry", "it goes with --batch and --sweep only", "Did you mean --resume?");
        }
        if (batch != null && sweep != null) {
            throw CommandException.arguments(
                    "--sweep", "it does not go together with --batch", "Sweep each of the files by itself");
        }
        engine.prepare(session);
    }

    private void checkTargets(GraphArgument graph) {
        List<String> ids =
                graph.graph().getNodes().stream().map(GraphNode::getId).toList();
        for (String target : to) {
            if (target.indexOf('/') < 0 && Graphs.node(graph.graph(), target) == null) {
                throw CommandException.arguments(
                        "--to " + target,
                        graph.given() + " has no node '" + target + "'",
                        Nearest.advice(target, ids, "It has " + String.join(", ", ids)));
            }
        }
    }

    private String outGiven(GraphArgument graph) {
        return out == null ? "out/" + graph.name() : out;
    }

    private RunOptions options(GraphArgument graph) {
        List<Device> devices = DeviceOption.choose(session, device);
        String carried = graph.quality() != null && QUALITIES.contains(graph.quality()) ? graph.quality() : "auto";
        String wanted = quality.equals("auto") ? carried : quality;
        Quality asked = wanted.equals("auto") ? null : Quality.valueOf(wanted.toUpperCase(Locale.ROOT));
        Path folder = GraphArgument.path(session, "--out", outGiven(graph));
        RunOptions options = RunOptions.defaults()
                .withDevices(devices)
                .withSeed(seed != null ? seed : graph.seed() != null ? graph.seed() : 0)
                .withQuality(asked)
                .withOut(folder)
                .withResume(resume)
                .withFresh(fresh);
        if (asked == null) {
            session.messages()
                    .info("quality is " + options.settledQuality() + " because this runs on "
                            + (devices.get(0).isGpu() ? "a GPU" : "the CPU") + "; --quality chooses another");
        }
        return options;
    }

    private Engine engine() {
        return session.engines().open(engine.cache(session));
    }
}
