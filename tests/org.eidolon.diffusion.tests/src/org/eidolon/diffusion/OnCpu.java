// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a scope on the CPU and a folder of their own. */
abstract class OnCpu {
    @TempDir
    Path folder;

    Scope s;

    @BeforeEach
    void open() throws IOException {
        s = Scope.open(Device.cpu());
    }

    @AfterEach
    void close() {
        s.close();
    }
}
