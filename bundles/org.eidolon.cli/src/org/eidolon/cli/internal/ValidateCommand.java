// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.PlanException;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.graph.GraphPaths;
import org.eidolon.graph.GraphValidator;
import org.eidolon.graph.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon validate}. */
@Command(name = "validate", description = "Checks graphs without running them.", sortOptions = false)
final class ValidateCommand extends OwnCommand {
    @Parameters(
            paramLabel = "GRAPH",
            arity = "1..*",
            description = "graph files, packs, or GLBs that carry their graph")
    private List<String> files;

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|json",
            defaultValue = "auto",
            description = "form of what goes to standard error")
    private String progress;

    @Override
    public Integer call() {
        var results = new ArrayList<Map<String, Object>>();
        boolean valid = true;
        for (String file : files) {
            List<Reported> problems = check(file);
            boolean errors = problems.stream().anyMatch(Reported::error);
            valid &= !errors;
            problems.forEach(this::say);
            var result = new LinkedHashMap<String, Object>();
            result.put("graph", file);
            result.put("valid", !errors);
            result.put("problems", problems.stream().map(Reported::json).toList());
            results.add(result);
            if (!errors) {
                session.messages().info(file + ": sound" + (problems.isEmpty() ? "" : ", with warnings"));
            }
        }
        session.out().println(Json.write(results.size() == 1 ? results.get(0) : results));
        return valid ? ExitCode.DONE : ExitCode.GRAPH;
    }

    private record Reported(boolean error, ErrorLine line) {
        Map<String, Object> json() {
            return Fields.of(
                    "severity",
                    error ? "error" : "warning",
                    "where",
                    line.where(),
                    "message",
                    line.message(),
                    "advice",
                    line.advice());
        }
    }

    private void say(Reported problem) {
        ErrorLine line = problem.line;
        if (problem.error) {
            session.messages().error(line.where(), line.message(), line.advice());
        } else {
            session.messages().warning(line.where(), line.message(), line.advice());
        }
    }

    private List<Reported> check(String file) {
        GraphArgument graph;
        try {
            graph = GraphArgument.load(session, file);
        } catch (CommandException e) {
            return e.errors().stream().map(line -> new Reported(true, line)).toList();
        }
        NodeTypes types = session.engines().types();
        var problems = new ArrayList<>(GraphValidator.validate(graph.graph()));
        problems.addAll(GraphPaths.check(graph.graph(), graph.folder()));
        if (problems.stream().noneMatch(Problem::isError)) {
            try {
                problems.addAll(new Planner(types)
                        .plan(PlanRequest.of(graph.graph(), graph.folder().resolve(graph.name())))
                        .warnings());
            } catch (PlanException e) {
                problems.addAll(e.problems());
            }
        }
        var said = new TreeSet<String>();
        return problems.stream()
                .filter(problem -> said.add(problem.where() + problem.message()))
                .map(problem ->
                        new Reported(problem.isError(), CommandException.line(file, graph.advise(problem, types))))
                .toList();
    }
}
