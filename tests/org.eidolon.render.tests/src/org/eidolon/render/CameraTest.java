// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import org.assertj.core.data.Offset;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.Test;

class CameraTest {
    private static final Offset<Double> NEAR = within(1e-12);

    private static double[] apply(double[] m, double x, double y, double z, double w) {
        double[] out = new double[4];
        for (int i = 0; i < 4; i++) {
            out[i] = m[4 * i] * x + m[4 * i + 1] * y + m[4 * i + 2] * z + m[4 * i + 3] * w;
        }
        return out;
    }

    @Test
    void positiveAzimuthMovesTheCameraToTheSubjectsLeft() {
        assertThat(Camera.orbit(Math.PI / 2, 0, 3, 1).eye()).containsExactly(new double[] {3, 0, 0}, NEAR);
        assertThat(Camera.orbit(0, Math.PI / 2, 3, 1).eye()).containsExactly(new double[] {0, 3, 0}, NEAR);
        assertThat(Camera.orbit(0, 0, 3, 1).at(1, 2, 3).eye()).containsExactly(new double[] {1, 2, 6}, NEAR);
    }

    @Test
    void theTargetIsInTheMiddleAndUpIsUp() {
        Camera camera = Camera.orbit(0.7, 0.3, 4, 0.6).at(0.1, 0.2, -0.3);
        double[] middle = apply(camera.view(), 0.1, 0.2, -0.3, 1);
        assertThat(middle).containsExactly(new double[] {0, 0, -4, 1}, NEAR);
        assertThat(apply(camera.view(), 0.1, 0.5, -0.3, 1)[1]).isPositive();
        double[] top = apply(camera.projection(), 0, 4 * Math.tan(0.3), -4, 1);
        assertThat(top[1] / top[3]).isCloseTo(1, NEAR);
        double[] near = apply(camera.projection(), 0, 0, -camera.near(), 1);
        double[] far = apply(camera.projection(), 0, 0, -camera.far(), 1);
        assertThat(near[2] / near[3]).isCloseTo(-1, NEAR);
        assertThat(far[2] / far[3]).isCloseTo(1, NEAR);
    }

    @Test
    void rollTurnsThePictureClockwise() {
        double[] up = apply(Camera.orbit(0, 0, 3, 1).rolled(0.1).view(), 0, 1, 0, 1);
        assertThat(up[0]).isCloseTo(Math.sin(0.1), NEAR);
        assertThat(up[1]).isCloseTo(Math.cos(0.1), NEAR);
    }

    @Test
    void batchesHoldTheCamerasOneAfterAnother() {
        Camera second = Camera.orbit(1, 0.2, 2, 0.5);
        try (Scope scope = Scope.open(Device.cpu())) {
            Cameras cameras = Cameras.of(Camera.orbit(0, 0, 3, 1), second);
            float[] view = cameras.view(scope).toFloatArray();
            float[] both = cameras.viewProjection(scope).toFloatArray();
            float[] product =
                    cameras.projection(scope).matMul(cameras.view(scope)).toFloatArray();
            float[] rotation = cameras.rotation(scope).toFloatArray();
            float[] direction = cameras.direction(scope).toFloatArray();
            for (int i = 0; i < 16; i++) {
                assertThat((double) view[16 + i]).isCloseTo(second.view()[i], within(1e-6));
                assertThat(both[16 + i]).isCloseTo(product[16 + i], within(1e-5f));
            }
            assertThat(rotation[9 + 8]).isCloseTo(view[16 + 10], within(1e-6f));
            double[] eye = second.eye();
            for (int i = 0; i < 3; i++) {
                assertThat(direction[3 + i] * 2.0).isCloseTo(-eye[i], within(1e-6));
            }
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Camera.orbit(0, 0, 0, 1)).hasMessageContaining("distance");
        assertThatThrownBy(() -> Camera.orbit(0, 0, 1, 4)).hasMessageContaining("field of view");
    }
}
