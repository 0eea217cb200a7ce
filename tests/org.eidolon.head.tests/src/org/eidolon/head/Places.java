// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests find what does not travel with the bundle. */
public final class Places {
    private Places() {}

    /** The checkout. */
    public static Path root() {
        String told = System.getenv("EIDOLON_ROOT");
        if (told != null) return Path.of(told);
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("bundles"))) at = at.getParent();
        if (at == null) throw new IllegalStateException("no checkout above the working directory: set EIDOLON_ROOT");
        return at;
    }

    /**
     * The FaceXModel folder of ICT-FaceKit: EIDOLON_ICT, or unpacked beside the shared data; else the test is skipped.
     */
    public static Path ictFaceKit() {
        String told = System.getenv("EIDOLON_ICT");
        Path folder = told != null
                ? Path.of(told)
                : shared().resolve("data").resolve("ict-facekit").resolve("FaceXModel");
        assumeThat(folder.resolve("generic_neutral_mesh.obj"))
                .as("ICT-FaceKit's FaceXModel folder, named by EIDOLON_ICT")
                .exists();
        return folder;
    }

    private static Path shared() {
        String told = System.getenv("EIDOLON_SHARED");
        return told != null ? Path.of(told) : root().resolveSibling("shared");
    }
}
