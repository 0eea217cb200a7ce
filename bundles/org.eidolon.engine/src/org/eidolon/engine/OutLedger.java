// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eidolon.api.Hashes;
import org.eidolon.api.Json;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphPaths;

/**
 * Which files in an out folder are ours: each with the node that made it and its sha256, in a file of that folder. It is
 * written before the files are, so that a killed run leaves nothing that a later one does not know as its own; and only
 * what still has the bytes that were written is ever removed, so that nothing of the user's is.
 */
final class OutLedger {
    static final String NAME = ".eidolon-files.json";
    private static final long LIMIT = 16L << 20;

    private final Path folder;
    private final Map<String, Made> files = new LinkedHashMap<>();

    private record Made(String node, String sha256) {}

    private OutLedger(Path folder) {
        this.folder = folder;
    }

    /** What earlier runs wrote; nothing where the ledger is absent or damaged. */
    static OutLedger open(Path folder) {
        var ledger = new OutLedger(folder);
        Path file = folder.resolve(NAME);
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LIMIT) {
                Map<String, Object> json = Json.parseObject(Files.readString(file));
                ((Map<?, ?>) json.get("files")).forEach((name, made) -> {
                    Map<?, ?> fields = (Map<?, ?>) made;
                    ledger.files.put(
                            (String) name, new Made((String) fields.get("node"), (String) fields.get("sha256")));
                });
            }
        } catch (IOException | RuntimeException e) {
            ledger.files.clear(); // then nothing counts as ours, and nothing is removed
        }
        return ledger;
    }

    /** Notes files that are about to be written, sha256 by name. */
    void claim(String node, Map<String, String> hashes) throws IOException {
        boolean changed = false;
        for (var hash : hashes.entrySet()) {
            var made = new Made(node, hash.getValue());
            changed |= !made.equals(files.put(hash.getKey(), made));
        }
        if (changed || !Files.exists(folder.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
            save();
        }
    }

    /** What was done about files of earlier runs that this one did not make. */
    record Tidied(List<String> removed, List<String> earlier) {
        static final Tidied NOTHING = new Tidied(List.of(), List.of());
    }

    /**
     * Removes files of earlier runs that this run would have made, had they still been part of it.
     *
     * @param delivered names of the files that this run made
     * @param superseded says of a node whether this run speaks for its files
     */
    Tidied tidy(Set<String> delivered, Predicate<String> superseded) {
        var removed = new ArrayList<String>();
        var earlier = new ArrayList<String>();
        Set<String> before = Set.copyOf(files.keySet());
        for (var entry : Map.copyOf(files).entrySet()) {
            String name = entry.getKey();
            if (delivered.contains(name)) {
                continue;
            }
            Path file = inFolder(name);
            if (file == null) {
                files.remove(name);
            } else if (!superseded.test(entry.getValue().node())) {
                earlier.add(name);
            } else {
                files.remove(name);
                boolean gone = removeIfUnchanged(file, entry.getValue().sha256());
                (gone ? removed : earlier).add(name);
            }
        }
        if (!files.keySet().equals(before)) {
            try {
                save();
            } catch (IOException e) {
                // what it still lists is looked at again by the next run
            }
        }
        removed.sort(null);
        earlier.sort(null);
        return new Tidied(removed, earlier);
    }

    /** A file that is there, in the folder, reached by no link; else null. */
    private Path inFolder(String name) {
        try {
            Path file = GraphPaths.resolve(folder, name);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? file : null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean removeIfUnchanged(Path file, String sha256) {
        try {
            if (!Hashes.ofFile(file).equals(sha256)) {
                return false; // changed since, so it is the user's
            }
            Files.delete(file);
            removeEmpty(file.getParent());
            return true;
        } catch (IOException e) {
            return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void removeEmpty(Path from) throws IOException {
        Path root = folder.toRealPath();
        for (Path empty = from; empty.startsWith(root) && !empty.equals(root); empty = empty.getParent()) {
            try {
                Files.delete(empty);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    /** Writes it, whatever has become of the one before. */
    void save() throws IOException {
        var tree = new LinkedHashMap<String, Object>();
        files.forEach((name, made) -> tree.put(name, Map.of("node", made.node(), "sha256", made.sha256())));
        Files.createDirectories(folder);
        byte[] text = (Json.write(Map.of("files", tree)) + "\n").getBytes(StandardCharsets.UTF_8);
        GraphFiles.put(folder.resolve(NAME), text);
    }
}
