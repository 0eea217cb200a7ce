// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.torch.TorchArchive;

/** PyTorch's archives, the zip around the pickle included. */
public final class FuzzArchive {
    private static final Path FILE = Scratch.file("fuzz.bin");

    private FuzzArchive() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        Floats.read(TorchArchive::open, FILE, data.length, Allocation.PICKLE);
    }
}
