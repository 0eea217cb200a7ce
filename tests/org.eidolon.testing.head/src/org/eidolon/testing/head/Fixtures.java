// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files that the scripts in {@code releng/reference} wrote from other implementations, for all tests that read them. */
public final class Fixtures {
    private static final String DIFFUSION = "tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures";
    private static final String ENCODERS = "tests/org.eidolon.encoders.tests/src/org/eidolon/encoders";

    private Fixtures() {}

    /** One of diffusers, PEFT or kohya, by its file's name. */
    public static Path diffusion(String name) {
        return Places.root().resolve(DIFFUSION).resolve(name);
    }

    /** An ArcFace of random weights, 512 numbers. */
    public static Path arcFace() {
        return Places.root().resolve(ENCODERS).resolve("arcface512.onnx");
    }

    /** The folder that diffusers wrote of a Stable Diffusion in miniature, unpacked to where a test wants it. */
    public static Path miniature(Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(diffusion("miniature.zip")))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (e.isDirectory()) continue;
                Path file = folder.resolve(e.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        return folder;
    }
}
