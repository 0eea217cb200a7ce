// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eidolon.graph.GraphPaths;

/** Files that a graph uses lie in its folder; what comes from elsewhere is copied to {@code assets} there. */
public final class Assets {
    private static final String FOLDER = "assets";

    private Assets() {}

    /**
     * The path by which the graph names a file.
     *
     * @throws IOException if the file cannot be copied
     */
    public static String bring(GraphDocument document, Path file) throws IOException {
        Optional<String> inside = GraphPaths.relative(document.folder(), file);
        if (inside.isPresent()) {
            return inside.get();
        }
        Path assets = Files.createDirectories(document.folder().resolve(FOLDER));
        String name = file.getFileName().toString();
        Path target = assets.resolve(name);
        for (int i = 2; Files.exists(target) && Files.mismatch(target, file) >= 0; i++) {
            int dot = name.lastIndexOf('.');
            target = assets.resolve(dot < 0 ? name + "-" + i : name.substring(0, dot) + "-" + i + name.substring(dot));
        }
        if (!Files.exists(target)) {
            Files.copy(file, target);
        }
        return FOLDER + "/" + target.getFileName();
    }
}
