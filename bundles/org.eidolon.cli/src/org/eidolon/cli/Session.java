// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.eidolon.engine.Engines;

/** What a subcommand has to work with. */
public interface Session {
    /** Standard output: results only, one JSON value or a text. */
    PrintStream out();

    /** Messages for people, which go to standard error in the form that --progress asks for. */
    Messages messages();

    /** Node types and accelerators of all installed bundles; asking for them activates the bundles that offer them. */
    Engines engines();

    Map<String, String> environment();

    /** The folder against which paths on the command line resolve. */
    Path workingFolder();

    /** A new empty folder of this command's own, gone when it ends. */
    Path scratch() throws IOException;

    /** Removes what {@link #scratch} gave; for whoever ends the process without coming back. */
    void cleanUp();
}
