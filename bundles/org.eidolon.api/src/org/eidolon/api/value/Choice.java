// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

/** One of several names; which, the parameter that takes it says. */
public record Choice(String name) implements Plain {
    @Override
    public Object plain() {
        return name;
    }
}
