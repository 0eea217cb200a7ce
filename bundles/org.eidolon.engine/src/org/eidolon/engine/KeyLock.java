// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to compute one key: held by one thread of one process, given up by the system when a process is killed. So
 * two runs that need the same result make it once, and a checkpoint has one writer.
 */
final class KeyLock implements AutoCloseable {
    private static final long POLL_MILLIS = 20;

    /**
     * Locks of this process. Asked before the file's lock, because closing any channel of a file gives up this
     * process's POSIX lock on it, whoever took it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private KeyLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Waits for the right. Whoever gets it must look into the cache again: another may just have stored the result. */
    static KeyLock take(Path workFolder) throws IOException, InterruptedException {
        Path file = workFolder.resolve("lock");
        while (!HELD.add(file)) {
            Thread.sleep(POLL_MILLIS);
        }
        FileChannel channel = null;
        boolean held = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (channel.tryLock() == null) {
                Thread.sleep(POLL_MILLIS);
            }
            held = true;
            return new KeyLock(file, channel);
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
