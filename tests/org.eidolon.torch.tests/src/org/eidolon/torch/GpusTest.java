// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.torch.Torch.Gpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpusTest {
    @Test
    void deviceFilesOfTheDriverAreCounted(@TempDir Path devices) throws Exception {
        assertThat(Gpus.shown(devices)).isZero();
        for (String name : List.of("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "null")) {
            Files.createFile(devices.resolve(name));
        }
        assertThat(Gpus.shown(devices)).isEqualTo(2);
        assertThat(Gpus.shown(devices.resolve("absent"))).isZero();
    }

    @Test
    void cudaVisibleDevicesChoosesUpToTheFirstThatIsNone() {
        List<String> models = List.of("A", "B", "C");
        assertThat(Gpus.visible(3, models, Map.of())).extracting(Gpu::model).containsExactly("A", "B", "C");
        assertThat(Gpus.visible(3, models, Map.of("CUDA_VISIBLE_DEVICES", "2, 0,7,1")))
                .containsExactly(new Gpu(0, "C", -1, -1), new Gpu(1, "A", -1, -1));
        for (String none : List.of("", "-1", "NoDevFiles")) {
            assertThat(Gpus.visible(3, models, Map.of("CUDA_VISIBLE_DEVICES", none)))
                    .isEmpty();
        }
        assertThat(Gpus.visible(1, models, Map.of("CUDA_VISIBLE_DEVICES", "GPU-8932f937-d72c")))
                .hasSize(1);
        assertThat(Gpus.visible(0, List.of(), Map.of("CUDA_VISIBLE_DEVICES", "GPU-8932f937-d72c")))
                .isEmpty();
    }

    /** The tests run on the CPU build; it is loaded by other tests, so what was chosen shows as well. */
    @Test
    void withoutACudaBuildThereAreNone() {
        if (System.getenv(Libtorch.FOLDER_VARIABLE) == null && System.getenv(Libtorch.DJL_PATH) == null) {
            assertThat(Gpus.expected()).isEmpty();
        }
    }
}
