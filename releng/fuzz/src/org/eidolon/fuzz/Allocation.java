// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a reader reserves for what it reads, all of them together, those that are garbage already too: no more than
 * twice the input, and a bit. What lives at once is no more, and neither is the largest piece.
 */
final class Allocation {
    /** Buffers, and an error's stack. */
    static final int SMALL = 64 << 10;

    /** The same of pickles, which may take so much before their file's size counts. */
    static final int PICKLE = SMALL + (1 << 20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A way that is gone for the first time loads classes: what counts is what reading takes again. */
    private static final int ATTEMPTS = 3;

    interface Reader {
        void read() throws IOException;
    }

    private Allocation() {}

    /** Reads an input of that length; ends in a fault when that takes more every time. */
    static void bounded(long length, int around, Reader reader) throws IOException {
        for (int i = 1; ; i++) {
            IOException refused = null;
            IllegalArgumentException senseless = null;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.read();
            } catch (IOException e) {
                refused = e;
            } catch (IllegalArgumentException e) {
                senseless = e;
            }
            long reserved = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (reserved > around + 2 * length) {
                if (i == ATTEMPTS) {
                    throw new IllegalStateException(reserved + " bytes were reserved for an input of " + length);
                }
            } else if (refused != null) {
                throw refused;
            } else if (senseless != null) {
                throw senseless;
            } else {
                return;
            }
        }
    }
}
