// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eidolon.diffusion.Precision;
import org.eidolon.head.geometry.LatentGeometrySettings;
import org.eidolon.testing.head.BallHead;
import org.eidolon.testing.head.TinyPriors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class LatentStepBenchTest {
    @Test
    void aStepIsTimedByPart() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            LatentStepBench bench =
                    new LatentStepBench(scope, TinyPriors.SIZES, settings(), 4, Precision.FLOAT32, true);
            Map<String, Double> parts = bench.parts(1);
            assertThat(parts.keySet())
                    .contains("render", "encode", "denoise", "encoderBackward", "backward", "optimiser");
            assertThat(parts.values()).allMatch(millis -> millis >= 0);
            assertThat(bench.whole(1)).isPositive();
        }
    }

    /** Fine steps alone, small and quick. */
    private static LatentGeometrySettings settings() {
        return LatentGeometrySettings.of("draft", false, 5)
                .withLoop(BallHead.settings(10).withViews(2))
                .withPicture(32)
                .withCoarse(0);
    }
}
