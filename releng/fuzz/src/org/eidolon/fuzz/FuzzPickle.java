// SPDX-License-Identifier: EPL-2.0
package org.eidolon.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.eidolon.torch.internal.TensorPickle;

/** The reader of PyTorch's pickles: anything but an IOException is a fault. */
public final class FuzzPickle {
    private FuzzPickle() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Allocation.bounded(
                    data.length,
                    Allocation.PICKLE,
                    () -> TensorPickle.read(new ByteArrayInputStream(data), data.length, data.length));
        } catch (IOException e) {
            // as it should be
        }
    }
}
