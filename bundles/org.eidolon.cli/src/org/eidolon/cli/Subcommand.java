// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand: an object with picocli annotations whose {@link #call} gives the exit code. Offered as an OSGi service
 * with the property {@code eidolon.subcommand}: its name, or two words such as {@code bench step} for a command in a
 * group. A bundle that must not depend on this one offers a {@code java.util.concurrent.Callable<Integer>} with the same
 * property instead. The service is only asked for when the user names it, so that starting stays quick.
 */
public interface Subcommand extends Callable<Integer> {
    /** Name of the service property. */
    String PROPERTY = "eidolon.subcommand";

    /** Told once, before {@link #call}. */
    default void attach(Session session) {}
}
