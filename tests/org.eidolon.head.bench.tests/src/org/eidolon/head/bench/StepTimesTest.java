// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTimesTest {
    @Test
    void partsAddUpToTheStep() {
        Map<String, Double> clock = new LinkedHashMap<>();
        clock.put("field", 10.0);
        clock.put("render", 50.0);
        clock.put("guide", 400.0);
        clock.put("backward", 40.0);
        StepTimes times = StepTimes.of(clock, Map.of("transformAndVisibility", 30.0, "visibilityTorch", 70.0));
        assertThat(times.parts().keySet())
                .containsExactly("field", "transformAndVisibility", "shadingAndAntialias", "unet", "backward");
        assertThat(times.parts().get("shadingAndAntialias")).isEqualTo(20);
        assertThat(times.total()).isCloseTo(500, within(1e-9));
        assertThat(times.baselines()).containsOnlyKeys("visibilityTorch");
        assertThat(times.table()).anyMatch(line -> line.contains("unet") && line.contains("80.0%"));
    }

    @Test
    void medianOfEvenAndOdd() {
        assertThat(StepTimes.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(StepTimes.median(new double[] {9, 1, 5, 6})).isEqualTo(5.5);
    }
}
