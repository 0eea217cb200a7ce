// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadRendererTest {
    private final Scope scope = Scope.open(Device.cpu());
    private final Shapes shape = Shapes.ellipsoid(24, 0.7, 1, 0.8);
    private final NDArray faces = scope.of(shape.faces(), shape.triangles(), 3);
    private final int heads = 3;
    private final NDArray positions = positions();
    private final NDArray colours = scope.rand(heads, shape.vertices(), 3);
    private final Cameras cameras = cameras(2 * heads);
    private final Lights lights = Lights.random(new Random(1), 2 * heads);

    private NDArray positions() {
        float[] p = new float[heads * 3 * shape.vertices()];
        for (int i = 0; i < p.length; i++) {
            p[i] = shape.positions()[i % (3 * shape.vertices())] * (1 - 0.1f * (i / (3 * shape.vertices())));
        }
        return scope.of(p, heads, shape.vertices(), 3);
    }

    private static Cameras cameras(int count) {
        List<Camera> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Camera.orbit(0.7 * i, 0.1 * i - 0.2, 4, 0.6));
        }
        return new Cameras(all);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private void same(NDArray a, NDArray b, float tolerance) {
        assertThat(a.getShape()).isEqualTo(b.getShape());
        assertThat(a.toFloatArray()).containsExactly(b.toFloatArray(), within(tolerance));
    }

    @Test
    void givesWhatTheRasteriserGivesWithoutAntialiasing() {
        var images =
                HeadRenderer.of(faces, shape.vertices(), 32).render(scope, positions, null, colours, cameras, lights);
        Meshes meshes = Meshes.shared(faces, heads, shape.vertices());
        Views views = Views.repeated(meshes, 2);
        Fragments f = new Rasteriser(new JavaVisibility(), 64, 64, true).rasterise(scope, views, positions, cameras);
        NDArray n = Shading.cameraNormals(scope, f, Shading.normals(scope, meshes, positions), cameras);
        NDArray albedo = f.interpolate(scope, colours);
        same(images.normals(), Rasteriser.half(scope, f.image(scope, Shading.normalColours(scope, n), 0)), 1e-3f);
        same(images.albedo(), Rasteriser.half(scope, f.image(scope, albedo, 0)), 1e-3f);
        same(
                images.lit(),
                Rasteriser.half(scope, f.image(scope, Shading.lit(scope, f, albedo, n, lights.tensor(scope)), 0)),
                1e-3f);
        same(images.mask(), Rasteriser.half(scope, f.mask(scope)), 0);
        assertThat(images.mask().mean().getFloat()).isBetween(0.2f, 0.9f);
    }

    @Test
    void chunksAndBackendsChangeNothing() {
        var whole =
                HeadRenderer.of(faces, shape.vertices(), 32).render(scope, positions, null, colours, cameras, lights);
        var parts = new HeadRenderer(faces, shape.vertices(), 32, new TorchVisibility(3000, 2000), 1)
                .render(scope, positions, null, colours, cameras, lights);
        same(parts.normals(), whole.normals(), 1e-6f);
        same(parts.lit(), whole.lit(), 1e-6f);
        same(parts.mask(), whole.mask(), 0);
    }

    @Test
    void flatLightIsTheAlbedoAndGivenNormalsAreUsed() {
        NDArray up = scope.of(new float[] {0, 1, 0}, 1, 1, 3).broadcast(heads, shape.vertices(), 3);
        var images = HeadRenderer.of(faces, shape.vertices(), 16)
                .render(scope, positions, up, colours, cameras(heads), Lights.same(Light.FLAT, heads));
        same(images.lit(), images.albedo(), 1e-6f);
        float[] n = images.normals().toFloatArray();
        // the middle of the first picture, seen from elevation -0.2
        assertThat(n[3 * (8 * 16 + 8) + 1]).isCloseTo((float) (0.5 + 0.5 * Math.cos(0.2)), within(1e-4f));
    }

    @Test
    void memoryStaysFlat() {
        HeadRenderer renderer = HeadRenderer.of(faces, shape.vertices(), 16);
        int before = 0;
        for (int i = 0; i < 6; i++) {
            try (Scope s = scope.child()) {
                renderer.render(s, positions, null, colours, cameras, lights);
            }
            int now = scope.manager().getManagedArrays().size()
                    + faces.getManager().getManagedArrays().size();
            if (i > 0) {
                assertThat(now).isEqualTo(before);
            }
            before = now;
        }
    }

    @Test
    void countsThatDoNotFitAreRefused() {
        HeadRenderer renderer = HeadRenderer.of(faces, shape.vertices(), 16);
        Lights four = Lights.same(Light.FLAT, 4);
        assertThatThrownBy(() -> renderer.render(scope, positions, null, colours, cameras(4), four))
                .hasMessageContaining("3 heads, 4 cameras and 4 lights");
    }

    @Test
    void theBenchNamesItsParts() {
        Views views = Views.repeated(Meshes.shared(faces, 1, shape.vertices()), 2);
        NDArray v = scope.of(shape.positions(), shape.vertices(), 3);
        var times = RenderBench.measure(scope, views, v, cameras(2), 32, 3);
        assertThat(times).containsKeys("visibilityJava", "visibilityTorch", "forwardAndBackward");
        assertThat(times.values()).allMatch(t -> t > 0);
    }
}
