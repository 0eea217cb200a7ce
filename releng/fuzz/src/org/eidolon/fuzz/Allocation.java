// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that a reader reserves for what it reads: a small file must not make it reserve much. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long AROUND = 32 << 20;
    private static final long EACH = 256;

    /** Classes are loaded, and instrumented, in the first calls. */
    private static final int WARM = 1000;

    private static int calls;

    private final long before = THREADS.getCurrentThreadAllocatedBytes();

    private Allocation() {}

    static Allocation begin() {
        return new Allocation();
    }

    /** Objects of Java for each byte, and what stands around them; a declared size that is believed is far beyond. */
    void check(long length) {
        long reserved = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (++calls > WARM && reserved > AROUND + EACH * length) {
            throw new IllegalStateException(reserved + " bytes were reserved for an input of " + length);
        }
    }
}
