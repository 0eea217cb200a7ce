// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

/**
 * Something wrong with a graph.
 *
 * @param severity errors keep a graph from running, warnings do not
 * @param where path of the element in the file such as {@code nodes.photo.params.file}; empty for the whole file
 * @param place line and column, or null where the graph was not read from a text
 * @param message what is wrong
 * @param advice what to do; may be empty
 */
public record Problem(Severity severity, String where, Place place, String message, String advice) {
    /** How bad it is. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(String where, Place place, String message, String advice) {
        return new Problem(Severity.ERROR, where, place, message, advice);
    }

    public static Problem warning(String where, Place place, String message, String advice) {
        return new Problem(Severity.WARNING, where, place, message, advice);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line for people: {@code 12:5: nodes.photo: message (advice)}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (place != null) {
            text.append(place).append(": ");
        }
        if (!where.isEmpty()) {
            text.append(where).append(": ");
        }
        text.append(message);
        if (!advice.isEmpty()) {
            text.append(". ").append(advice);
        }
        return text.toString();
    }
}
