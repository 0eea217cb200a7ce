// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.torch.Scope;
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
            paramLabel = "FILE",
            description = "that loop (default releng/reference/geometry/step.py; full/step.py there with --full)")
    private Path reference;

    boolean wanted() {
        return against != null;
    }

    /** Starts it. */
    PyTorchLoop open(Path weights, GeometrySettings settings, Device device) {
        return BadInput.checked(
                () -> new PyTorchLoop(against, reference("geometry/step.py"), weights, settings, device));
    }

    /** Starts the one of the full size. */
    PyTorchLoop openFull(Scope scope, FullStep.Task task) {
        return BadInput.checked(() -> FullStep.loop(scope, task, against, reference("full/step.py")));
    }

    private Path reference(String usual) {
        return reference != null ? reference : Path.of("releng", "reference").resolve(usual);
    }
}
