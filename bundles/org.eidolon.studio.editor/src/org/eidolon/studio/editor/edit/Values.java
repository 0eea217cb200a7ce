// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;

/** Values of parameters between the file's JSON and what people read. */
public final class Values {
    private Values() {}

    /** What {@code Parameter.parse} takes: Boolean, Long, Double or String. */
    public static Object raw(JsonElement json) {
        if (!(json instanceof JsonPrimitive value)) {
            return json.toString();
        }
        if (value.isBoolean()) {
            return value.getAsBoolean();
        }
        if (!value.isNumber()) {
            return value.getAsString();
        }
        String digits = value.getAsString();
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return Double.valueOf(digits);
        }
    }

    /** Empty for null; numbers without needless zeros. */
    public static String text(Object raw) {
        return raw == null ? "" : raw instanceof Double d ? number(d) : raw.toString();
    }

    public static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
