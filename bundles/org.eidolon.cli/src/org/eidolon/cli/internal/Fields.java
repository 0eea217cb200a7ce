// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object in the order in which its fields are given, so that equal runs print equal texts. */
final class Fields {
    private Fields() {}

    /** Names and values by turns. */
    static Map<String, Object> of(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
