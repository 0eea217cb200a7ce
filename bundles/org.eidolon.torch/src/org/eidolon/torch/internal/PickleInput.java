// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of a pickle as they come, and how much may still be made of them. */
final class PickleInput {
    private static final int LINE = 1000;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at, filled;
    private long unread;
    private long allowed;

    PickleInput(InputStream in, long length, long allowed) {
        this.in = in;
        this.unread = length;
        this.allowed = allowed;
    }

    /** Counts bytes that are about to be reserved. */
    void take(long bytes) throws IOException {
        allowed -= bytes;
        if (allowed < 0) {
            throw new IOException("the pickle makes too much of itself for a file of its size");
        }
    }

    /** Has so many bytes in the buffer, which has room for them. */
    private void need(int length) throws IOException {
        if (filled - at >= length) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
        at = 0;
        while (filled < length) {
            int n = unread == 0 ? -1 : in.read(buffer, filled, (int) Math.min(buffer.length - filled, unread));
            if (n < 0) {
                throw new EOFException("the pickle is damaged: it ends early");
            }
            filled += n;
            unread -= n;
        }
    }

    int next() throws IOException {
        need(1);
        return buffer[at++] & 0xff;
    }

    /** A whole number of up to eight bytes, without a sign. */
    long little(int length) throws IOException {
        need(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (buffer[at++] & 0xffL) << (8 * i);
        }
        return value;
    }

    String text(long length) throws IOException {
        if (length < 0 || length > unread + filled - at) {
            throw new IOException("the pickle is damaged: a text is longer than the file");
        }
        int n = (int) length;
        byte[] from = buffer;
        int begin = 0;
        if (n <= buffer.length) {
            need(n);
            begin = at;
            at += n;
        } else {
            take(n);
            from = new byte[n];
            int known = filled - at;
            System.arraycopy(buffer, at, from, 0, known);
            at = filled;
            if (in.readNBytes(from, known, n - known) < n - known) {
                throw new EOFException("the pickle is damaged: it ends early");
            }
            unread -= n - known;
        }
        boolean plain = true;
        for (int i = begin; i < begin + n; i++) {
            plain &= from[i] >= 0;
        }
        // two bytes a letter, and a copy while it is made, where one is beyond ASCII
        take(48 + (plain ? 1L : 4L) * n);
        return new String(from, begin, n, StandardCharsets.UTF_8);
    }

    /** A name, up to the end of its line. */
    String line() throws IOException {
        StringBuilder name = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            if (name.length() == LINE) {
                throw new IOException("the pickle is damaged: a name without its end");
            }
            name.append((char) c);
        }
        take(name.length() + 200);
        return name.toString();
    }
}
