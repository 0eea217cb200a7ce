// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

/** A number (value type "number"). */
public record Scalar(double value) implements Plain {
    @Override
    public Object plain() {
        return value;
    }
}
