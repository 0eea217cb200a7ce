// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.UnaryOperator;

/** Brings the JSON of an older schema to the newest one, a step for each schema number, before a graph is made of it. */
final class SchemaMigrations {
    /** The step at index i goes from schema i + 1 to i + 2. Schema 1 is the first, so there is none yet. */
    private static final List<UnaryOperator<JsonObject>> STEPS = List.of();

    private SchemaMigrations() {}

    static JsonObject upgrade(JsonObject json, Place place) throws GraphFormatException {
        JsonElement value = json.get("eidolon");
        if (value == null) {
            throw fail(
                    new Place(1, 1),
                    "this is JSON, but no graph: the field \"eidolon\" is missing",
                    "A graph file begins with { \"eidolon\": " + Graphs.SCHEMA + ", …");
        }
        boolean number = value instanceof JsonPrimitive p
                && p.isNumber()
                && p.getAsString().matches("[1-9][0-9]{0,6}");
        if (!number) {
            throw fail(place, "expected the schema number, found " + value, "Write " + Graphs.SCHEMA);
        }
        int schema = value.getAsInt();
        if (schema > Graphs.SCHEMA) {
            throw fail(
                    place,
                    "the graph has schema " + schema + ", this program knows up to " + Graphs.SCHEMA,
                    "Open it with a newer Eidolon");
        }
        JsonObject result = json;
        for (int from = schema; from < Graphs.SCHEMA; from++) {
            result = STEPS.get(from - 1).apply(result);
        }
        return result;
    }

    private static GraphFormatException fail(Place place, String message, String advice) {
        return new GraphFormatException(List.of(Problem.error("eidolon", place, message, advice)));
    }
}
