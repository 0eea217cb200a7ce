// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prepared light against the integrals that it stands for. */
class BakedLightTest {
    private static final double[][] DIRECTIONS = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {-0.6, 0, -0.8}};

    @ParameterizedTest
    @EnumSource(LightRig.class)
    void harmonicsGiveTheIrradiance(LightRig rig) {
        for (double[] n : DIRECTIONS) {
            double[] exact = gathered(rig, n);
            double[] quick = rig.baked().diffuse(n[0], n[1], n[2]);
            double most = Math.max(exact[0], Math.max(exact[1], exact[2]));
            for (int c = 0; c < 3; c++) {
                // order 2 keeps some 98 % of any light
                assertThat(quick[c])
                        .as("%s towards %s %s %s", rig, n[0], n[1], n[2])
                        .isCloseTo(exact[c], within(0.03 + 0.08 * most));
            }
        }
    }

    /** Integral of radiance and cosine over the hemisphere, over pi. */
    private static double[] gathered(LightRig rig, double[] n) {
        double[] sum = new double[3];
        int steps = 400;
        for (int i = 0; i < steps; i++) {
            double y = 1 - (2 * i + 1.0) / steps;
            for (int j = 0; j < steps; j++) {
                double a = 2 * Math.PI * j / steps;
                double x = Math.sqrt(1 - y * y) * Math.cos(a);
                double z = Math.sqrt(1 - y * y) * Math.sin(a);
                double cos = x * n[0] + y * n[1] + z * n[2];
                if (cos > 0) {
                    rig.environment().add(x, y, z, cos * 4 / (steps * steps), sum);
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(LightRig.class)
    void rougherMirrorsKeepTheLightAndLoseTheContrast(LightRig rig) {
        double spread = Double.MAX_VALUE;
        double sharpMean = mean(rig.baked().levels().get(0).rgb());
        for (BakedLight.Level level : rig.baked().levels()) {
            float most = 0;
            float least = Float.MAX_VALUE;
            for (float v : level.rgb()) {
                most = Math.max(most, v);
                least = Math.min(least, v);
            }
            assertThat(most - least).isLessThanOrEqualTo((float) (spread * 1.02 + 1e-5));
            spread = most - least;
            assertThat(mean(level.rgb())).isCloseTo(sharpMean, within(0.2 * sharpMean));
        }
        assertThat(rig.lamps()).hasSizeLessThanOrEqualTo(LightRig.MOST_LAMPS);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum / values.length;
    }
}
