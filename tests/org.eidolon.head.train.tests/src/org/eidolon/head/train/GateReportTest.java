// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;
import org.junit.jupiter.api.Test;

class GateReportTest {
    private static GateReport report(double... shares) {
        Map<Double, Map<Framing, PriorGate.Result>> results = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i += 2) {
            results.put(
                    1 + i / 4.0,
                    Map.of(
                            Framing.WHOLE, new PriorGate.Result(0.05 * shares[i], 0.05),
                            Framing.FACE, new PriorGate.Result(0.06 * shares[i + 1], 0.06)));
        }
        return new GateReport(results);
    }

    @Test
    void bothFramingsMustHoldAtOneGuidance() {
        assertThat(report(0.59, 0.4).held()).isTrue();
        assertThat(report(0.9, 0.4).held()).isFalse();
        assertThat(report(0.9, 0.4, 0.4, 0.9).held())
                .as("each at another guidance")
                .isFalse();
        GateReport second = report(0.7, 0.5, 0.55, 0.58);
        assertThat(second.held()).isTrue();
        assertThat(second.verdict(Domain.NORMALS))
                .isEqualTo("gate HELD: share 0.580 in its worst framing at guidance 1.5, the bar is 0.6");
        assertThat(report(0.933, 0.821).verdict(Domain.NORMALS)).startsWith("gate MISSED: share 0.933");
        assertThat(second.lines())
                .containsEntry("gate guidance 1.0 whole", "sample 0.0350 of mean head's 0.0500 = 0.700")
                .hasSize(4);
    }

    @Test
    void thePaceFollowsStepsAndMinutesWhicheverIsFarther() {
        double[] now = {100};
        TrainOptions both = new TrainOptions(
                Path.of("h"),
                Path.of("o"),
                Domain.NORMALS,
                1000,
                10,
                8,
                8,
                1,
                1e-3,
                1,
                "cpu",
                false,
                0,
                null,
                null,
                4,
                false);
        Pace pace = new Pace(both, 200, () -> now[0]);
        assertThat(pace.progress(200)).isZero();
        assertThat(pace.progress(600)).isEqualTo(0.5);
        assertThat(pace.rate(200)).as("warms up, resumed too").isLessThan(1e-5);
        assertThat(pace.rate(600)).isEqualTo(1e-3);
        assertThat(pace.rate(1000)).isCloseTo(2e-5, within(1e-9));
        now[0] = 100 + 0.75 * 475; // ten minutes less what the gate takes, less what had passed
        assertThat(pace.progress(600)).isCloseTo(0.75, within(1e-9));
        assertThat(pace.secondsLeft(600)).isCloseTo(0.25 * 475, within(1e-6));
        assertThat(pace.done(999)).isFalse();
        assertThat(pace.done(1000)).isTrue();
        now[0] = 576;
        assertThat(pace.done(600)).isTrue();
        assertThat(Pace.time(42.4)).isEqualTo("42 s");
        assertThat(Pace.time(420)).isEqualTo("7 min");
        assertThat(Pace.time(7500)).isEqualTo("2 h 05 min");
    }
}
