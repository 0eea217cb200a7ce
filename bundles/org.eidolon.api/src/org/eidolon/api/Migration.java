// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One step that carries a stored node from {@code version} to {@code version + 1} (or to another type).
 *
 * @param type node type id as stored
 * @param version version as stored
 * @param change gives the node as the newer version stores it
 */
public record Migration(String type, int version, UnaryOperator<Stored> change) {
    /**
     * A node as a graph file stores it.
     *
     * @param parameters raw parameter values by name, as JSON has them
     * @param inputs port names that links into it use, old → new; names that are absent stay
     * @param outputs port names that links out of it use, old → new; names that are absent stay
     */
    public record Stored(
            String type,
            int version,
            Map<String, Object> parameters,
            Map<String, String> inputs,
            Map<String, String> outputs) {

        public static Stored of(String type, int version, Map<String, Object> parameters) {
            return new Stored(type, version, parameters, Map.of(), Map.of());
        }

        public Stored withType(String newType, int newVersion) {
            return new Stored(newType, newVersion, parameters, inputs, outputs);
        }

        public Stored with(String parameter, Object value) {
            var changed = new LinkedHashMap<>(parameters);
            changed.put(parameter, value);
            return new Stored(type, version, changed, inputs, outputs);
        }

        public Stored renamed(String from, String to) {
            var changed = new LinkedHashMap<String, Object>();
            parameters.forEach((name, value) -> changed.put(name.equals(from) ? to : name, value));
            return new Stored(type, version, changed, inputs, outputs);
        }

        public Stored withPorts(Map<String, String> renamedInputs, Map<String, String> renamedOutputs) {
            return new Stored(type, version, parameters, renamedInputs, renamedOutputs);
        }
    }
}
