// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private long now;
    private final ProgressMeter meter = new ProgressMeter("n", () -> now);

    @Test
    void tellsRateAndTimeLeft() {
        assertThat(meter.update("shape", 0, 700, "step")).isPresent();
        now += 2_000_000_000L;
        var progress = meter.update("shape", 100, 700, "step").orElseThrow();
        assertThat(progress.rate()).isEqualTo(50);
        assertThat(progress.left()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void followsAChangeOfPace() {
        for (int step = 0; step <= 100; step++, now += 1_000_000_000L) {
            meter.update("shape", step, 300, "step");
        }
        RunEvent.Progress last = null;
        for (int step = 101; step <= 200; step++, now += 250_000_000L) {
            last = meter.update("shape", step, 300, "step").orElse(last);
        }
        assertThat(last.rate()).isBetween(3.9, 4.1);
    }

    @Test
    void thinsOutButKeepsFirstAndLast() {
        int sent = 0;
        for (int step = 0; step <= 1000; step++, now += 1_000_000L) {
            sent += meter.update("shape", step, 1000, "step").isPresent() ? 1 : 0;
        }
        assertThat(sent).isEqualTo(11);
        assertThat(meter.update("paint", 0, 0, "step").orElseThrow().left()).isNull();
    }
}
