// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eidolon.torch.Adam;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class StageStepsTest {
    /** Heads of published records must come out the same: these are the draws that made them. */
    @Test
    void whatSeedsAndStepsDrawStaysAsItIs() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            NDArray weight = Torch.parameter(scope.of(new float[] {1, 2}, 2));
            Adam adam = new Adam(scope, List.of(weight), Adam.Options.of(1e-3));
            StageSteps steps = new StageSteps(scope, Map.of("weight", weight), adam, 7);
            Random first = steps.chance();
            assertThat(StageSteps.some(5, 13, first)).containsExactly(7, 12, 5, 10, 3);
            assertThat(first.nextInt(1000)).isEqualTo(855);
            assertThat(steps.rate(20, 0.1, 200)).isEqualTo(0.05);
            adam.step(scope, List.of(scope.of(new float[] {1, 1}, 2)));
            Random second = steps.chance();
            assertThat(StageSteps.some(5, 13, second)).containsExactly(0, 12, 8, 5, 6);
            assertThat(second.nextInt(1000)).isEqualTo(392);
            assertThat(steps.rate(20, 0.1, 200)).isEqualTo(0.09999444846167473);
        }
    }

    @Test
    void aQualityThatIsNoneIsNamedWithThoseThereAre() {
        assertThat(Preset.of("high")).isEqualTo(Preset.HIGH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preset.of("fine"))
                .withMessage("quality \"fine\" is none of draft, standard, high");
    }
}
