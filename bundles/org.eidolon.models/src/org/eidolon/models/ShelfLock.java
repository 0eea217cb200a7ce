// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change the list of a folder of weights, for one thread of one process at a time: two that read it, add a
 * line each and write it would lose one. Given up by the system when a process is killed.
 */
final class ShelfLock implements AutoCloseable {
    private static final String NAME = ".lock";

    /** Locks of files are a process's, so its threads wait for each other here. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private ShelfLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for it. What was read of the list before is out of date now. */
    static ShelfLock take(Path folder) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                channel.lock();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return new ShelfLock(channel);
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close(); // which gives up its lock
        } finally {
            THREADS.unlock();
        }
    }
}
