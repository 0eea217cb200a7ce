// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.internal.JsonScanner;

/**
 * A published model's configuration: flat JSON whose fields have defaults. Errors name the field. The text is checked once;
 * fields are then looked up where they stand in it, so that a configuration takes no more than its own size.
 */
final class ConfigJson {
    /** The longest value that means anything, and that errors show. */
    private static final int SHOWN = 400;

    private final String what;
    private final ByteBuffer json;

    private ConfigJson(String what, ByteBuffer json) {
        this.what = what;
        this.json = json;
        try {
            JsonScanner in = new JsonScanner(json);
            if (in.peek() != '{') {
                throw new IllegalArgumentException(what + ": expected a JSON object");
            }
            in.skip();
            in.end();
        } catch (IOException e) {
            throw new IllegalArgumentException(what + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Parses a configuration.
     *
     * @param what how errors call it
     * @throws IllegalArgumentException when it is no JSON object
     */
    static ConfigJson parse(String what, String text) {
        // by an encoder into what is needed: String.getBytes takes three bytes for each letter, and a copy
        ByteBuffer bytes = ByteBuffer.allocate(text.codePoints()
                .map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum());
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(text), bytes, true);
        return new ConfigJson(what, bytes.flip());
    }

    /** The same of a file's bytes. */
    static ConfigJson parse(String what, byte[] text) {
        return new ConfigJson(what, ByteBuffer.wrap(text));
    }

    /** The same of bytes that may be mapped. */
    static ConfigJson parse(String what, ByteBuffer text) {
        return new ConfigJson(what, text);
    }

    /** How errors call it. */
    String what() {
        return what;
    }

    /** A scanner before a field's value, or null where it is not there or null. */
    JsonScanner scanner(String name) {
        return value(name);
    }

    /** A scanner before a field's value (the one that stands last where it stands twice), or null where there is none. */
    private JsonScanner find(String name) {
        JsonScanner in = new JsonScanner(json);
        int found = -1;
        try {
            in.enter('{');
            while (in.more('}')) {
                in.key();
                boolean here = in.is(name);
                in.peek();
                found = here ? in.position() : found;
                in.skip();
            }
        } catch (IOException e) {
            throw wasValid(e);
        }
        in.seek(Math.max(found, 0));
        return found < 0 ? null : in;
    }

    private static IllegalStateException wasValid(IOException e) {
        return new IllegalStateException("was valid when it was parsed", e);
    }

    /** The same, or null where the field is null. */
    private JsonScanner value(String name) {
        JsonScanner in = find(name);
        return in == null || in.peek() == 'n' ? null : in;
    }

    /** Whether a field is there and not null. */
    boolean has(String name) {
        return value(name) != null;
    }

    /** Whether a field is there, be it null. */
    boolean mentions(String name) {
        return find(name) != null;
    }

    boolean isList(String name) {
        JsonScanner in = value(name);
        return in != null && in.peek() == '[';
    }

    /** A field that is an object itself, or null. */
    ConfigJson object(String name) {
        JsonScanner in = value(name);
        if (in == null || in.peek() != '{') {
            return null;
        }
        try {
            in.skip();
        } catch (IOException e) {
            throw wasValid(e);
        }
        return new ConfigJson(what + ", '" + name + "'", in.skipped());
    }

    /** Objects in a list, so many at most; empty where there is none. */
    List<ConfigJson> objects(String name, int most) {
        List<ConfigJson> all = new ArrayList<>();
        JsonScanner in = value(name);
        if (in != null) {
            String expected = "a list of up to " + most + " objects";
            require(in.peek() == '[', name, expected);
            try {
                in.enter('[');
                while (in.more(']')) {
                    require(all.size() < most && in.peek() == '{', name, expected);
                    in.skip();
                    all.add(new ConfigJson(what + ", '" + name + "'", in.skipped()));
                }
            } catch (IOException e) {
                throw wasValid(e);
            }
        }
        return all;
    }

    /** Its fields' names, so many at most. */
    List<String> names(int most) {
        return List.copyOf(all(most).keySet());
    }

    String text(String name, String otherwise) {
        JsonScanner in = value(name);
        return in == null ? otherwise : plain(in);
    }

    double number(String name, double otherwise) {
        return has(name) ? real(name, text(name, null)) : otherwise;
    }

    int integer(String name, int otherwise) {
        return has(name) ? whole(name, text(name, null)) : otherwise;
    }

    /** A whole number from 1 on. */
    int positive(String name, int otherwise, int most) {
        int number = integer(name, otherwise);
        require(number > 0 && number <= most, name, "between 1 and " + most + ", not " + number);
        return number;
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name, text(name, null)) : otherwise;
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
        return has(name) ? texts(name, 16) : otherwise;
    }

    /** A list of so many plain values at most; empty where there is none. */
    List<String> texts(String name, int most) {
        JsonScanner in = value(name);
        if (in == null) {
            return List.of();
        }
        String expected = "a list of up to " + most;
        require(in.peek() == '[', name, expected);
        List<String> list = new ArrayList<>();
        try {
            in.enter('[');
            while (in.more(']')) {
                require(list.size() < most, name, expected);
                list.add(plain(in));
            }
        } catch (IOException e) {
            throw wasValid(e);
        }
        return list;
    }

    /** Plain values of an object by their names, in its order; as many as are allowed. */
    Map<String, String> all(int most) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonScanner in = new JsonScanner(json);
        try {
            in.enter('{');
            while (in.more('}')) {
                in.key();
                String name = in.string(SHOWN);
                all.put(name, plain(in));
                if (all.size() > most) {
                    throw new IllegalArgumentException(what + ": has more than " + most + " entries");
                }
            }
        } catch (IOException e) {
            throw wasValid(e);
        }
        return all;
    }

