// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

/** Start of a random sequence. */
public record Seed(long value) implements Plain {
    @Override
    public Object plain() {
        return value;
    }
}
