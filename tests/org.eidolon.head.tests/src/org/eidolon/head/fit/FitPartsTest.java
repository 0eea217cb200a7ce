// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The small parts that a fit and its texture are made of. */
class FitPartsTest {
    @Test
    void normalEquationsFindWhatMinimisesTheSquares() {
        var equations = new NormalEquations(2);
        // 2x + y = 5, x − y = 1, both exact at x = 2, y = 1
        equations.add(1, -5, new int[] {0, 1}, new double[] {2, 1});
        equations.add(3, -1, new int[] {0, 1}, new double[] {1, -1});
        assertThat(equations.solve(0)).containsExactly(new double[] {2, 1}, within(1e-9));
    }

    @Test
    void normalEquationsWithoutASingleSolutionAreRefused() {
        var equations = new NormalEquations(2);
        equations.add(1, -5, new int[] {0, 1}, new double[] {1e9, -1e9});
        assertThatThrownBy(() -> equations.solve(0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("no single solution");
    }

    @Test
    void lightIsFoundDespiteShadowsAndHair() {
        Random random = new Random(3);
        int n = 4000;
        float[] normals = new float[3 * n], luminance = new float[n];
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian(), y = random.nextGaussian(), z = 0.3 + Math.abs(random.nextGaussian());
            double length = Math.sqrt(x * x + y * y + z * z);
            normals[3 * i] = (float) (x / length);
            normals[3 * i + 1] = (float) (y / length);
            normals[3 * i + 2] = (float) (z / length);
            luminance[i] = (float) (0.35 * (0.7 + 0.25 * normals[3 * i] + 0.2 * normals[3 * i + 1]));
            if (i % 7 == 0) luminance[i] *= 0.3f;
        }
        SkinLight light = SkinLight.fit(normals, luminance);
        float[] left = {-0.6f, 0, 0.8f}, right = {0.6f, 0, 0.8f};
        assertThat(light.at(right, 0) / light.at(left, 0)).isCloseTo((0.7 + 0.15) / (0.7 - 0.15), within(0.12));
        assertThat(SkinLight.of(light.harmonics()).at(right, 0)).isCloseTo(light.at(right, 0), within(1e-6));
    }

    @Test
    void tooLittleSkinTellsNoLight() {
        assertThatThrownBy(() -> SkinLight.fit(new float[30], new float[10]))
                .isInstanceOf(PhotoFit.NoFit.class)
                .hasMessageContaining("10 pixels");
    }

    @Test
    void aWarpTakesLandmarksOfTheHeadToThoseOfThePhoto() {
        int n = 200;
        Random random = new Random(1);
        double[] head = new double[2 * n], photo = new double[2 * n];
        float[] trust = new float[n];
        Arrays.fill(trust, 1);
        for (int i = 0; i < 2 * n; i++) {
            head[i] = 0.5 * (2 * random.nextDouble() - 1);
            photo[i] = head[i] + (i % 2 == 0 ? 0.02 : -0.01);
        }
        PhotoWarp warp = new PhotoWarp(head, photo, trust);
        assertThat(warp.x(0, 0)).isCloseTo(0.02, within(0.005));
        assertThat(warp.y(0, 0)).isCloseTo(-0.01, within(0.005));
        assertThat(warp.x(0.95, 0.95)).isCloseTo(0.95, within(0.003));
    }

    @Test
    void pullPushKeepsWhatIsKnownAndGoesOnSmoothly() {
        int size = 64;
        float[] values = new float[size * size], weights = new float[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (x >= 8 && x < 56) continue;
                weights[y * size + x] = 1;
                values[y * size + x] = x < 8 ? 1 : 3;
            }
        }
        float[] filled = PullPush.fill(values, weights, size, 1);
        for (int y = 0; y < size; y++) {
            assertThat(filled[y * size]).isEqualTo(1);
            assertThat(filled[y * size + 63]).isEqualTo(3);
            for (int x = 1; x < size; x++) {
                float step = filled[y * size + x] - filled[y * size + x - 1];
                assertThat(Math.abs(step)).as("at %d, %d", x, y).isLessThan(0.35f);
            }
        }
    }

    @Test
    void aFrameIsSquareAroundThePointsAndGoesBothWays() {
        PhotoFrame frame = PhotoFrame.around(new float[] {100, 200, 200, 200, 150, 320});
        assertThat(frame.toPhotoX(frame.toPictureX(123))).isCloseTo(123, within(1e-9));
        assertThat(frame.toPhotoY(frame.toPictureY(77))).isCloseTo(77, within(1e-9));
        assertThat(frame.toPictureX(150)).isCloseTo(0, within(1e-9));
        assertThat(frame.toPictureY(200)).isPositive();
    }
}
