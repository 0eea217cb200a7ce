// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/** Where a node says what is wrong with its parameters; see {@link Node#check}. */
@FunctionalInterface
public interface ParameterChecks {
    /**
     * Checks a parameter. Left out while planning where a link feeds it, as its value is not known by then.
     *
     * @param parameter its name, for the message
     * @param check throws a {@link NodeException} where the value is refused
     */
    void of(String parameter, Runnable check);
}
