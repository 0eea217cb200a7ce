// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * What all packs of head models are read with: counts are bounded, and space grows with what was really read, so that a
 * few damaged bytes cannot ask for gigabytes.
 *
 * @param name of the file, for messages
 */
record PackInput(DataInputStream in, String name) {
    static final int MOST_ENTRIES = 1 << 20;
    private static final int MOST_MODES = 4096;
    private static final long MOST_NUMBERS = 1L << 26; // of identities or of shapes: 256 MiB

    int count(String what, int most) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > most) throw damaged("it declares " + n + " " + what);
        return n;
    }

    /** How many modes of so many vertices follow. */
    int modes(int vertices) throws IOException {
        int n = count("modes", MOST_MODES);
        if (3L * vertices * n > MOST_NUMBERS) {
            throw damaged("it declares " + n + " modes of " + vertices + " vertices");
        }
        return n;
    }

    /** Exactly so many bytes; `readNBytes` grows its array as they come, and ends early at the file's end. */
    byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException();
        return bytes;
    }

    float finite(float value) throws IOException {
        if (!Float.isFinite(value)) throw damaged("it holds a number that is not finite");
        return value;
    }

    /** The checksum at the end is read only on the way to it. */
    void end() throws IOException {
        if (in.read() >= 0) throw damaged("it goes on behind the last shape");
    }

    IOException damaged(String what) {
        return new IOException(name + " is damaged: " + what);
    }
}
