// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.io.IOException;
import org.eidolon.models.ModelException;

/** What was given cannot be used; the message says what and why. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BadInput(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something made of what was given. */
    @FunctionalInterface
    interface Making<T> {
        T make() throws IOException;
    }

    /** Makes it; that it cannot be used is told as such. */
    static <T> T checked(Making<T> making) {
        try {
            return making.make();
        } catch (IOException | IllegalArgumentException | ModelException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }
}
