// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for inputs that are read from files, gone when the process ends. */
final class Scratch {
    private static final Path ROOT = make();

    private Scratch() {}

    private static Path make() {
        try {
            Path root = Files.createTempDirectory("eidolon-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root.toFile())));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(File tree) {
        File[] inside = tree.listFiles();
        for (File each : inside == null ? new File[0] : inside) {
            delete(each);
        }
        tree.delete();
    }

    static Path file(String name) {
        return ROOT.resolve(name);
    }

    static Path folder(String name) {
        try {
            return Files.createDirectories(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
