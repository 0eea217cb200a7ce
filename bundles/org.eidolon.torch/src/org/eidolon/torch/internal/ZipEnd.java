// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of a zip archive, where a large one says how many entries it has. Java's reader makes a table for as many before
 * it has seen one, in some versions (17 does): a file of two hundred bytes takes gigabytes.
 */
public final class ZipEnd {
    private static final int LOCATOR = 0x07064b50;
    private static final int RECORD = 0x06064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int RECORD_LENGTH = 56;
    /** Of an entry in the table of contents, without its name. */
    private static final int ENTRY_LENGTH = 46;
    /** The locator, the last record and its comment. */
    private static final int TAIL = LOCATOR_LENGTH + 22 + 0xffff;

    private ZipEnd() {}

    /**
     * Checks that a file has room for its entries.
     *
     * @throws IOException naming the file and how many entries it says it has
     */
    public static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer tail = channel.map(FileChannel.MapMode.READ_ONLY, Math.max(size - TAIL, 0), Math.min(size, TAIL))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + LOCATOR_LENGTH <= tail.limit(); at++) {
                if (tail.getInt(at) == LOCATOR) {
                    ByteBuffer record = record(channel, tail.getLong(at + 8));
                    if (record.limit() == RECORD_LENGTH
                            && record.getInt(0) == RECORD
                            && Long.compareUnsigned(record.getLong(32), size / ENTRY_LENGTH) > 0) {
                        throw new IOException(file + ": a damaged archive: it says that it has "
                                + Long.toUnsignedString(record.getLong(32)) + " entries, and " + size
                                + " bytes have no room for them");
                    }
                }
            }
        }
    }

    private static ByteBuffer record(FileChannel channel, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(from < 0 ? 0 : RECORD_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
            // goes on
        }
        return bytes.flip();
    }
}
