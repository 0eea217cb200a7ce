// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The right to write into an out folder, which one run has at a time: a lock on a file in it, so that it is one folder by
 * whatever link or name a run comes to it and whatever cache it uses; given up by the system when a process is killed.
 */
public final class FolderClaim implements Closeable {
    static final String NAME = ".eidolon-lock";

    /** Folders that runs of this process have. Closing any channel of a file gives up all locks of a process on it. */
    private static final Set<Object> CLAIMED = new HashSet<>();

    private final Object identity;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderClaim(Object identity, FileChannel channel, FileLock lock) {
        this.identity = identity;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a folder, and makes it where it is missing.
     *
     * @return null where another run has it
     */
    public static FolderClaim take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path real = folder.toRealPath();
        Object identity = Objects.requireNonNullElse(
                Files.readAttributes(real, BasicFileAttributes.class).fileKey(), real);
        synchronized (CLAIMED) {
            if (!CLAIMED.add(identity)) {
                return null;
            }
        }
        FolderClaim claim = null;
        try {
            FileChannel channel = FileChannel.open(
                    real.resolve(NAME),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
            } else {
                claim = new FolderClaim(identity, channel, lock);
            }
        } finally {
            if (claim == null) {
                free(identity);
            }
        }
        return claim;
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void free(Object identity) {
        synchronized (CLAIMED) {
            CLAIMED.remove(identity);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            free(identity);
        }
    }
}
