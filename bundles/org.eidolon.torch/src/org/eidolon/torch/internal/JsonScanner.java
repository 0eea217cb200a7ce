// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks JSON (RFC 8259, and the NaN and Infinity that Python writes) where it lies, in bytes of UTF-8 that may be mapped.
 * Nothing is reserved but the texts that are asked for, each once its length is known: a tree of objects, or a reader that
 * joins texts as they grow, takes many times the size of a file that somebody made for it.
 */
public final class JsonScanner extends JsonLetters {
    /** What lies there is no JSON: says what, and at which byte. */
    public static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(String what, int at) {
            super(what + " at byte " + at);
        }
    }

    /** It may be JSON, but the value is of another kind than the one wanted. */
    public static final class Unexpected extends IOException {
        private static final long serialVersionUID = 1;

        Unexpected(String what, int at) {
            super("expected " + what + " at byte " + at);
        }
    }

    private static final int DEPTH = 200;

    /** Whether the container that was entered last has given nothing yet. */
    private boolean first;

    // the text read last: from its first byte to the quote, how long it is decoded, and its largest code point
    private int begin, end, chars, utf8, largest, hash;

    public JsonScanner(ByteBuffer text) {
        super(text);
        // a byte order mark
        at = in.limit() >= 3 && (in.get(0) << 16 | (in.get(1) & 0xff) << 8 | in.get(2) & 0xff) == 0xffefbbbf ? 3 : 0;
    }

    /** The byte that comes next; {@link #seek} goes back there. */
    public int position() {
        return at;
    }

    /** Goes to where a value begins, such as one that {@link #position} told. */
    public void seek(int position) {
        at = position;
        first = true;
    }

    /** The first byte of the next value, or 0 at the end: a bracket, a quote, a digit, a letter. */
    public int peek() {
        while (at < in.limit()
                && (in.get(at) == ' ' || in.get(at) == '\n' || in.get(at) == '\r' || in.get(at) == '\t')) {
            at++;
        }
        return at < in.limit() ? in.get(at) & 0xff : 0;
    }

    /** Enters an object, or a list. */
    public void enter(char bracket) throws IOException {
        if (peek() != bracket) {
            throw unexpected(bracket == '{' ? "an object" : "a list");
        }
        at++;
        first = true;
    }

    /** Whether the container has more; steps out of it when not. */
    public boolean more(char closing) throws IOException {
        int next = peek();
        if (next == closing) {
            at++;
            first = false;
            return false;
        }
        if (!first) {
            expect(',');
        }
        first = false;
        return true;
    }

    private void expect(char mark) throws IOException {
        if (peek() != mark) {
            throw malformed(peek() == 0 ? "the text ends early" : "expected '" + mark + "'");
        }
        at++;
    }

    /** Reads a key and the colon behind it. */
    public void key() throws IOException {
        if (peek() != '"') {
            throw malformed(peek() == 0 ? "the text ends early" : "expected a key in quotes");
        }
        text();
        expect(':');
    }

    /** Reads a text; {@link #is}, {@link #string} and {@link #bytes} tell which. */
    public void text() throws IOException {
        if (peek() != '"') {
            throw unexpected("a text");
        }
        begin = ++at;
        chars = 0;
        utf8 = 0;
        largest = 0;
        hash = 0;
        while (true) {
            if (at >= in.limit()) {
                throw malformed("a text without its end");
            }
            if (in.get(at) == '"') {
                end = at++;
                return;
            }
            int c = letter();
            chars += Character.charCount(c);
            utf8 += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            largest = Math.max(largest, c);
            hash = 31 * hash + c;
        }
    }

    /** Whether the text read last is this one. */
    public boolean is(String wanted) throws IOException {
        return chars == wanted.length() && compare(wanted) == 0;
    }

    /** The order of the text read last and this one, by code points. */
    public int compare(String other) throws IOException {
        int back = at, i = 0, order = 0;
        at = begin;
        while (order == 0 && at < end && i < other.length()) {
            int c = other.codePointAt(i);
            i += Character.charCount(c);
            order = Integer.compare(letter(), c);
        }
        order = order != 0 ? order : Boolean.compare(at < end, i < other.length());
        at = back;
        return order;
    }

    /** A number that equal texts share: {@link #hash(String)} of the one read last. */
    public int hash() {
        return hash;
    }

    /** The same number of a text that lies elsewhere. */
    public static int hash(String text) {
        return text.codePoints().reduce(0, (h, c) -> 31 * h + c);
    }

    /** The order of the text read last and another's, by code points. */
    public int compare(JsonScanner other) throws IOException {
        int back = at, otherBack = other.at;
        at = begin;
        other.at = other.begin;
        int order = 0;
        while (order == 0 && at < end && other.at < other.end) {
            order = Integer.compare(letter(), other.letter());
        }
        order = order != 0 ? order : Boolean.compare(at < end, other.at < other.end);
        at = back;
        other.at = otherBack;
        return order;
    }

    /** The text read last. */
    public String string() throws IOException {
        int back = at;
        at = begin;
        String text;
        if (largest <= 0xff) {
            byte[] letters = new byte[chars];
            for (int i = 0; at < end; i++) {
                letters[i] = (byte) letter();
            }
            text = new String(letters, StandardCharsets.ISO_8859_1);
        } else {
            char[] letters = new char[chars];
            for (int i = 0; at < end; ) {
                i += Character.toChars(letter(), letters, i);
            }
            text = new String(letters);
        }
        at = back;
        return text;
    }

    /** The text read last, or its beginning where it has more than so many letters. */
    public String string(int most) throws IOException {
        if (chars <= most) {
            return string();
        }
        int back = at;
        at = begin;
        StringBuilder letters = new StringBuilder();
        while (letters.length() < most) {
            letters.appendCodePoint(letter());
        }
        at = back;
        return letters.append('…').toString();
    }

    /** How many bytes of UTF-8 the text read last has, without escapes. */
    public int length() {
        return utf8;
    }

    /** Puts the text read last, as UTF-8, into a table from a place on. */
    public void bytes(byte[] into, int from) throws IOException {
        int back = at;
        at = begin;
        while (at < end) {
            int c = letter();
            int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            into[from++] = (byte) (more == 0 ? c : 0xff00 >> more + 1 & 0xff | c >> 6 * more);
            for (int i = more - 1; i >= 0; i--) {
                into[from++] = (byte) (0x80 | c >> 6 * i & 0x3f);
            }
        }
        at = back;
    }

    /** Reads a whole number. */
    public long whole() throws IOException {
        int from = at, c = peek();
        if (c != '-' && (c < '0' || c > '9')) {
            throw unexpected("a whole number");
        }
        from = at;
        number();
        if (at - from > 19) {
            throw malformed("a number that is too large");
        }
        boolean negative = in.get(from) == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < at; i++) {
            int digit = in.get(i) - '0';
            if (digit < 0 || digit > 9) {
                throw unexpected("a whole number");
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /** Skips a value of any kind; {@link #written} gives it as it stands there. */
    public void skip() throws IOException {
        peek();
        int from = at;
        skip(0);
        begin = from;
        end = at;
    }

    /** The bytes of what was skipped last. */
    public ByteBuffer skipped() {
        return in.slice(begin, end - begin);
    }

    /** What was skipped last, at most so many bytes of it. */
    public String written(int most) {
        byte[] bytes = new byte[Math.min(end - begin, most)];
        in.get(begin, bytes);
        return new String(bytes, StandardCharsets.UTF_8) + (end - begin > most ? "…" : "");
    }

    private void skip(int depth) throws IOException {
        if (depth > DEPTH) {
            throw malformed("nested too deeply");
        }
        switch (peek()) {
            case '{' -> {
                enter('{');
                while (more('}')) {
                    key();
                    skip(depth + 1);
                }
            }
            case '[' -> {
                enter('[');
                while (more(']')) {
                    skip(depth + 1);
                }
            }
            case '"' -> text();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case 'N' -> word("NaN");
            case 'I' -> word("Infinity");
            default -> number();
        }
    }

    private void word(String word) throws IOException {
        for (int i = 0; i < word.length(); i++) {
            if (at >= in.limit() || in.get(at) != word.charAt(i)) {
                throw malformed("an unknown value");
            }
            at++;
        }
    }

    private void number() throws IOException {
        if (peek() == '-') {
            at++;
            if (at < in.limit() && in.get(at) == 'I') {
                word("Infinity");
                return;
            }
        }
        int from = at;
        digits();
        if (at - from > 1 && in.get(from) == '0') {
            throw malformed("a number that begins with 0");
        }
        if (at < in.limit() && in.get(at) == '.') {
            at++;
            digits();
        }
        if (at < in.limit() && (in.get(at) | 0x20) == 'e') {
            at++;
            if (at < in.limit() && (in.get(at) == '+' || in.get(at) == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() throws IOException {
        int from = at;
        while (at < in.limit() && in.get(at) >= '0' && in.get(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed(at >= in.limit() ? "the text ends early" : "an unknown value");
        }
    }

    /** Checks that nothing but space follows. */
    public void end() throws IOException {
        if (peek() != 0 || at < in.limit()) {
            throw malformed("more text after the end");
        }
    }

    private IOException unexpected(String what) {
        return at < in.limit() ? new Unexpected(what, at) : malformed("the text ends early");
    }
}
