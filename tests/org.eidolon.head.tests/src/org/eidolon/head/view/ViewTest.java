// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.eidolon.render.Camera;
import org.eidolon.render.Light;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewTest {
    @ParameterizedTest
    @EnumSource(Framing.class)
    void drawnViewsFillTheFramingsLimits(Framing framing) {
        Random random = new Random(1);
        double farthest = 0, lowest = 9, highest = -9;
        for (int i = 0; i < 2000; i++) {
            View view = View.random(framing, random);
            assertThat(Math.abs(view.azimuth())).isLessThanOrEqualTo(framing.azimuthLimit());
            assertThat(view.elevation()).isBetween(framing.lowestElevation(), framing.highestElevation());
            farthest = Math.max(farthest, Math.abs(view.azimuth()));
            lowest = Math.min(lowest, view.elevation());
            highest = Math.max(highest, view.elevation());
        }
        assertThat(farthest).isGreaterThan(0.98 * framing.azimuthLimit());
        assertThat(highest - lowest).isGreaterThan(0.98 * (framing.highestElevation() - framing.lowestElevation()));
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void theTargetIsInTheMiddleAndHalfTheHeightReachesTheEdge(Framing framing) {
        for (double azimuth : new double[] {0, 0.7, -1.1}) {
            Camera camera = new View(framing, azimuth, 0).camera();
            float[] t = framing.target();
            assertThat(ndc(camera, t[0], t[1], t[2])).containsExactly(new double[] {0, 0}, within(1e-6));
            assertThat(ndc(camera, t[0], t[1] + framing.halfHeight(), t[2]))
                    .containsExactly(new double[] {0, 1}, within(1e-6));
        }
    }

    @Test
    void theFaceIsTwiceAsCloseAndTheSubjectsLeftIsToTheViewersRight() {
        assertThat(Framing.WHOLE.halfHeight() / Framing.FACE.halfHeight()).isBetween(1.9f, 2.2f);
        Camera front = View.front(Framing.WHOLE).camera();
        assertThat(ndc(front, 0.2, 0, 0)[0]).isPositive();
        assertThat(new View(Framing.WHOLE, 0.5, 0).camera().eye()[0]).isPositive();
        Framing.WHOLE.target()[0] = 5;
        assertThat(Framing.WHOLE.target()[0]).as("a copy was handed out").isZero();
    }

    @Test
    void codesTellViewFramingAndLightApart() {
        View view = new View(Framing.WHOLE, 0.8, 0.2);
        float[] code = ViewCode.of(view, Light.FLAT);
        assertThat(code).hasSize(ViewCode.LENGTH);
        assertThat(code).isNotEqualTo(ViewCode.of(new View(Framing.FACE, 0.8, 0.2), Light.FLAT));
        assertThat(code).isNotEqualTo(ViewCode.of(new View(Framing.WHOLE, 0.8, 0.1), Light.FLAT));
        assertThat(code).isNotEqualTo(ViewCode.of(new View(Framing.WHOLE, -0.8, 0.2), Light.FLAT));
        assertThat(code).isNotEqualTo(ViewCode.of(view, Lighting.simple(0.4, 0.6, 0, 0)));
        // a whole turn is the same place, with no seam behind the head
        float[] turned = ViewCode.of(new View(Framing.WHOLE, 0.8 + 2 * Math.PI, 0.2), Light.FLAT);
        float[] left = ViewCode.of(new View(Framing.WHOLE, Math.PI - 1e-4, 0), Light.FLAT);
        float[] right = ViewCode.of(new View(Framing.WHOLE, -Math.PI + 1e-4, 0), Light.FLAT);
        for (int i = 0; i < code.length; i++) {
            assertThat(turned[i]).isCloseTo(code[i], within(1e-5f));
            assertThat(left[i]).isCloseTo(right[i], within(1e-3f));
        }
    }

    @Test
    void drawnLightIsLitFromTheFrontAndNeitherDarkNorBurnt() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            Light light = Lighting.random(random);
            assertThat(light.lit()).isTrue();
            assertThat(light.gamma()).isEqualTo(Lighting.ENCODING);
            double even = light.ambient()[1], key = light.keyColour()[1];
            assertThat(even).isBetween(0.1, 0.6);
            assertThat(even + key).isBetween(0.4, 1.6);
            assertThat(light.fillColour()[1]).isLessThanOrEqualTo(0.4f * (float) key + 1e-6f);
            assertThat(light.keyDirection()[2]).as("towards the viewer").isPositive();
            for (float[] d : new float[][] {light.keyDirection(), light.fillDirection()}) {
                assertThat(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])).isCloseTo(1, within(1e-5));
            }
        }
        assertThat(Lighting.random(new Random(3)).code())
                .isEqualTo(Lighting.random(new Random(3)).code());
    }

    private static double[] ndc(Camera camera, double x, double y, double z) {
        double[] v = multiply(camera.view(), x, y, z, 1);
        double[] c = multiply(camera.projection(), v[0], v[1], v[2], v[3]);
        return new double[] {c[0] / c[3], c[1] / c[3]};
    }

    private static double[] multiply(double[] m, double x, double y, double z, double w) {
        double[] out = new double[4];
        for (int i = 0; i < 4; i++) out[i] = m[4 * i] * x + m[4 * i + 1] * y + m[4 * i + 2] * z + m[4 * i + 3] * w;
        return out;
    }
}
