// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

/** Where errors, warnings and remarks go. Safe for use by several threads. */
public interface Messages {
    /**
     * An error.
     *
     * @param where file, node or parameter; may be empty
     * @param message what is wrong
     * @param advice what to do; may be empty
     */
    void error(String where, String message, String advice);

    void warning(String where, String message, String advice);

    void info(String message);
}
