// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eidolon.api.Hashes;
import org.eidolon.api.PrivateFiles;
import org.eidolon.api.UserPath;
import org.eidolon.api.ValueType;

/**
 * Results by content key, on disk and softly in memory. An entry is a folder that is written beside and renamed, so
 * that it is whole or absent; its manifest is its provenance and holds the hash of every file. Several processes may
 * share one cache.
 *
 * <pre>
 * entries/ab/abcd…/manifest.json, entries/ab/abcd…/OUTPUT/…     results
 * checkpoints/abcd…/STEP/…                                       of a long node that runs or was killed
 * locks, holds                                                   who computes, who uses what: locks on their bytes
 * provenance/ab/abcd….json                                       manifests of entries that were evicted
 * limit                                                          most bytes of entries
 * staging/UUID/…                                                 half-written entries and scratch folders
 * history/….json                                                 what each node of a graph last ran with
 * places/SHA256                                                  where an input file lay, for replays
 * </pre>
 */
public final class Cache {
    static final String MANIFEST = "manifest.json";
    private static final Duration STAGING_AGE = Duration.ofDays(2);
    private static final Duration CHECKPOINT_AGE = Duration.ofDays(30);

    private final Path root;
    private final Map<String, SoftReference<Object>> loaded = new ConcurrentHashMap<>();
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    /** An entry found on disk; the manifest is as {@link #store} was given it, with outputs and files added. */
    public record Entry(String key, Path folder, Map<String, Object> manifest) {
        @SuppressWarnings("unchecked")
        Map<String, Map<String, Object>> files() {
            return (Map<String, Map<String, Object>>) (Map<?, ?>) manifest.get("files");
        }

        static final String WARNINGS = "warnings";

        /** What the user was warned of as the entry was made. */
        List<String> warnings() {
            return facts().get(WARNINGS) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        /** Facts that the node recorded. */
        @SuppressWarnings("unchecked")
        public Map<String, Object> facts() {
            return (Map<String, Object>) manifest.getOrDefault("facts", Map.of());
        }

        /** Seconds that the node ran when the entry was made. */
        public double seconds() {
            return ((Number) manifest.getOrDefault("seconds", 0L)).doubleValue();
        }

        /** Sha256 of each output's files, by output name. */
        @SuppressWarnings("unchecked")
        public Map<String, Object> outputs() {
            return (Map<String, Object>) manifest.get("outputs");
        }
    }

    /** An output to store. */
    public record Output(Object value, ValueType<?> type) {
        @SuppressWarnings("unchecked")
        void write(Path folder) throws IOException {
            ((ValueType<Object>) type).write(value, folder);
        }
    }

    /** Opens, and makes if need be, a cache. */
    public Cache(Path root) throws IOException {
        this.root = PrivateFiles.createFolders(root.toAbsolutePath().normalize());
        CacheFolders.protect(this.root);
        sweep(PrivateFiles.createFolders(this.root.resolve("staging")), STAGING_AGE);
        sweep(PrivateFiles.createFolders(this.root.resolve("checkpoints")), CHECKPOINT_AGE);
    }

