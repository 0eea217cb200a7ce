// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Parameter;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Plan;
import org.eidolon.engine.RunOptions;
import org.eidolon.engine.Sweep;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.PortRef;
import org.eidolon.graph.model.GraphNode;

/**
 * The values that --sweep gives a parameter in turn.
 *
 * @param values by the name of the item, which names its folder too
 */
record SweepItems(Sweep sweep, Map<String, String> values) implements RunItems {
    private static final String HOW = "Write --sweep node.parameter=value,value or, for numbers, from..to:count";

    /** @param seed that of --seed, or null */
    static SweepItems of(GraphRun run, String given, Long seed) {
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw CommandException.arguments(
                    "--sweep", "'" + given + "' has no " + (equals == 0 ? "name" : "'='"), HOW);
        }
        String target = given.substring(0, equals).strip();
        String words = given.substring(equals + 1);
        boolean ofSeed = target.equals(Sweep.SEED.name());
        if (run.settings().settings().containsKey(target) || ofSeed && seed != null) {
            throw CommandException.arguments(
                    ofSeed ? "--seed" : "--set " + target,
                    "the sweep gives this parameter its values",
                    "Leave out one of the two");
        }
        PortRef ref = PortRef.parse(target);
        if (ref.port().isEmpty() && !ofSeed) {
            throw CommandException.arguments(
                    "--sweep " + target,
                    "'" + target + "' names no parameter",
                    run.graph().graph().getInputs().stream()
                            .filter(input -> target.equals(input.getName())
                                    && !input.getTo().isEmpty())
                            .map(input ->
                                    "The input sets --sweep " + input.getTo().getFirst())
                            .findFirst()
                            .orElse(HOW));
        }
        Parameter parameter = ofSeed ? Sweep.SEED : parameter(run, ref, words);
        Sweep sweep;
        try {
            sweep = Sweep.parse(target, parameter, words);
        } catch (IllegalArgumentException e) {
            throw CommandException.arguments(
                    "--sweep " + target, e.getMessage(), Settings.expected(parameter, words.split(",")[0]));
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < sweep.values().size(); i++) {
            values.put(sweep.folders().get(i), sweep.values().get(i));
        }
        return new SweepItems(sweep, values);
    }

    /** The parameter as its node type declares it; where there is none, an error that knows the nearest name. */
    private static Parameter parameter(GraphRun run, PortRef ref, String words) {
        GraphNode node = Graphs.node(run.graph().graph(), ref.node());
        var type = node == null ? null : run.types().find(node.getType()).orElse(null);
        if (type != null && type.type().parameter(ref.port()).isPresent()) {
            return type.type().parameter(ref.port()).orElseThrow();
        }
        // of a node in a subgraph only the plan knows the type; what is wrong with the name, the checks tell
        GraphRun tried = run.with(settings -> settings.withSetting(ref.toString(), words));
        try {
            tried.settings().check(run.session(), run.graph(), run.types());
        } catch (CommandException e) {
            throw asSweep(e);
        }
        return run.planned().nodes().stream()
                .filter(planned -> planned.id().equals(ref.node()))
                .map(Plan.PlanNode::type)
                .flatMap(found -> found.parameter(ref.port()).stream())
                .findFirst()
                .orElseThrow(() -> CommandException.arguments(
                        "--sweep " + ref,
                        "there is no such node or parameter",
                        "Of a node in a subgraph write OUTER/NODE.PARAMETER"));
    }

    private static CommandException asSweep(CommandException e) {
        return new CommandException(
                e.exitCode(),
                e.errors().stream()
                        .map(line -> new ErrorLine(
                                line.where().replaceFirst("^--set ", "--sweep "), line.message(), line.advice()))
                        .toList());
    }

    /** Where the results go if the user does not say. */
    static String folder(GraphArgument graph, SweepItems items) {
        return "out/" + graph.name() + "/" + items.sweep().folder();
    }

    @Override
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    @Override
    public GraphRun of(GraphRun run, String name) {
        return sweep.isOfSeed() ? run : run.with(settings -> settings.withSetting(sweep.target(), values.get(name)));
    }

    @Override
    public RunOptions options(RunOptions options, String name) {
        return sweep.isOfSeed() ? options.withSeed(Long.parseLong(values.get(name))) : options;
    }

    @Override
    public Map<String, Object> says() {
        return Fields.of("sweep", sweep.target());
    }

    @Override
    public Map<String, Object> says(String name) {
        return Fields.of("value", values.get(name));
    }

    /** Unlike files, values are known to the letter, so that each is planned before the first runs. */
    @Override
    public void check(GraphRun run) {
        run.settings().check(run.session(), run.graph(), run.types());
        var errors = new LinkedHashSet<ErrorLine>();
        int code = ExitCode.ARGUMENTS;
        for (String name : names()) {
            try {
                of(run, name).planned();
            } catch (CommandException e) {
                code = Math.max(code, e.exitCode());
                errors.addAll(asSweep(e).errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new CommandException(code, List.copyOf(errors));
        }
    }

    @Override
    public Map<String, Object> finish(Path folder, String out, Map<String, String> says, Console console)
            throws IOException {
        if (!SweepSheet.write(folder, sweep, values, says)) {
            return Map.of();
        }
        console.info("side by side: " + out + "/" + SweepSheet.FILE);
        return Map.of("sheet", SweepSheet.FILE);
    }
}
