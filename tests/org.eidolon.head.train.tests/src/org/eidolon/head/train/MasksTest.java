// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MasksTest {
    private static final int N = 20_000;

    @Test
    void leavesOutAsOftenAsItShould() {
        Masks masks = Masks.draw(new Random(1), N);
        int both = 0;
        for (int i = 0; i < N; i++) {
            if (masks.identity()[i] == 0 && masks.text()[i] == 0) both++;
            assertThat(masks.portrait()[i] + masks.identityCode()[i])
                    .as("a person is known by something")
                    .isPositive();
            assertThat(masks.words()[i] + masks.textCode()[i])
                    .as("an expression is told by something")
                    .isPositive();
            assertThat(masks.noise()[i]).isBetween(0f, 0.5f);
        }
        assertThat((double) both / N).isCloseTo(0.06, within(0.01));
        assertThat(kept(masks.identity())).isCloseTo(0.88, within(0.01));
        assertThat(kept(masks.text())).isCloseTo(0.88, within(0.01));
        assertThat(kept(masks.portrait())).isCloseTo(0.7, within(0.015));
        assertThat(kept(masks.identityCode())).isCloseTo(0.85, within(0.015));
        assertThat(kept(masks.words())).isCloseTo(0.75, within(0.015));
        assertThat(kept(masks.textCode())).isCloseTo(0.85, within(0.015));
    }

    private static double kept(float[] mask) {
        double sum = 0;
        for (float m : mask) sum += m;
        return sum / mask.length;
    }
}
