// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import java.util.Map;
import org.eidolon.api.Json;

/** A tree of named findings that {@link Json} can write. */
public record Report(Map<String, Object> tree) {
    public String toJson() {
        return Json.write(tree);
    }
}
