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
        Allocation allocation = Allocation.begin();
        try (SafeTensors in = SafeTensors.open(FILE)) {
            for (var info : in.tensors()) {
                if (info.type().startsWith("F") && !info.type().startsWith("F8")) {
                    in.floats(info.name());
                }
            }
        } catch (IOException e) {
            // as it should be
        }
        allocation.check(data.length);
    }
}
