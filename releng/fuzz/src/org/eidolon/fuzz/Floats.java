// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.TensorFile;

/** Opens a file of tensors and reads those of floating types; each of these takes what its input can be worth. */
final class Floats {
    interface Opening {
        TensorFile open(Path file) throws IOException;
    }

    private Floats() {}

    static void read(Opening opening, Path file, long length, int around) {
        try {
            Allocation.bounded(length, around, () -> opening.open(file).close());
            try (TensorFile in = opening.open(file)) {
                for (SafeTensors.Info info : in.tensors()) {
                    if (info.type().startsWith("F") && !info.type().startsWith("F8")) {
                        Allocation.bounded(length, Allocation.SMALL, () -> in.floats(info.name()));
                    }
                }
            }
        } catch (IOException e) {
            // as it should be
        }
    }
}
