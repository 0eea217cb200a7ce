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
        Allocation opened = Allocation.begin();
        try (TensorFile in = opening.open(file)) {
            opened.check(length, around);
            for (SafeTensors.Info info : in.tensors()) {
                if (info.type().startsWith("F") && !info.type().startsWith("F8")) {
                    Allocation numbers = Allocation.begin();
                    in.floats(info.name());
                    numbers.check(length, around);
                }
            }
        } catch (IOException e) {
            // as it should be
            opened.check(length, around);
        }
    }
}
