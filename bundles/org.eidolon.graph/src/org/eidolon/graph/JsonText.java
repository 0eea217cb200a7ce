// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict JSON reader (RFC 8259) that knows the place of every value, refuses a key given twice, keeps numbers as they
 * are written and bounds the depth. Gson's own reader tells no places and takes the last of two equal keys.
 */
final class JsonText {
    private final String text;
    private final GraphLimits limits;
    private final Map<JsonElement, Place> places = new IdentityHashMap<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private int count;

    JsonText(String text, GraphLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Reads the one value that the text holds. */
    JsonElement parse() throws GraphFormatException {
        if (text.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
        }
        JsonElement value = value(0, "");
        skipBlanks();
        if (at < text.length()) {
            throw fail("", "there is text after the end of the graph", "Remove it");
        }
        return value;
    }

    /** Where a value of the tree begins; null for JSON null. */
    Place placeOf(JsonElement value) {
        return places.get(value);
    }

    private JsonElement value(int depth, String path) throws GraphFormatException {
        skipBlanks();
        if (depth > limits.depth()) {
            throw fail(
                    path,
                    "values are nested more than " + limits.depth() + " deep",
                    "No graph needs that: was this " + "file damaged?");
        }
        if (++count > limits.values()) {
            throw fail(path, "the file holds more than " + limits.values() + " values", "Split the graph");
        }
        Place place = place();
        char c = peek(path);
        JsonElement value =
                switch (c) {
                    case '{' -> object(depth, path);
                    case '[' -> array(depth, path);
                    case '"' -> new JsonPrimitive(string(path));
                    case 't' -> word("true", new JsonPrimitive(Boolean.valueOf(true)), path);
                    case 'f' -> word("false", new JsonPrimitive(Boolean.valueOf(false)), path);
                    case 'n' -> word("null", JsonNull.INSTANCE, path);
                    default -> {
                        if (c == '-' || c >= '0' && c <= '9') {
                            yield new JsonPrimitive(number(path));
                        }
                        throw fail(
                                path,
                                "expected a value, found " + name(c),
                                "Values are numbers, text in double quotes, true, false, null, [ … ] and { … }");
                    }
                };
        if (!value.isJsonNull()) {
            places.put(value, place);
        }
        return value;
    }

    private JsonObject object(int depth, String path) throws GraphFormatException {
        var object = new JsonObject();
        at++;
        skipBlanks();
        if (peek(path) == '}') {
            at++;
            return object;
        }
        while (true) {
            skipBlanks();
            if (peek(path) != '"') {
                throw fail(
                        path,
                        "expected a name in double quotes, found " + name(text.charAt(at)),
                        "Is a comma too many?");
            }
            Place place = place();
            String key = string(path);
            String inner = path.isEmpty() ? key : path + "." + key;
            if (object.has(key)) {
                throw new GraphFormatException(List.of(Problem.error(
                        inner, place, "'" + key + "' is given twice", "Rename or remove one of the two")));
            }
            skipBlanks();
            if (peek(inner) != ':') {
                throw fail(
                        inner, "expected ':' after the name, found " + name(text.charAt(at)), "Write \"name\": value");
            }
            at++;
            object.add(key, value(depth + 1, inner));
            skipBlanks();
            char c = peek(path);
            at++;
            if (c == '}') {
                return object;
            }
            if (c != ',') {
                at--;
                throw fail(inner, "expected ',' or '}', found " + name(c), "Is a comma missing before it?");
            }
        }
    }

    private JsonArray array(int depth, String path) throws GraphFormatException {
        var array = new JsonArray();
        at++;
        skipBlanks();
        if (peek(path) == ']') {
            at++;
            return array;
        }
        while (true) {
            String inner = path + "[" + array.size() + "]";
            array.add(value(depth + 1, inner));
            skipBlanks();
            char c = peek(path);
            at++;
            if (c == ']') {
                return array;
            }
            if (c != ',') {
                at--;
                throw fail(inner, "expected ',' or ']', found " + name(c), "Is a comma missing before it?");
            }
        }
    }

    private String string(String path) throws GraphFormatException {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escapedString(start, path);
            }
            checkControl(c, path);
            at++;
        }
        throw fail(path, "the file ends inside a string", "Was it cut short?");
    }

    private String escapedString(int start, String path) throws GraphFormatException {
        var out = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c != '\\') {
                at--;
                checkControl(c, path);
                at++;
                out.append(c);
                continue;
            }
            char e = peek(path);
            at++;
            switch (e) {
                case '"', '\\', '/' -> out.append(e);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> out.append(hex(path));
                default -> {
                    at--;
                    throw fail(path, "unknown escape '\\" + e + "' in a string", "Write \\\\ for a backslash");
                }
            }
        }
        throw fail(path, "the file ends inside a string", "Was it cut short?");
    }

    private char hex(String path) throws GraphFormatException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(path), 16);
            if (digit < 0 || text.charAt(at) > 'f') {
                throw fail(path, "expected four hexadecimal digits", "Write \\\\u00e9, say");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private JsonNumber number(String path) throws GraphFormatException {
        int start = at;
        if (text.charAt(at) == '-') {
            at++;
        }
        int whole = digits();
        boolean good = whole == 1 || whole > 1 && text.charAt(at - whole) != '0';
        if (good && at < text.length() && text.charAt(at) == '.') {
            at++;
            good = digits() > 0;
        }
        if (good && at < text.length() && (text.charAt(at) | 32) == 'e') {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            good = digits() > 0;
        }
        if (!good || at - start > 400) {
            at = start;
            throw fail(path, "not a number that JSON knows", "Write 2, -0.5 or 1e-3");
        }
        return new JsonNumber(text.substring(start, at));
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private JsonElement word(String word, JsonElement value, String path) throws GraphFormatException {
        if (!text.startsWith(word, at)) {
            throw fail(path, "expected a value", "Text must stand in double quotes");
        }
        at += word.length();
        return value;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                lineStart = at + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private char peek(String path) throws GraphFormatException {
        if (at >= text.length()) {
            throw fail(path, at == 0 ? "the file is empty" : "the file ends too early", "Was it cut short?");
        }
        return text.charAt(at);
    }

    private void checkControl(char c, String path) throws GraphFormatException {
        if (c < ' ') {
            throw fail(
                    path,
                    c == '\n' ? "the string does not end on its line" : "a control character in a string",
                    "Close it with '\"', or write \\n for a new line");
        }
    }

    private Place place() {
        return new Place(line, at - lineStart + 1);
    }

    private GraphFormatException fail(String path, String message, String advice) {
        return new GraphFormatException(List.of(Problem.error(path, place(), message, advice)));
    }

    private static String name(char c) {
        return c < ' ' ? String.format("character %d", (int) c) : "'" + c + "'";
    }
}
