// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A published model's configuration: flat JSON whose fields have defaults. Errors name the field. */
final class ConfigJson {
    private final String what;
    private final JsonObject json;

    private ConfigJson(String what, JsonObject json) {
        this.what = what;
        this.json = json;
    }

    /**
     * Parses a configuration.
     *
     * @param what how errors call it
     * @throws IllegalArgumentException when it is no JSON object
     */
    static ConfigJson parse(String what, String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            if (!element.isJsonObject()) {
                throw new IllegalArgumentException(what + ": expected a JSON object");
            }
            return new ConfigJson(what, element.getAsJsonObject());
        } catch (JsonParseException | StackOverflowError e) {
            throw new IllegalArgumentException(what + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    /** Whether a field is there and not null. */
    boolean has(String name) {
        return json.has(name) && !json.get(name).isJsonNull();
    }

    /** Whether a field is there, be it null. */
    boolean mentions(String name) {
        return json.has(name);
    }

    boolean isList(String name) {
        return has(name) && json.get(name).isJsonArray();
    }

    String text(String name, String otherwise) {
        return has(name) ? plain(json.get(name)) : otherwise;
    }

    double number(String name, double otherwise) {
        return has(name) ? real(name, plain(json.get(name))) : otherwise;
    }

    int integer(String name, int otherwise) {
        return has(name) ? whole(name, plain(json.get(name))) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name, plain(json.get(name))) : otherwise;
    }

    List<Integer> integers(String name, List<Integer> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return texts(name, List.of()).stream().map(t -> whole(name, t)).toList();
    }

    List<Boolean> flags(String name) {
        return texts(name, List.of()).stream().map(t -> flag(name, t)).toList();
    }

    /** A list of up to 16 plain values. */
    List<String> texts(String name, List<String> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        require(isList(name) && json.getAsJsonArray(name).size() <= 16, name, "a list of up to 16");
        List<String> list = new ArrayList<>();
        json.getAsJsonArray(name).forEach(e -> list.add(plain(e)));
        return list;
    }

    /** Each field must be absent, null or this. */
    void fixed(Map<String, String> fields) {
        fields.forEach((name, value) -> {
            String is = text(name, value);
            require(is.equals(value) || is.equals(value + ".0"), name, value + " (" + is + " is not supported)");
        });
    }

    /** Each field must be absent or say nothing. */
    void absent(List<String> fields) {
        for (String name : fields) {
            String is = text(name, "null");
            require(List.of("null", "false", "0", "0.0").contains(is), name, "absent (" + is + " is not supported)");
        }
    }

    <T> T oneOf(String name, String otherwise, Map<String, T> values) {
        String is = text(name, otherwise);
        require(values.containsKey(is), name, "one of " + String.join(", ", values.keySet()) + ", not " + is);
        return values.get(is);
    }

    void require(boolean ok, String name, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(what + ": '" + name + "' must be " + expected);
        }
    }

    private static String plain(JsonElement e) {
        return e.isJsonPrimitive() ? e.getAsString() : e.toString();
    }

    private double real(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + ": '" + name + "' must be a number, not " + text);
        }
    }

    private int whole(String name, String text) {
        double d = real(name, text);
        require(d == Math.rint(d) && Math.abs(d) <= 1 << 30, name, "a whole number, not " + text);
        return (int) d;
    }

    private boolean flag(String name, String text) {
        require(text.equals("true") || text.equals("false"), name, "true or false, not " + text);
        return text.equals("true");
    }
}
