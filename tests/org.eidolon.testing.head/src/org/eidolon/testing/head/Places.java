// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
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
     * The FaceXModel folder of ICT-FaceKit: what EIDOLON_ICT names, or the shared archive unpacked into a folder of
     * the test's (387 MB); else the test is skipped.
     */
    public static Path ictFaceKit(Path scratch) {
        String told = System.getenv("EIDOLON_ICT");
        if (told != null) return Path.of(told);
        Path archive = shared().resolve("data").resolve("ict-facekit").resolve("FaceXModel.tar.xz");
        assumeThat(archive)
                .as("ICT-FaceKit beside the checkout (../shared/data/ict-facekit) or named by EIDOLON_ICT")
                .exists();
        assumeThat(unpack(archive, scratch))
                .as("tar and xz, to unpack ICT-FaceKit")
                .isTrue();
        return scratch.resolve("FaceXModel");
    }

    private static boolean unpack(Path archive, Path folder) {
        try {
            return new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", folder.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path shared() {
        String told = System.getenv("EIDOLON_SHARED");
        return told != null ? Path.of(told) : root().resolveSibling("shared");
    }
}
