// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

/** Text. */
public record Text(String value) implements Plain {
    @Override
    public Object plain() {
        return value;
    }
}
