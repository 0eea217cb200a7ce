// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.util.Arrays;

/** A list that grows by blocks: nothing is copied, and places between that were never set take next to nothing. */
final class Blocks {
    private static final int BITS = 10;
    private static final int SIZE = 1 << BITS;

    private final PickleInput count;
    private Object[][] blocks = new Object[16][];

    /**
     * An empty list.
     *
     * @param count what counts the bytes that it takes
     */
    Blocks(PickleInput count) {
        this.count = count;
    }

    /** What was set at a place, or null. */
    Object get(int place) {
        Object[] block = place >> BITS < blocks.length ? blocks[place >> BITS] : null;
        return block == null ? null : block[place & SIZE - 1];
    }

    void set(int place, Object value) throws IOException {
        int at = place >> BITS;
        if (at >= blocks.length) {
            int length = Math.max(at + 1, blocks.length * 2);
            count.take(16 + 4L * length);
            blocks = Arrays.copyOf(blocks, length);
        }
        if (blocks[at] == null) {
            count.take(16 + 4L * SIZE);
            blocks[at] = new Object[SIZE];
        }
        blocks[at][place & SIZE - 1] = value;
    }
}
