// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

/** A node could not do its work for a reason that the user can understand. */
public class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String advice;

    /**
     * @param message what is wrong, a sentence without a full stop
     * @param advice what to do about it
     */
    public NodeException(String message, String advice) {
        this(message, advice, null);
    }

    public NodeException(String message, String advice, Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