    /** EIDOLON_CACHE, else eidolon in XDG_CACHE_HOME, else ~/.cache/eidolon. */
    public static Path defaultFolder(Map<String, String> environment) {
        String own = environment.getOrDefault("EIDOLON_CACHE", "");
        if (!own.isBlank()) {
            return UserPath.of(Path.of(""), own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : UserPath.of(Path.of(""), xdg);
        return base.resolve("eidolon");
    }

    public Path root() {
        return root;
    }

    /** The entry of a key if it is there with all its files at their sizes; bytes are checked by {@link #verify}. */
    public Optional<Entry> find(String key) {
        Path folder = folder(key);
        try {
            Entry entry = entry(key, folder.resolve(MANIFEST));
            for (var file : entry.files().entrySet()) {
                if (Files.size(folder.resolve(file.getKey()))
                        != (Long) file.getValue().get("size")) {
                    return Optional.empty();
                }
            }
            return Optional.of(entry);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // absent, or damaged in whatever way: it is made again
        }
    }

    /** @throws IllegalArgumentException where the manifest is not what {@link #store} writes for the key */
    private Entry entry(String key, Path manifest) throws IOException {
        Map<String, Object> json = Sealed.read(Files.readString(manifest));
        boolean sound = key.equals(json.get("key"))
                && json.get("type") instanceof String
                && json.get("outputs") instanceof Map<?, ?>
                && json.get("files") instanceof Map<?, ?>
                && json.getOrDefault("facts", Map.of()) instanceof Map<?, ?>
                && json.getOrDefault("seconds", 0L) instanceof Number;
        if (!sound) {
            throw new IllegalArgumentException("the manifest " + manifest + " is damaged");
        }
        return new Entry(key, folder(key), json);
    }

    /** What an entry says of itself, whether or not its files are still there and whole. */
    Optional<Entry> provenance(String key) {
        for (Path file : List.of(folder(key).resolve(MANIFEST), provenanceFile(key))) {
            try {
                return Optional.of(entry(key, file));
            } catch (IOException | IllegalArgumentException e) {
                // absent or damaged
            }
        }
        return Optional.empty();
    }

    /** True when every file has the bytes that were stored; an entry is read through once in a process. */
    public boolean verify(Entry entry) {
        try {
            // the time of last use, by which room is made
            Files.setLastModifiedTime(entry.folder().resolve(MANIFEST), FileTime.from(Instant.now()));
            if (verified.contains(entry.key())) {
                return true;
            }
            for (var file : entry.files().entrySet()) {
                if (!Hashes.ofFile(entry.folder().resolve(file.getKey()))
                        .equals(file.getValue().get("sha256"))) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false;
        }
        verified.add(entry.key());
        return true;
    }

    /** An output's value, from memory or from the entry's files. */
    public <T> T load(Entry entry, String output, ValueType<T> type) throws IOException {
        String name = entry.key() + "." + output;
        var reference = loaded.get(name);
        Object value = reference == null ? null : reference.get();
        if (value == null) {
            value = type.read(entry.folder().resolve(output));
            loaded.put(name, new SoftReference<>(value));
        }
        return type.type().cast(value);
    }

    /**
     * Stores a result: written beside, hashed, then renamed. When another process has stored the key meanwhile, its
     * entry stays.
     */
    public Entry store(String key, Map<String, Object> provenance, Map<String, Output> outputs) throws IOException {
        Path beside = PrivateFiles.createFolders(stagingName());
        try {
            var hashes = new LinkedHashMap<String, Object>();
            for (var output : outputs.entrySet()) {
                Path folder = Files.createDirectories(beside.resolve(output.getKey()));
                output.getValue().write(folder);
                hashes.put(output.getKey(), Hashes.ofTree(folder));
            }
            var files = new LinkedHashMap<String, Object>();
            for (String file : Hashes.files(beside)) {
                Path path = beside.resolve(file);
                files.put(file, Map.of("size", Files.size(path), "sha256", Hashes.ofFile(path)));
            }
            var manifest = new LinkedHashMap<>(provenance);
            manifest.put("outputs", hashes);
            manifest.put("files", files);
            Files.writeString(beside.resolve(MANIFEST), Sealed.text(manifest));
            PrivateFiles.protect(beside);
            moveIn(beside, folder(key), key);
        } finally {
            Hashes.deleteTree(beside);
        }
        return find(key)
                .orElseThrow(() -> new IOException("the entry " + folder(key) + " vanished while it was stored"));
    }

    private void moveIn(Path beside, Path folder, String key) throws IOException {
        PrivateFiles.createFolders(folder.getParent());
        for (int attempt = 0; ; attempt++) {
            try {
                Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
                verified.add(key); // written by this process a moment ago
                return;
            } catch (FileSystemException e) { // a rename onto a folder with files in it
                if (!Files.exists(folder) || attempt > 2) {
                    throw e;
                }
                if (find(key).filter(this::verify).isPresent()) {
                    return;
                }
                discard(key);
            }
        }
    }

    /** Removes an entry; at once for others, as it is renamed before it is deleted. */
    public void discard(String key) throws IOException {
        loaded.keySet().removeIf(name -> name.startsWith(key));
        verified.remove(key);
        Path beside = stagingName();
        try {
            Files.move(folder(key), beside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        Hashes.deleteTree(beside);
    }

    /** A new name for half-written things, not yet made; swept away some day if the process dies. */
    Path stagingName() {
        return root.resolve("staging").resolve(UUID.randomUUID().toString());
    }

    /** Where a long node with this key keeps its checkpoints while it runs; not yet made. */
    Path checkpoints(String key) {
        return root.resolve("checkpoints").resolve(key);
    }

    /** Waits for the right to compute a key. @param waiting told once where another run has had it for a while */
    KeyLock lock(String key, Runnable waiting) throws IOException, InterruptedException {
        return KeyLock.take(locks(), key, waiting);
    }

    Path locks() {
        return root.resolve("locks");
    }

    EntryHolds holds() throws IOException {
        return EntryHolds.of(root.resolve("holds"));
    }

    /** Where input files lay on this machine. */
    public InputPlaces places() {
        return new InputPlaces(this);
    }

    /** Its room: how much it takes and may take. */
    public CacheStore room() {
        return new CacheStore(this);
    }

    Path provenanceFile(String key) {
        return root.resolve("provenance").resolve(key.substring(0, 2)).resolve(key + ".json");
    }

    Path folder(String key) {
        return root.resolve("entries").resolve(key.substring(0, 2)).resolve(key);
    }

    /** Removes what killed processes left in a folder and nobody has touched for long. */
    static void sweep(Path folder, Duration age) throws IOException {
        var limit = FileTime.from(Instant.now().minus(age));
        try (var names = Files.list(folder)) {
            for (Path name : names.toList()) {
                if (Files.getLastModifiedTime(name).compareTo(limit) < 0) {
                    Hashes.deleteTree(name);
                }
            }
        } catch (NoSuchFileException e) {
            // another process sweeps as well
        }
    }
}
