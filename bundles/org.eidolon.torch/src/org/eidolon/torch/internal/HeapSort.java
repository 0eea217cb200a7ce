// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

/**
 * Sorts a table in its place (Williams 1964): the library's sorts of anything but plain numbers want an object for each
 * row, and a second table.
 */
public final class HeapSort {
    /** Rows of a table. */
    public interface Rows {
        /** Negative when row a belongs before row b. */
        int compare(int a, int b);

        void swap(int a, int b);
    }

    private HeapSort() {}

    public static void sort(int count, Rows rows) {
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(rows, i, count);
        }
        for (int last = count - 1; last > 0; last--) {
            rows.swap(0, last);
            sink(rows, 0, last);
        }
    }

    private static void sink(Rows rows, int row, int count) {
        for (int child = 2 * row + 1; child < count; child = 2 * row + 1) {
            if (child + 1 < count && rows.compare(child, child + 1) < 0) {
                child++;
            }
            if (rows.compare(row, child) >= 0) {
                return;
            }
            rows.swap(row, child);
            row = child;
        }
    }
}
