// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;
import picocli.CommandLine.Option;

/** Which PyTorch to time beside. */
final class AgainstOptions {
    @Option(
            names = "--against",
            paramLabel = "PYTHON",
            description =
                    "also times the same loop in plain PyTorch in this Python (releng/reference/requirements-bench.txt says"
                            + " what it needs), and gives the ratio")
    private String against;

    @Option(
            names = "--reference",
            defaultValue = "releng/reference/geometry/step.py",
            paramLabel = "FILE",
            description = "that loop (default releng/reference/geometry/step.py)")
    private Path reference;

    boolean wanted() {
        return against != null;
    }

    /** Starts it. */
    PyTorchLoop open(Path weights, GeometrySettings settings, Device device) {
        return BadInput.checked(() -> new PyTorchLoop(against, reference, weights, settings, device));
    }
}
