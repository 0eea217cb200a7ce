// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import org.eidolon.cli.Subcommand;

/** A subcommand of this bundle. */
abstract class OwnCommand implements Subcommand {
    /** What it has to work with, set before it is called. */
    ConsoleSession session;
}
