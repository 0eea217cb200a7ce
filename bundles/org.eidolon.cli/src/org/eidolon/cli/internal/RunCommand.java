// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Json;
import org.eidolon.api.Quality;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Session;
import org.eidolon.cli.Subcommand;
import org.eidolon.engine.Cache;
import org.eidolon.engine.Engine;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.Nearest;
import org.eidolon.graph.Problem;
import org.eidolon.graph.model.GraphNode;
import picocli.CommandLine.Command;
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
            "Exit codes: 0 done, 2 wrong arguments, 3 graph cannot run, 4 a node failed, 5 out of GPU memory, 130 cancelled"
        })
final class RunCommand implements Subcommand {
    @Parameters(paramLabel = "GRAPH", description = "the .eidolon file")
    private String graphFile;

    @Option(names = "--set", paramLabel = "NODE.PARAM=VALUE", description = "set a parameter; may be repeated")
    private List<String> set = new ArrayList<>();

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "set a declared input; may be repeated")
    private List<String> input = new ArrayList<>();

    @Option(names = "--params", paramLabel = "FILE", description = "JSON file with values: {\"set\": …, \"inputs\": …}")
    private String params;

    @Option(names = "--to", paramLabel = "NODE", description = "run only what this node needs; may be repeated")
    private List<String> to = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "folder for what is made (default: out/GRAPHNAME)")
    private String out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "start of random numbers (default: 0)")
    private long seed;

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

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|json",
            defaultValue = "auto",
            description = "form of what goes to standard error (default: auto, live on a terminal)")
    private String progress;

    @Option(names = "--resume", description = "go on where a killed or cancelled run was")
    private boolean resume;

    @Option(names = "--fresh", description = "run every node, whatever the cache holds")
    private boolean fresh;

    @Option(names = "--dry-run", description = "say what would run, and run nothing")
    private boolean dryRun;

    @Option(names = "--libtorch", paramLabel = "FOLDER", description = "an installed libtorch, such as a CUDA build")
    private String libtorch;

    @Option(names = "--cache", paramLabel = "DIR", description = "folder of the cache (default: ~/.cache/eidolon)")
    private String cache;

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

    private Session session;

    @Override
    public void attach(Session value) {
        session = value;
    }

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
        settings.check(session, graph, types);
        checkTargets(graph);
        Plan plan = plan(graph, settings, types);
        for (Problem warning : plan.warnings()) {
            ErrorLine line = CommandException.line(graph.given(), warning);
            session.messages().warning(line.where(), line.message(), line.advice());
        }
        RunOptions options = options(graph);
        Engine engine = engine();
        return dryRun ? explain(engine, plan, options) : run(engine, plan, options, graph);
    }

    private WorkerDuty duty() {
        Path previews = GraphArgument.path(session, "--worker", worker);
        return WorkerDuty.begin((Console) session.messages(), session.engines().types(), previews);
    }

    private void checkWords() {
        oneOf("--quality", quality, List.of("auto", "draft", "standard", "high"));
        oneOf("--progress", progress, List.of("auto", "plain", "json"));
        DeviceOption.libtorch(session, libtorch);
    }

    private static void oneOf(String option, String given, List<String> words) {
        if (!words.contains(given)) {
            throw CommandException.arguments(
                    option,
                    "'" + given + "' is not one of " + String.join(", ", words),
                    Nearest.advice(given, words, ""));
        }
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

    private Plan plan(GraphArgument graph, Settings settings, NodeTypes types) {
        var request = new PlanRequest(
                graph.graph(),
                graph.file().getParent(),
                graph.file().toString(),
                settings.settings(),
                settings.inputs(),
                session.workingFolder(),
                to);
        try {
            return new Planner(types).plan(request);
        } catch (PlanException e) {
            boolean own = e.problems().stream().allMatch(problem -> settings.caused(problem.where()));
            List<ErrorLine> lines = e.problems().stream()
                    .map(problem -> CommandException.line(graph.given(), graph.advise(problem, types)))
                    .toList();
            throw new CommandException(own ? ExitCode.ARGUMENTS : ExitCode.GRAPH, lines);
        }
    }

    private RunOptions options(GraphArgument graph) {
        List<Device> devices = DeviceOption.choose(session, device);
        Quality asked = quality.equals("auto") ? null : Quality.valueOf(quality.toUpperCase(Locale.ROOT));
        Path folder = out == null
                ? session.workingFolder().resolve("out").resolve(graph.name())
                : GraphArgument.path(session, "--out", out);
        RunOptions options = RunOptions.defaults()
                .withDevices(devices)
                .withSeed(seed)
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
        Path folder = cache == null
                ? Cache.defaultFolder(session.environment())
                : GraphArgument.path(session, "--cache", cache);
        try {
            return session.engines().open(session.workingFolder().resolve(folder));
        } catch (IOException e) {
            throw CommandException.arguments(
                    "--cache " + folder,
                    "the cache folder cannot be used: " + e.getMessage(),
                    "Name another with --cache or EIDOLON_CACHE");
        }
    }

    private int run(Engine engine, Plan plan, RunOptions options, GraphArgument graph) throws IOException {
        var console = (Console) session.messages();
        PrintStream before = System.out;
        System.setOut(System.err); // what libraries print must not get between the manifest and who reads it
        try (var interrupt = new Interrupt()) {
            RunFiles files = RunFiles.open(options.out(), resume);
            RunResult result;
            try (files) {
                Engine.RunHandle handle = engine.start(plan, options, event -> {
                    files.event(event);
                    console.event(event);
                });
                interrupt.onInterrupt(handle::cancel);
                result = handle.await();
            }
            session.out().println(Json.write(files.finish(graph.file(), plan, result, console)));
            session.out().flush();
            return result.outcome().exitCode();
        } finally {
            System.setOut(before);
        }
    }

    private int explain(Engine engine, Plan plan, RunOptions options) throws IOException {
        Map<String, List<String>> stale = engine.stale(plan, options);
        var nodes = new ArrayList<Map<String, Object>>();
        plan.nodes().forEach(node -> {
            List<String> reasons = stale.get(node.id());
            Map<String, Object> entry =
                    Fields.of("node", node.id(), "type", node.type().reference(), "run", reasons != null);
            if (reasons != null) {
                entry.put("reasons", reasons);
                session.messages().info(node.id() + " would run (" + String.join("; ", reasons) + ")");
            }
            nodes.add(entry);
        });
        var planned = new RunEvent.Planned(
                plan.name(),
                plan.nodes().stream().map(Plan.PlanNode::id).toList(),
                List.copyOf(stale.keySet()),
                options.settledQuality(),
                options.devices(),
                options.seed());
        session.out().println(Json.write(manifestOfPlan(planned, options, nodes)));
        session.messages()
                .info(
                        stale.isEmpty()
                                ? "nothing has changed: a run would be answered from the cache"
                                : PlainConsole.summary(planned) + "; nothing was run");
        return ExitCode.DONE;
    }

    private static Map<String, Object> manifestOfPlan(
            RunEvent.Planned planned, RunOptions options, List<Map<String, Object>> nodes) {
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", "planned");
        json.put("graph", planned.graph());
        json.put("out", options.out().toString());
        json.put("quality", planned.quality());
        json.put("devices", planned.devices());
        json.put("seed", planned.seed());
        json.put("nodes", nodes);
        return json;
    }
}
