// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a reader reserves for what it reads, all of them together, those that are garbage already too: no more than
 * twice the input, and a bit. What lives at once is no more, and neither is the largest piece.
 */
final class Allocation {
    /** Buffers, and an error's stack. */
    static final int SMALL = 128 << 10;

    /** The same of pickles, which may take so much before their file's size counts. */
    static final int PICKLE = SMALL + (1 << 20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Classes are loaded, and instrumented, in the first calls. */
    private static final int WARM = 1000;

    private static int calls;

    private final long before = THREADS.getCurrentThreadAllocatedBytes();

    private Allocation() {}

    static Allocation begin() {
        return new Allocation();
    }

    /** Ends in a fault when an input of that length took more. */
    void check(long length, int around) {
        long reserved = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (++calls > WARM && reserved > around + 2 * length) {
            throw new IllegalStateException(reserved + " bytes were reserved for an input of " + length);
        }
    }
}
