// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Engine;
import org.eidolon.engine.Faults;
import org.eidolon.engine.FolderClaim;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Plan;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.RunResult;
import org.eidolon.graph.Problem;

/**
 * A graph with the user's own values, planned and run.
 *
 * @param to ids of the nodes to run; empty for all
 */
record GraphRun(ConsoleSession session, GraphArgument graph, NodeTypes types, Settings settings, List<String> to) {

    /** With other values. */
    GraphRun with(UnaryOperator<Settings> change) {
        return new GraphRun(session, graph, types, change.apply(settings), to);
    }

    /** How a run went, and what to print of it. */
    record Finished(RunResult result, Map<String, Object> manifest) {}

    /** Checks the values and plans; tells warnings. Every way to fail is exit code 2 or 3 with advice. */
    Plan plan() {
        Plan plan = planned();
        for (Problem warning : plan.warnings()) {
            ErrorLine line = CommandException.line(graph.given(), warning);
            session.messages().warning(line.where(), line.message(), line.advice());
        }
        return plan;
    }

    /** The same without a word. */
    Plan planned() {
        settings.check(session, graph, types);
        var request = new PlanRequest(
                graph.graph(),
                graph.folder(),
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

    /** Runs the plan. @param outGiven the out folder as the user named it */
    Finished run(Engine engine, Plan plan, RunOptions options, String outGiven, Interrupt interrupt)
            throws IOException {
        Console console = session.messages();
        PrintStream before = System.out;
        System.setOut(System.err); // what libraries print must not get between the manifest and who reads it
        try (Closeable claim = claim(options.out(), outGiven)) {
            var discretion = new Discretion(
                    session.workingFolder(),
                    graph.folder(),
                    options.out(),
                    engine.cache().root(),
                    Path.of(System.getProperty("user.home")));
            RunFiles files = RunFiles.open(options.out(), options.resume(), discretion);
            RunResult result;
            try (files) {
                Engine.RunHandle handle = engine.start(plan, options, event -> {
                    files.event(event);
                    console.event(event);
                });
                interrupt.onInterrupt(handle::cancel);
                result = handle.await();
            } catch (IOException e) {
                throw unusable(engine, e);
            }
            return new Finished(result, files.finish(graph.given(), outGiven, plan, result, console));
        } finally {
            System.setOut(before);
        }
    }

    private static Closeable claim(Path out, String outGiven) {
        Closeable claim;
        try {
            claim = FolderClaim.take(out);
        } catch (IOException e) {
            throw RunFiles.notWritable(out, e);
        }
        if (claim == null) {
            throw CommandException.arguments(
                    "--out " + outGiven,
                    "another run is writing into this folder",
                    "Wait until it is done, or name another folder with --out");
        }
        return claim;
    }

    private static CommandException unusable(Engine engine, IOException e) {
        return new CommandException(
                ExitCode.INTERNAL,
                List.of(new ErrorLine(
                        "cache " + engine.cache().root(),
                        "the cache cannot be used: " + Faults.describe(e),
                        "Make room or allow writing there, or name another with --cache or EIDOLON_CACHE")));
    }

    /** Says what a run would do and runs nothing; gives the manifest. */
    Map<String, Object> explain(Engine engine, Plan plan, RunOptions options, String outGiven) throws IOException {
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
                plan.title(),
                plan.nodes().stream().map(Plan.PlanNode::id).toList(),
                List.copyOf(stale.keySet()),
                options.settledQuality(),
                options.devices(),
                options.seed());
        session.messages()
                .info(
                        stale.isEmpty()
                                ? "nothing has changed: a run would be answered from the cache"
                                : PlainConsole.summary(planned) + "; nothing was run");
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", "planned");
        json.put("graph", graph.given());
        json.put("out", outGiven);
        json.put("quality", planned.quality());
        json.put("devices", planned.devices());
        json.put("seed", planned.seed());
        json.put("nodes", nodes);
        return json;
    }
}
