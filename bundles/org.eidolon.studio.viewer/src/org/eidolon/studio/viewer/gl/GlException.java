// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.gl;

/** OpenGL is missing, too old, or refuses what it was asked for. */
public final class GlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public GlException(String message) {
        super(message);
    }

    public GlException(String message, Throwable cause) {
        super(message, cause);
    }
}
