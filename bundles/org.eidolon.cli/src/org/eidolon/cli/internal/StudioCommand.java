// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.cli.CommandException;
import org.eidolon.cli.CommandException.ErrorLine;
import org.eidolon.cli.ExitCode;
import org.eidolon.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code eidolon studio}, for those who ask what it takes: the start script starts the window itself, as the command
 * runs without the bundles of the window.
 */
@Command(
        name = "studio",
        description = "Opens the window in which graphs are wired, run and watched.",
        footer = {"", "A studio that is open on the same screen takes the files and comes to the front."})
final class StudioCommand implements Subcommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "graphs to open, or GLBs that carry theirs; without one, what was open last")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        throw new CommandException(
                ExitCode.INTERNAL,
                List.of(new ErrorLine(
                        "eidolon studio",
                        "the window is not part of a command that is started without the product's start script",
                        "Start the product's own file 'eidolon'")));
    }
}
