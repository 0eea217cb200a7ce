// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a reader reserves, all of them together, those that are garbage already too: what lives at once is no more,
 * and neither is the largest piece.
 */
final class Reserved {
    /** Buffers, and an error's stack. */
    static final int SMALL = 64 << 10;

    /** The same of pickles, which may take so much before their file's size counts. */
    static final int PICKLE = SMALL + (1 << 20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final int ATTEMPTS = 3;

    interface Reader {
        void read() throws IOException;
    }

    private Reserved() {}

    /**
     * Asks that a file, or what it holds, takes at most so many times its size, and a bit. A way that is gone for the first
     * time loads classes: what counts is the least that reading takes again.
     *
     * @return what was wrong with it, or an empty text
     */
    static String atMost(double factor, int around, long size, String what, Reader reader) {
        long began = THREADS.getCurrentThreadCpuTime();
        String error = error(reader);
        assertThat(THREADS.getCurrentThreadCpuTime() - began)
                .as("processor time of %s", what)
                .isLessThan(PATIENCE_NANOS);
        long most = (long) (factor * size) + around, least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > most; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            assertThat(error(reader)).as("the same again of %s", what).isEqualTo(error);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes that %s of %d bytes takes", what, size).isLessThanOrEqualTo(most);
        return error;
    }

    private static String error(Reader reader) {
        try {
            reader.read();
            return "";
        } catch (IOException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return e.getMessage();
        }
    }
}
