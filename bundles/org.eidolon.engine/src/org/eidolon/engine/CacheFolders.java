// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eidolon.api.PrivateFiles;

/** What lies in the folder of a cache, and who may look at it: nobody but its user. */
final class CacheFolders {
    /** What is neither a result nor a checkpoint: pictures that nodes showed, half-written things, words, names of files. */
    static final List<String> REST = List.of("previews", "staging", "provenance", "history", InputPlaces.FOLDER);

    /** Folders with something of a person. */
    static final List<String> OF_PEOPLE =
            Stream.concat(Stream.of("entries", "checkpoints"), REST.stream()).toList();

    /** Files, and folders that hold nothing of anybody: of the start script and of libraries. */
    private static final List<String> OTHERS = List.of("locks", "holds", "outs", "limit", "start", "djl");

    private CacheFolders() {}

    /**
     * What the start script and libraries have derived from the installation, and take for right: archives of classes and
     * unpacked native libraries. A process that has one open keeps it.
     */
    static List<Path> derived(Path root) throws IOException {
        var found = new ArrayList<>(List.of(root.resolve("djl")));
        Path start = root.resolve("start");
        if (Files.isDirectory(start)) {
            try (var files = Files.find(
                    start,
                    2,
                    (file, attributes) -> file.getFileName().toString().endsWith(".jsa"))) {
                files.forEach(found::add);
            }
        }
        return found;
    }

    /**
     * Takes a cache from others, once: one that an older version made is walked through. A folder that somebody named as
     * the cache though it holds other things keeps its mode, and only what is in our own folders there is taken.
     */
    static void protect(Path folder) throws IOException {
        Path root = folder.toRealPath();
        boolean own = isOwn(root);
        if (own && PrivateFiles.isPrivate(root)) {
            return;
        }
        for (String name : OF_PEOPLE) {
            Path inside = root.resolve(name);
            if (!PrivateFiles.isPrivate(inside)) {
                PrivateFiles.protect(inside);
            }
        }
        for (String name : OTHERS) {
            Path file = root.resolve(name);
            if (Files.isRegularFile(file)) {
                PrivateFiles.protect(file);
            }
        }
        if (own) {
            PrivateFiles.protectFolder(root);
        }
    }

    private static boolean isOwn(Path root) throws IOException {
        try (var names = Files.list(root)) {
            return names.map(path -> path.getFileName().toString())
                    .allMatch(name -> OF_PEOPLE.contains(name) || OTHERS.contains(name));
        }
    }
}
