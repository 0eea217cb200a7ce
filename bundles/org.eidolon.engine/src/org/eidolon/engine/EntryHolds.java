// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eidolon.api.PrivateFiles;

/**
 * Who uses which entry: a run holds the keys of all its nodes, whether their entries are there or not, and what is held
 * by any process is not evicted. A hold is a shared lock on one byte of a file, far beyond its end, so that the system
 * gives it up when a process is killed; whoever evicts needs that byte alone. Locks belong to a process, so the runs of
 * one process share theirs and count them.
 */
final class EntryHolds {
    private static final long POLL_MILLIS = 5;
    private static final int HEX_DIGITS = 15;
    private static final Map<Path, EntryHolds> BY_FILE = new ConcurrentHashMap<>();

    /** Held by every run, on a byte that no key has: who gets it alone knows that nothing runs. */
    static final String ANY = "any";

    /** Never closed: closing any channel of a file gives up all POSIX locks of the process on it. */
    private final AsynchronousFileChannel channel;

    private final Map<Long, Held> held = new HashMap<>();

    private static final class Held {
        final FileLock lock;
        int count = 1;

        Held(FileLock lock) {
            this.lock = lock;
        }
    }

    private EntryHolds(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static EntryHolds of(Path file) throws IOException {
        try {
            return BY_FILE.computeIfAbsent(file, EntryHolds::open);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static EntryHolds open(Path file) {
        try {
            var how = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new EntryHolds(AsynchronousFileChannel.open(file, how, null, PrivateFiles.ofFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run holds, until it is closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Holds keys; waits a moment where one is just being evicted. */
    Hold hold(Collection<String> keys) throws IOException {
        List<Long> places = keys.stream().map(EntryHolds::place).distinct().toList();
        int taken = 0;
        try {
            for (; taken < places.size(); taken++) {
                take(places.get(taken));
            }
        } finally {
            if (taken < places.size()) {
                release(places.subList(0, taken));
            }
        }
        return () -> release(places);
    }

    private void take(long at) throws IOException {
        while (true) {
            synchronized (this) {
                Held there = held.get(at);
                if (there != null) {
                    there.count++;
                    return;
                }
                FileLock lock = lock(at, true);
                if (lock != null) {
                    held.put(at, new Held(lock));
                    return;
                }
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while an entry of the cache was awaited", e);
            }
        }
    }

    private synchronized void release(List<Long> places) throws IOException {
        for (long at : places) {
            Held there = held.get(at);
            if (--there.count == 0) {
                held.remove(at);
                there.lock.release();
            }
        }
    }

    /** Something to do while nobody uses a key. */
    interface Alone {
        void run() throws IOException;
    }

    /** Does something quick while nobody uses a key; false, and nothing done, where somebody does. */
    synchronized boolean alone(String key, Alone action) throws IOException {
        long at = place(key);
        if (held.containsKey(at)) {
            return false;
        }
        FileLock lock = lock(at, false);
        if (lock == null) {
            return false;
        }
        try {
            action.run();
        } finally {
            lock.release();
        }
        return true;
    }

    private FileLock lock(long at, boolean shared) throws IOException {
        try {
            return channel.tryLock(at, 1, shared);
        } catch (OverlappingFileLockException e) {
            return null; // another copy of this class in the same process
        }
    }

    private static long place(String key) {
        return key.equals(ANY) ? 1L << 61 : Long.parseLong(key.substring(0, HEX_DIGITS), 16);
    }
}
