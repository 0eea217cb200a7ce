// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.testing.head.Places;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timing a step in latents, alone and beside the loop in PyTorch and diffusers. */
class FullStepTest {
    private static final FullStep.Task SMALL = new FullStep.Task(
            FullSizes.TINY,
            LatentGeometrySettings.of("draft", false, 1)
                    .withLoop(GeometrySettings.draft(1).withResolution(16).withViews(1))
                    .withPicture(32)
                    .withCoarse(0),
            1,
            1);

    @TempDir
    Path folder;

    @Test
    void partsAndMemoryAreTold() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FullStep step = FullStep.measure(scope, SMALL);
            assertThat(step.parts()).containsKeys("render", "encode", "denoise", "encoderBackward", "backward");
            assertThat(step.whole()).isPositive();
            assertThat(step.planned()).isGreaterThan(1 << 20);
            assertThat(step.used()).isZero();
            assertThat(step.json().toString()).contains("\"totalMillis\"", "\"encode\"", "\"plannedBytes\"");
            assertThat(String.join("\n", step.table()))
                    .contains("memory planned")
                    .doesNotContain("in use on the GPU");
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        Path none = folder.resolve("none.py");
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            assertThatThrownBy(() -> FullStep.loop(scope, SMALL, "python3", none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("none.py", "full/step.py", "--reference");
            var odd = new FullStep.Task(FullSizes.TINY, SMALL.settings().withPicture(33), 1, 1);
            assertThatThrownBy(() -> FullStep.measure(scope, odd)).hasMessageContaining("multiple of 4");
        }
    }

    @Test
    void theLoopRunsBesideOurs() throws IOException {
        String named = System.getenv("EIDOLON_REFERENCE_PYTHON");
        assumeThat(named)
                .as("a Python with releng/reference/requirements-full.txt")
                .isNotNull();
        try (Scope scope = Scope.open(Torch.device("cpu"));
                PyTorchLoop loop =
                        FullStep.loop(scope, SMALL, named, Places.root().resolve("releng/reference/full/step.py"))) {
            Against against = FullStep.against(scope, SMALL, loop);
            assertThat(against.ratio()).isBetween(0.01, 100.0);
            assertThat(against.parts().keySet())
                    .containsExactly(
                            "field", "extraction", "surface", "render", "encode", "denoise", "backward", "optimiser");
            assertThat(against.parts().values()).allMatch(millis -> millis > 0);
        }
    }
}
