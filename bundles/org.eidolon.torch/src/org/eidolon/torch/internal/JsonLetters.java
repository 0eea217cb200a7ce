// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The letters of JSON's texts, in bytes of UTF-8: whole ones, and escaped ones. */
abstract sealed class JsonLetters permits JsonScanner {
    final ByteBuffer in;
    int at;

    JsonLetters(ByteBuffer text) {
        in = text;
    }

    /** One code point of a text, escaped or not. */
    final int letter() throws IOException {
        int c = in.get(at++) & 0xff;
        if (c == '\\') {
            return escaped();
        }
        if (c < 0x20) {
            throw malformed("a control character in a text");
        }
        return c < 0x80 ? c : wide(c);
    }

    private int wide(int lead) throws IOException {
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        int c = lead & 0x3f >> more;
        for (int i = 0; i < more; i++) {
            int next = at < in.limit() ? in.get(at++) : 0;
            if ((next & 0xc0) != 0x80) {
                throw malformed("bytes that are not UTF-8");
            }
            c = c << 6 | next & 0x3f;
        }
        boolean shortest = c >= (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
        if (lead < 0xc0 || lead > 0xf4 || !shortest || c > Character.MAX_CODE_POINT || c >= 0xd800 && c < 0xe000) {
            throw malformed("bytes that are not UTF-8");
        }
        return c;
    }

    private int escaped() throws IOException {
        int c = at < in.limit() ? in.get(at++) : 0;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                break;
            default:
                throw malformed("an unknown escape in a text");
        }
        char high = hex();
        if (!Character.isSurrogate(high)) {
            return high;
        }
        if (at + 1 < in.limit() && in.get(at) == '\\' && in.get(at + 1) == 'u') {
            at += 2;
            char low = hex();
            if (Character.isSurrogatePair(high, low)) {
                return Character.toCodePoint(high, low);
            }
        }
        throw malformed("half of a surrogate pair in a text");
    }

    private char hex() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < in.limit() ? Character.digit(in.get(at++), 16) : -1;
            if (digit < 0) {
                throw malformed("an escape without four digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    final JsonScanner.Malformed malformed(String what) {
        return new JsonScanner.Malformed(what, at);
    }
}
