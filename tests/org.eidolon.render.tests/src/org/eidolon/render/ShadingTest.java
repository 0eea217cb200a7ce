// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShadingTest {
    private final Scope scope = Scope.open(Device.cpu());
    private final Shapes ball = Shapes.ellipsoid(48, 1, 1, 1);
    private final Meshes meshes = Meshes.shared(scope.of(ball.faces(), ball.triangles(), 3), 1, ball.vertices());
    private final NDArray v = scope.of(ball.positions(), ball.vertices(), 3);

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void normalsOfABallPointOutwards() {
        float[] n = Shading.normals(scope, meshes, v).toFloatArray();
        for (int i = 0; i < n.length; i++) {
            assertThat(n[i]).isCloseTo(ball.positions()[i], within(0.02f));
        }
    }

    @Test
    void cameraNormalsAreRightUpAndTowardsTheViewer() {
        // from behind and above, the ball looks the same
        Cameras cameras = Cameras.of(Camera.orbit(2.5, 0.6, 4, 0.7));
        Fragments f =
                new Rasteriser(new JavaVisibility(), 64, 64, true).rasterise(scope, Views.each(meshes), v, cameras);
        NDArray n = Shading.cameraNormals(scope, f, Shading.normals(scope, meshes, v), cameras);
        float[] c = f.image(scope, Shading.normalColours(scope, n), 0).toFloatArray();
        assertThat(c[3 * (32 * 64 + 32) + 2]).isCloseTo(1f, within(0.01f));
        assertThat(c[3 * (32 * 64 + 50)]).isGreaterThan(0.75f);
        assertThat(c[3 * (32 * 64 + 50) + 1]).isCloseTo(0.5f, within(0.03f));
        assertThat(c[3 * (14 * 64 + 32) + 1]).isGreaterThan(0.75f);
        assertThat(c[0]).isZero();
        float[] unit = n.toFloatArray();
        for (int i = 0; i < unit.length; i += 3) {
            assertThat(Math.hypot(Math.hypot(unit[i], unit[i + 1]), unit[i + 2]))
                    .isCloseTo(1, within(1e-4));
        }
    }

    private float[] light(Light... lights) {
        Views views = Views.repeated(meshes, lights.length);
        Cameras cameras = new Cameras(java.util.Collections.nCopies(lights.length, Camera.orbit(0, 0, 4, 0.7)));
        Fragments f = new Rasteriser(new JavaVisibility(), 32, 32, true).rasterise(scope, views, v, cameras);
        NDArray n = Shading.cameraNormals(scope, f, Shading.normals(scope, meshes, v), cameras);
        NDArray albedo = f.interpolate(scope, scope.full(0.5f, ball.vertices(), 3));
        NDArray lit = Shading.lit(scope, f, albedo, n, new Lights(List.of(lights)).tensor(scope));
        return f.image(scope, lit, 0).toFloatArray();
    }

    @Test
    void lightFollowsLambertAndFlatIsTheAlbedo() {
        float[] y00 = new float[27];
        y00[0] = y00[1] = y00[2] = 1 / 0.282095f;
        Light side = new Light(
                true,
                new float[3],
                Light.towards(Math.PI / 2, 0),
                new float[] {1, 1, 1},
                new float[3],
                new float[3],
                1,
                null);
        float[] c = light(Light.FLAT, Light.simple(0.2, 0.8, 0, 0), side, Light.environment(y00));
        int middle = 3 * (16 * 32 + 16);
        int picture = 3 * 32 * 32;
        assertThat(c[middle]).isCloseTo(0.5f, within(1e-5f));
        assertThat(c[picture + middle]).isCloseTo(0.5f, within(0.01f));
        assertThat(c[2 * picture + middle]).isLessThan(0.05f);
        assertThat(c[2 * picture + middle + 3 * 9]).isGreaterThan(0.3f);
        assertThat(c[2 * picture + middle - 3 * 9]).isLessThan(0.01f);
        assertThat(c[3 * picture + middle + 3 * 9]).isCloseTo(0.5f, within(1e-4f));
    }

    @Test
    void randomLightsRepeatWithTheirSeedAndStayDecent() {
        Lights a = Lights.random(new Random(7), 200);
        Lights b = Lights.random(new Random(7), 200);
        assertThat(a.code(scope).toFloatArray()).isEqualTo(b.code(scope).toFloatArray());
        float[] code = a.code(scope).toFloatArray();
        for (float x : code) {
            assertThat(Math.abs(x)).isLessThan(1.5f);
        }
        for (Light light : a.lights()) {
            assertThat(Math.hypot(
                            Math.hypot(light.keyDirection()[0], light.keyDirection()[1]), light.keyDirection()[2]))
                    .isCloseTo(1, within(1e-5));
            assertThat(light.keyDirection()[2]).isPositive();
            assertThat(light.ambient()[1] + light.keyColour()[1]).isBetween(0.5f, 1.3f);
        }
        assertThat(Lights.same(Light.FLAT, 3).code(scope).toFloatArray()).containsOnly(0f);
    }

    @Test
    void aLampThatStandsStillMovesInTheCamera() {
        Light front = Light.simple(0.2, 0.8, 0, 0);
        // seen from the subject's left, a lamp before the face is on the viewer's left
        float[] d = front.seenBy(Camera.orbit(Math.PI / 2, 0, 3, 1)).keyDirection();
        assertThat(d[0]).isCloseTo(-1f, within(1e-6f));
        assertThatThrownBy(() -> Light.environment(new float[27]).seenBy(Camera.orbit(0, 0, 3, 1)))
                .hasMessageContaining("harmonics");
    }

    @Test
    void texturesAreReadFromTheUpperLeft() {
        NDArray texture = scope.of(new float[] {1, 2, 3, 4}, 2, 2, 1);
        NDArray uv = scope.of(new float[] {0.25f, 0.25f, 0.75f, 0.25f, 0, 1, 0.5f, 0.5f}, 4, 2);
        float[] at = Shading.sample(scope, texture, uv).toFloatArray();
        assertThat(at).containsExactly(new float[] {1, 2, 3, 2.5f}, within(1e-5f));
    }
}