    /**
     * Refuses a field that is none of these and says something: what it would mean is not known here. Those that begin
     * with an underscore are notes of the libraries, such as {@code _class_name}.
     *
     * @param prefix what names begin with that are looked at, ending in a dot; or empty for all
     * @param names with the prefix
     */
    void known(String prefix, Collection<String> names) {
        JsonScanner in = new JsonScanner(json);
        String[] all = names.toArray(String[]::new);
        try {
            in.enter('{');
            while (in.more('}')) {
                in.peek();
                int at = in.position();
                in.key();
                boolean unknown = !among(in, "_", "`") && (prefix.isEmpty() || among(in, prefix, after(prefix)));
                for (int i = 0; unknown && i < all.length; i++) {
                    unknown = !in.is(all[i]);
                }
                if (says(in) && unknown) {
                    in.seek(at);
                    in.key();
                    String name = in.string(SHOWN);
                    require(false, name, "left out: this setting is not known here, so what it does is not done");
                }
            }
        } catch (IOException e) {
            throw wasValid(e);
        }
    }

    /** Whether the text read last is in the order of letters from one on and before another. */
    private static boolean among(JsonScanner in, String from, String to) throws IOException {
        return in.compare(from) >= 0 && in.compare(to) < 0;
    }

    private static String after(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    /** Skips a value; whether it is more than null, false, or an empty list, object or text. */
    private static boolean says(JsonScanner in) throws IOException {
        int kind = in.peek();
        int from = in.position();
        in.skip();
        boolean empty = in.position() - from == 2 && (kind == '[' || kind == '{' || kind == '"');
        return kind != 'n' && kind != 'f' && !empty;
    }

    /** Each field must be absent, null or this. */
    void fixed(Map<String, String> fields) {
        fields.forEach((name, value) -> {
            String is = text(name, value);
            require(is.equals(value) || is.equals(value + ".0"), name, value + " (" + is + " is not supported)");
        });
    }

    /** Fields that may be left out, but not null, which would be said. */
    void notNull(Collection<String> fields) {
        fields.forEach(name -> require(!mentions(name) || has(name), name, "left out or told, not null"));
    }

    /** Each field must be absent, null or false; a zero, or an empty list, may well say something. */
    void absent(List<String> fields) {
        refuse(fields, List.of("null", "false"));
    }

    /** Each field must be absent, null, false or empty. */
    void empty(List<String> fields) {
        refuse(fields, List.of("null", "false", "[]", "{}"));
    }

    private void refuse(List<String> fields, List<String> unless) {
        for (String name : fields) {
            String is = text(name, "null");
            require(unless.contains(is), name, "absent (" + is + " is not supported)");
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

    /** The value that a scanner stands before: a text's letters, anything else as it is written, no more than errors show. */
    private static String plain(JsonScanner in) {
        try {
            if (in.peek() == '"') {
                in.text();
                return in.string(SHOWN);
            }
            in.skip();
            return in.written(SHOWN);
        } catch (IOException e) {
            throw wasValid(e);
        }
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
