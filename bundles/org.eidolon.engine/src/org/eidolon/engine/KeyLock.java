// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eidolon.api.PrivateFiles;

/**
 * The right to compute one key: held by one thread of one process, given up by the system when a process is killed. So
 * two runs that need the same result make it once, and a checkpoint has one writer. A key is one byte of the cache's
 * lock file, far beyond its end, which takes no space.
 */
final class KeyLock implements Closeable {
    private static final long POLL_MILLIS = 20;
    private static final long SILENT_NANOS = 2_000_000_000L;
    private static final int HEX_DIGITS = 15;

    /**
     * One channel for each file and never closed: closing any gives up all POSIX locks of the process on the file. An
     * asynchronous one, as a FileChannel is closed when a thread that uses it is interrupted.
     */
    private static final Map<Path, AsynchronousFileChannel> CHANNELS = new ConcurrentHashMap<>();

    private final FileLock lock;

    private KeyLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for the right. Whoever gets it must look into the cache again: another may just have stored the result.
     *
     * @param waiting told once where that takes more than a moment
     */
    static KeyLock take(Path file, String key, Runnable waiting) throws IOException, InterruptedException {
        long began = System.nanoTime();
        boolean told = false;
        AsynchronousFileChannel channel = channel(file);
        long at = Long.parseLong(key.substring(0, HEX_DIGITS), 16);
        while (true) {
            FileLock lock = tryLock(channel, at);
            if (lock != null) {
                return new KeyLock(lock);
            }
            if (!told && System.nanoTime() - began > SILENT_NANOS) {
                told = true;
                waiting.run();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The right if nobody has it, else null. */
    static KeyLock tryTake(Path file, String key) throws IOException {
        FileLock lock = tryLock(channel(file), Long.parseLong(key.substring(0, HEX_DIGITS), 16));
        return lock == null ? null : new KeyLock(lock);
    }

    private static FileLock tryLock(AsynchronousFileChannel channel, long at) throws IOException {
        try {
            return channel.tryLock(at, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process has it
        }
    }

    private static AsynchronousFileChannel channel(Path file) throws IOException {
        try {
            return CHANNELS.computeIfAbsent(file, KeyLock::open);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static AsynchronousFileChannel open(Path file) {
        try {
            return AsynchronousFileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), null, PrivateFiles.ofFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
    }
}
