// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that the tests look at. */
record Repository(Path root) {
    /** Folders that are built or fetched, not written. */
    private static final Set<String> DERIVED =
            Set.of("target", "bin", ".git", ".maven", ".gpu", "out", ".settings", "node_modules");

    /** Files that builds and users leave behind, which git ignores; in a second checkout .git is a file. */
    private static final Pattern LEFT_BEHIND = Pattern.compile(".*\\.log|\\.(polyglot|tycho|jqwik).*|\\.git");

    /** Walks up from the working directory to the folder that holds {@code bundles} and {@code pom.xml}. */
    static Repository find() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("bundles"))
                    && Files.isRegularFile(p.resolve("pom.xml"))
                    && Files.isDirectory(p.resolve("tests"))) {
                return new Repository(p);
            }
        }
        throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
    }

    /** The folders under {@code bundles} or {@code tests} that hold a bundle. */
    List<Path> bundles(String folder) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            return all.filter(p -> Files.isRegularFile(p.resolve("META-INF/MANIFEST.MF")))
                    .sorted()
                    .toList();
        }
    }

    /** Every written file: nothing that is built, and no jars that the build fetches into {@code lib}. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                String name = folder.getFileName().toString();
                boolean fetched = name.equals("lib")
                        && folder.getParent().getFileName().toString().startsWith("org.");
                return DERIVED.contains(name) || fetched ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                if (a.isRegularFile()
                        && !LEFT_BEHIND.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
