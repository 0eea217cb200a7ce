// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.eidolon.api.Device;
import org.eidolon.api.NodeException;
import org.eidolon.nodes.device.LibtorchCheck;
import org.eidolon.nodes.device.TorchAccelerator;
import org.junit.jupiter.api.Test;

class AcceleratorTest {
    private final TorchAccelerator accelerator = new TorchAccelerator();

    @Test
    void aGpuThatIsNotThereIsToldAsSuch() {
        assumeThat(accelerator.devices()).as("a machine without a GPU in use").isEmpty();
        assertThatThrownBy(() -> accelerator.memory(new Device("cuda", 0)))
                .isInstanceOfSatisfying(
                        NodeException.class, e -> assertThat(e.advice()).contains("--device cpu"))
                .hasMessageContaining("cuda:0 cannot be used");
    }

    @Test
    void theDoctorLoadsLibtorchAndSaysWhatAGpuNeeds() {
        var found = new LibtorchCheck().call();
        assertThat(found.get("message")).contains("libtorch 2.", "CPU threads");
        assumeThat(accelerator.devices()).as("a machine without a GPU in use").isEmpty();
        assertThat(found.get("advice")).contains("driver", "--libtorch FOLDER");
    }
}
