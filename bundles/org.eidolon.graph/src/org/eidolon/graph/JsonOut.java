// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;

/**
 * The canonical text of JSON: two spaces, LF, one entry a line; an array of plain values that fits into the width stands
 * on one line; text is not escaped where JSON allows it raw.
 */
final class JsonOut {
    static final int WIDTH = 100;

    private final StringBuilder out = new StringBuilder();

    private final Set<JsonElement> tall;

    private JsonOut(Set<JsonElement> tall) {
        this.tall = tall;
    }

    /** @param tall arrays (by identity) that stand on several lines although they would fit on one */
    static String write(JsonElement value, Set<JsonElement> tall) {
        var writer = new JsonOut(tall);
        writer.value(value, 0, 0);
        return writer.out.append('\n').toString();
    }

    /** @param used characters of this line before the value */
    private void value(JsonElement value, int depth, int used) {
        if (value instanceof JsonObject object) {
            object(object, depth);
        } else if (value instanceof JsonArray array) {
            array(array, depth, used);
        } else {
            scalar(value);
        }
    }

    private void object(JsonObject object, int depth) {
        if (object.isEmpty()) {
            out.append("{}");
            return;
        }
        String lead = "{\n";
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            out.append(lead);
            int start = out.length();
            indent(depth + 1);
            string(entry.getKey());
            out.append(": ");
            value(entry.getValue(), depth + 1, out.length() - start);
            lead = ",\n";
        }
        out.append('\n');
        indent(depth);
        out.append('}');
    }

    private void array(JsonArray array, int depth, int used) {
        int start = out.length();
        if (!tall.contains(array) && oneLine(array, used)) {
            return;
        }
        out.setLength(start);
        String lead = "[\n";
        for (JsonElement element : array) {
            out.append(lead);
            indent(depth + 1);
            value(element, depth + 1, 2 * depth + 2);
            lead = ",\n";
        }
        out.append('\n');
        indent(depth);
        out.append(']');
    }

    private boolean oneLine(JsonArray array, int used) {
        int start = out.length();
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            JsonElement element = array.get(i);
            if (element.isJsonObject() || element.isJsonArray()) {
                return false;
            }
            out.append(i == 0 ? "" : ", ");
            scalar(element);
            if (used + out.length() - start >= WIDTH) {
                return false;
            }
        }
        out.append(']');
        return true;
    }

    private void scalar(JsonElement value) {
        if (value instanceof JsonPrimitive p && p.isString()) {
            string(p.getAsString());
        } else if (value instanceof JsonPrimitive p && p.isNumber()) {
            number(p.getAsNumber());
        } else {
            out.append(value);
        }
    }

    private void number(Number n) {
        double d = n.doubleValue();
        if (!(n instanceof JsonNumber) && (Double.isNaN(d) || Double.isInfinite(d))) {
            throw new IllegalArgumentException("a graph cannot hold the number " + n);
        }
        // 2.0 and 2 are one value: programs write it the short way, a file's own digits stay
        boolean real = n instanceof Double || n instanceof Float;
        out.append(real && d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : n.toString());
    }

    private void string(String s) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean pair = Character.isHighSurrogate(c)
                            && i + 1 < s.length()
                            && Character.isLowSurrogate(s.charAt(i + 1));
                    if (pair) {
                        out.append(c).append(s.charAt(++i));
                    } else if (c < ' ' || Character.isSurrogate(c)) {
                        out.append(String.format("\\u%04x", (int) c)); // half a pair has no UTF-8
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }
}
