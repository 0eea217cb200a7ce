// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.util.List;
import org.eidolon.graph.Problem;

/** Ends a command with an exit code and errors for the user. Any other exception counts as a fault of the program. */
public class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;
    private final transient List<ErrorLine> errors;

    /**
     * One thing that is wrong.
     *
     * @param where file, node or parameter; may be empty
     * @param message what is wrong
     * @param advice what to do; may be empty
     */
    public record ErrorLine(String where, String message, String advice) {}

    public CommandException(int exitCode, List<ErrorLine> errors) {
        super(errors.isEmpty() ? "failed" : errors.get(0).message());
        this.exitCode = exitCode;
        this.errors = List.copyOf(errors);
    }

    /** Wrong arguments. */
    public static CommandException arguments(String where, String message, String advice) {
        return new CommandException(ExitCode.ARGUMENTS, List.of(new ErrorLine(where, message, advice)));
    }

    /** A graph that cannot run; warnings are left out. */
    public static CommandException graph(String file, List<Problem> problems) {
        return new CommandException(
                ExitCode.GRAPH,
                problems.stream()
                        .filter(Problem::isError)
                        .map(p -> line(file, p))
                        .toList());
    }

    /** A problem with the file before its place. */
    public static ErrorLine line(String file, Problem problem) {
        String place = problem.place() == null ? file : file + ":" + problem.place();
        String where = problem.where().isEmpty() ? place : place + ": " + problem.where();
        return new ErrorLine(where, problem.message(), problem.advice());
    }

    public int exitCode() {
        return exitCode;
    }

    public List<ErrorLine> errors() {
        return errors;
    }
}
