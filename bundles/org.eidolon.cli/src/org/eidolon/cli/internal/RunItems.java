// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.ExitCode;
import org.eidolon.engine.RunOptions;

/** What the runs of one graph differ in: the files of a batch, or the values of a sweep. */
interface RunItems {
    /** What each is called, which names its folder too. */
    List<String> names();

    /** The run with what the item gives it. */
    GraphRun of(GraphRun run, String name);

    /** The options of an item's run. */
    default RunOptions options(RunOptions options, String name) {
        return options;
    }

    /** What the record of them all says: which input or parameter it is that differs. */
    Map<String, Object> says();

    /** What the record says of one beside how it went. */
    Map<String, Object> says(String name);

    /**
     * Finds what is wrong with the graph, or with what all items share, before anything runs.
     *
     * @throws CommandException with what to do
     */
    default void check(GraphRun run) {
        run.settings().check(run.session(), run.graph(), run.types());
        try {
            of(run, names().get(0)).planned();
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.GRAPH) {
                throw e; // of the graph, so that all would fail; what is wrong with a file is told as that item's end
            }
        }
    }

    /**
     * Makes of all results what belongs to none alone.
     *
     * @param folder that holds those of the items
     * @param out the folder as the user named it
     * @param says how each went, by its name
     * @return more of the record
     */
    default Map<String, Object> finish(Path folder, String out, Map<String, String> says, Console console)
            throws IOException {
        return Map.of();
    }
}
