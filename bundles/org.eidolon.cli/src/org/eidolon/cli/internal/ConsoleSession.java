// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import org.eidolon.cli.Session;

/** What the subcommands of this bundle have to work with: they show events of runs, too. */
public interface ConsoleSession extends Session {
    @Override
    Console messages();
}
