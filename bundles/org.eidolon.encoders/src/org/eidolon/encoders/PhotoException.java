// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/** A photo that cannot be read or holds no usable face. The message says what, where and what to do. */
public final class PhotoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PhotoException(String message) {
        super(message);
    }

    public PhotoException(String message, Throwable cause) {
        super(message, cause);
    }
}
