// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

/** Weights that are missing, damaged or not what was asked for. The message says what, where and what to do. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
