// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.models.Models;
import org.eidolon.testing.head.Places;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timing beside the loop in PyTorch. */
class AgainstTest {
    private static final GeometrySettings SMALL = GeometrySettings.draft(1).withResolution(16);

    @TempDir
    Path folder;

    private Path script() {
        return Places.root().resolve("releng/reference/geometry/step.py");
    }

    private Path weights() {
        return Models.standard().get("prior/head-normals").verifiedPath();
    }

    @Test
    void theRatioIsOfMedians() {
        JsonObject about = new JsonObject();
        about.addProperty("torch", "1");
        about.addProperty("device", "cpu");
        var against = new Against(new double[] {3, 1, 2}, new double[] {4, 100, 3}, Map.of("guide", 2.5), about);
        assertThat(against.ratio()).isCloseTo(0.5, within(1e-9));
        assertThat(against.json("Millis").toString())
                .contains("\"ourMillis\":2.0", "\"theirMillis\":4.0", "\"ratio\":0.5", "\"guide\":2.5");
        assertThat(against.table("ms").getLast()).isEqualTo("Eidolon 2.0 ms, PyTorch 4.0 ms: ratio 0.50");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        var cpu = Torch.device("cpu");
        Path none = folder.resolve("none.py");
        assertThatThrownBy(() -> new PyTorchLoop("python3", none, weights(), SMALL, cpu))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("none.py", "--reference");
        assertThatThrownBy(
                        () -> new PyTorchLoop(folder.resolve("no-python").toString(), script(), weights(), SMALL, cpu))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no-python", "cannot be started");
        Path deaf = Files.writeString(folder.resolve("deaf.py"), "");
        assertThatThrownBy(() -> new PyTorchLoop("true", deaf, weights(), SMALL, cpu))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("does not start", "requirements-bench.txt");
    }

    @Test
    void theLoopRunsBesideOurs() throws IOException {
        Path python = Places.root().resolve("releng/reference/target/python/bin/python");
        assumeThat(python)
                .as("a Python with releng/reference/requirements-bench.txt")
                .isExecutable();
        try (Scope scope = Scope.open(Torch.device("cpu"));
                PyTorchLoop loop = new PyTorchLoop(python.toString(), script(), weights(), SMALL, scope.device())) {
            Against against = StepTimes.against(scope, weights(), SMALL, 1, 1, loop);
            assertThat(against.ratio()).isBetween(0.01, 100.0);
            assertThat(against.parts().keySet())
                    .containsExactly("field", "extraction", "surface", "render", "guide", "backward", "optimiser");
            assertThat(against.parts().values()).allMatch(millis -> millis > 0);
            assertThat(loop.whole(1)).isPositive();
        }
    }
}
