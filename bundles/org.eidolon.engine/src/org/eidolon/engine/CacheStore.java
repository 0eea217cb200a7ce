// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.eidolon.api.Hashes;
import org.eidolon.api.PrivateFiles;
import org.eidolon.graph.GraphFiles;

/**
 * The room that a cache takes: how much, how much it may, and making room. What was used longest ago goes first; what a
 * run of any process uses stays. Of an evicted entry its manifest is kept, a few kilobytes, so that the record of a run
 * still has the facts of what lies behind its results.
 */
public final class CacheStore {
    /** Bytes, unless the user says otherwise. */
    public static final long USUAL_LIMIT = 20L << 30;

    private static final Duration PROVENANCE_AGE = Duration.ofDays(365);

    private final Cache cache;
    private final Path root;

    CacheStore(Cache cache) {
        this.cache = cache;
        this.root = cache.root();
    }

    /**
     * What lies in a cache, in bytes.
     *
     * @param entries how many results there are
     * @param results bytes of them
     * @param checkpoints bytes of long nodes that run or were stopped
     * @param rest previews, half-written entries, provenance, history, where input files lay
     */
    public record Usage(long entries, long results, long checkpoints, long rest) {
        public long total() {
            return results + checkpoints + rest;
        }
    }

    /** What making room came to. @param inUse entries that had to stay because something runs with them */
    public record Freed(long entries, long bytes, long inUse) {}

    private record Found(String key, long bytes, FileTime used) {}

    /**
     * A result.
     *
     * @param type id of the node type that made it; empty where the entry does not say
     * @param used when something last took it
     * @param seconds that making it took
     */
    public record Item(String key, String type, long bytes, Instant used, double seconds) {}

    /** Most bytes of results; {@link Long#MAX_VALUE} for no limit. */
    public long limit() {
        try {
            return Long.parseLong(Files.readString(limitFile()).strip());
        } catch (IOException | NumberFormatException e) {
            return USUAL_LIMIT;
        }
    }

    public void limit(long bytes) throws IOException {
        GraphFiles.replace(limitFile(), (bytes + "\n").getBytes(StandardCharsets.UTF_8));
        PrivateFiles.protect(limitFile());
    }

    private Path limitFile() {
        return root.resolve("limit");
    }

    public Usage usage() throws IOException {
        List<Found> entries = entries();
        return new Usage(
                entries.size(),
                entries.stream().mapToLong(Found::bytes).sum(),
                bytes(root.resolve("checkpoints")),
                rest());
    }

    private long rest() throws IOException {
        long sum = 0;
        for (String folder : CacheFolders.REST) {
            sum += bytes(root.resolve(folder));
        }
        return sum;
    }

    /** All results, the one used longest ago first. */
    public List<Item> items() throws IOException {
        var items = new ArrayList<Item>();
        for (Found found : entries()) {
            var entry = cache.provenance(found.key());
            items.add(new Item(
                    found.key(),
                    entry.map(e -> String.valueOf(e.manifest().get("type"))).orElse(""),
                    found.bytes(),
                    found.used().toInstant(),
                    entry.map(Cache.Entry::seconds).orElse(0.0)));
        }
        return items;
    }

    /** Evicts chosen results, those that no run uses. */
    public Freed remove(Collection<String> keys) throws IOException {
        long bytes = 0;
        long gone = 0;
        long inUse = 0;
        for (Found entry : entries()) {
            if (!keys.contains(entry.key())) {
                continue;
            }
            if (evict(entry.key())) {
                bytes += entry.bytes();
                gone++;
            } else {
                inUse++;
            }
        }
        return new Freed(gone, bytes, inUse);
    }

    /** Evicts what was used longest ago until results take no more than a number of bytes. */
    public Freed trim(long limit) throws IOException {
        Cache.sweep(root.resolve("provenance"), PROVENANCE_AGE);
        List<Found> entries = entries();
        long size = entries.stream().mapToLong(Found::bytes).sum();
        long before = size;
        long gone = 0;
        long inUse = 0;
        for (Found entry : entries) {
            if (size <= limit) {
                break;
            }
            if (evict(entry.key())) {
                size -= entry.bytes();
                gone++;
            } else {
                inUse++;
            }
        }
        return new Freed(gone, before - size, inUse);
    }

    /**
     * Removes everything of anybody that no run uses: results, checkpoints, previews, history, where files lay; and what is
     * derived and made anew by the next start, in case that it is damaged.
     */
    public Freed clean() throws IOException {
        long before = usage().total();
        Freed trimmed = trim(-1);
        for (Path checkpoint : list(root.resolve("checkpoints"))) {
            try (KeyLock lock =
                    KeyLock.tryTake(cache.locks(), checkpoint.getFileName().toString())) {
                if (lock != null) {
                    Hashes.deleteTree(checkpoint);
                }
            }
        }
        cache.holds().alone(EntryHolds.ANY, () -> {
            for (String folder : CacheFolders.REST) {
                for (Path path : list(root.resolve(folder))) {
                    Hashes.deleteTree(path);
                }
            }
            for (Path derived : CacheFolders.derived(root)) {
                Hashes.deleteTree(derived);
            }
        });
        return new Freed(trimmed.entries(), before - usage().total(), trimmed.inUse());
    }

    private boolean evict(String key) throws IOException {
        Path beside = cache.stagingName();
        boolean free = cache.holds().alone(key, () -> {
            try {
                Files.move(cache.folder(key), beside, StandardCopyOption.ATOMIC_MOVE);
                keepProvenance(key, beside.resolve(Cache.MANIFEST)); // before anybody can miss it
            } catch (NoSuchFileException e) {
                // another process was quicker
            }
        });
        Hashes.deleteTree(beside);
        return free;
    }

    private void keepProvenance(String key, Path manifest) throws IOException {
        Path kept = cache.provenanceFile(key);
        try {
            PrivateFiles.createFolders(kept.getParent());
            Files.move(manifest, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // an entry without a manifest is none
        }
    }

    /** All entries, the one used longest ago first. */
    private List<Found> entries() throws IOException {
        var found = new ArrayList<Found>();
        for (Path group : list(root.resolve("entries"))) {
            for (Path folder : list(group)) {
                Path manifest = folder.resolve(Cache.MANIFEST);
                FileTime used =
                        Files.exists(manifest) ? Files.getLastModifiedTime(manifest) : FileTime.from(Instant.EPOCH);
                String key = folder.getFileName().toString();
                if (key.matches("[0-9a-f]{64}")) {
                    found.add(new Found(key, bytes(folder), used));
                }
            }
        }
        found.sort(Comparator.comparing(Found::used));
        return found;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static long bytes(Path folder) throws IOException {
        long[] sum = {0};
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // gone meanwhile
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sum[0];
    }
}
