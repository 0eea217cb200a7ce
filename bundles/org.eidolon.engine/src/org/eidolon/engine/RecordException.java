// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

/** A record of a run that cannot be used; the message says what is wrong with it. */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String where;
    private final String advice;

    RecordException(String where, String message, String advice) {
        super(message);
        this.where = where;
        this.advice = advice;
    }

    /** The place in the record, such as {@code nodes.photo}; may be empty. */
    public String where() {
        return where;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
