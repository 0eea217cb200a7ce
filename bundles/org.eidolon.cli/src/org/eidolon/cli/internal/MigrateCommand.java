// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.Faults;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.Planner;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.GraphNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eidolon migrate}. */
@Command(
        name = "migrate",
        description = "Brings graph files to the installed versions of their nodes and to canonical form, in place.",
        sortOptions = false)
final class MigrateCommand extends OwnCommand {
    @Parameters(paramLabel = "GRAPH", arity = "1..*", description = "the .eidolon files")
    private List<String> files;

    @Option(names = "--check", description = "say what would change, and change nothing")
    private boolean check;

    @Override
    public Integer call() {
        var results = new ArrayList<Map<String, Object>>();
        int code = ExitCode.DONE;
        for (String file : files) {
            try {
                results.add(migrate(file));
            } catch (CommandException e) { // the others go on
                e.errors().forEach(error -> session.messages().error(error.where(), error.message(), error.advice()));
                results.add(Fields.of("graph", file, "error", e.errors().get(0).message(), "changed", false));
                code = e.exitCode();
            }
        }
        session.out().println(Json.write(results.size() == 1 ? results.get(0) : results));
        return code;
    }

    private Map<String, Object> migrate(String given) {
        GraphArgument argument = GraphArgument.load(session, given);
        NodeTypes types = session.engines().types();
        List<String> steps = Planner.migrate(argument.graph(), types);
        String text = GraphWriter.write(argument.graph());
        boolean changed;
        try {
            if (!Files.isRegularFile(argument.file()) || GraphFiles.kind(argument.file()) != GraphFiles.Kind.TEXT) {
                throw new CommandException(
                        ExitCode.ARGUMENTS,
                        List.of(new ErrorLine(given, "only graph files are migrated", "Name the .eidolon file")));
            }
            changed = !Files.readString(argument.file()).equals(text);
            if (changed && !check) {
                GraphFiles.save(argument.graph(), argument.file());
            }
        } catch (IOException e) {
            throw CommandException.arguments(
                    given,
                    "the graph cannot be written: " + Faults.describe(e),
                    "It is as it was; make room or allow it");
        }
        steps.forEach(step -> session.messages().info(given + ": " + step));
        String what = !changed
                ? "nothing to do"
                : (steps.isEmpty() ? "canonical form" : PlainConsole.count(steps.size(), "step"))
                        + (check ? " would be written" : " written");
        session.messages().info(given + ": " + what);
        argument.graph().getNodes().stream()
                .filter(node -> behind(node, types))
                .forEach(node -> session.messages()
                        .warning(
                                given,
                                "no migration leads from " + node.getType() + "@" + node.getVersion()
                                        + " to the installed version, for node '" + node.getId() + "'",
                                "Open it and save it once its result is right"));
        return Fields.of("graph", given, "changed", changed, "written", changed && !check, "steps", steps);
    }

    /** True where a node stays older than its installed type. */
    private static boolean behind(GraphNode node, NodeTypes types) {
        return !Graphs.SUBGRAPH_TYPE.equals(node.getType())
                && node.getVersion() > 0
                && types.find(node.getType())
                        .filter(found -> found.type().version() > node.getVersion())
                        .isPresent();
    }
}
