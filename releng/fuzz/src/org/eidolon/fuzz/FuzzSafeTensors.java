// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.torch.SafeTensors;

/** Safetensors: header, and every floating tensor. */
public final class FuzzSafeTensors {
    private static final Path FILE = Scratch.file("fuzz.safetensors");

    private FuzzSafeTensors() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        Floats.read(SafeTensors::open, FILE, data.length, Allocation.SMALL);
    }
}
