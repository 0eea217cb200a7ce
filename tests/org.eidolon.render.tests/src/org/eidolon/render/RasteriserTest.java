// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RasteriserTest {
    private final Scope scope = Scope.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void interpolationIsPerspectiveCorrect() {
        // a floor that runs from near the camera to far behind: z at a pixel follows from its row
        float[] p = {-9, -0.5f, 2, 9, -0.5f, 2, 9, -0.5f, -2.5f, -9, -0.5f, -2.5f};
        Views views = Views.each(Meshes.shared(scope.of(new long[] {0, 1, 2, 0, 2, 3}, 2, 3), 1, 4));
        Cameras cameras = Cameras.of(Camera.orbit(0, 0, 3, 0.8));
        NDArray v = scope.of(p, 4, 3);
        Fragments f = new Rasteriser(new JavaVisibility(), 64, 64, true).rasterise(scope, views, v, cameras);
        float[] world = f.interpolate(scope, v).toFloatArray();
        long[] pixel = f.pixel().toLongArray();
        float[] inverse = f.inverseDepth().toFloatArray();
        assertThat(pixel).hasSizeGreaterThan(500);
        for (int i = 0; i < pixel.length; i++) {
            double y = (32 - pixel[i] / 64 - 0.5) / 32 * Math.tan(0.4);
            double x = (pixel[i] % 64 + 0.5 - 32) / 32 * Math.tan(0.4);
            double depth = -0.5 / y;
            assertThat((double) world[3 * i]).isCloseTo(x * depth, within(2e-4));
            assertThat((double) world[3 * i + 2]).isCloseTo(3 - depth, within(2e-4));
            assertThat(1.0 / inverse[(int) pixel[i]]).isCloseTo(depth, within(2e-4));
        }
    }

    @Test
    void antialiasedCoverageIsThatOfAFineRender() {
        Shapes shape = Shapes.ellipsoid(60, 0.8, 1, 0.7);
        Views views = Views.each(Meshes.shared(scope.of(shape.faces(), shape.triangles(), 3), 1, shape.vertices()));
        NDArray v = scope.of(shape.positions(), shape.vertices(), 3);
        Cameras cameras = Cameras.of(Camera.orbit(0.4, 0.2, 4, 0.6));
        Fragments f = new Rasteriser(new JavaVisibility(), 64, 64, true).rasterise(scope, views, v, cameras);
        float[] fine = new Rasteriser(new JavaVisibility(), 1024, 1024, true)
                .rasterise(scope, views, v, cameras)
                .mask(scope)
                .toFloatArray();
        float[] truth = new float[64 * 64];
        for (int i = 0; i < fine.length; i++) {
            truth[i / 1024 / 16 * 64 + i % 1024 / 16] += fine[i] / 256;
        }
        double hard = distance(f.mask(scope).toFloatArray(), truth);
        double soft = distance(f.antialias(scope, f.mask(scope)).toFloatArray(), truth);
        assertThat(soft).isLessThan(hard / 5);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void packedMeshesGiveThePicturesOfEachAlone() {
        Shapes a = Shapes.ellipsoid(12, 0.8, 1, 0.7);
        Shapes b = Shapes.ellipsoid(7, 0.5, 0.6, 0.9);
        long[] faces = Arrays.copyOf(a.faces(), a.faces().length + b.faces().length);
        System.arraycopy(b.faces(), 0, faces, a.faces().length, b.faces().length);
        float[] p = Arrays.copyOf(a.positions(), a.positions().length + b.positions().length);
        System.arraycopy(b.positions(), 0, p, a.positions().length, b.positions().length);
        Meshes both = Meshes.packed(
                scope.of(faces, faces.length / 3, 3),
                new long[] {a.triangles(), b.triangles()},
                new long[] {a.vertices(), b.vertices()});
        Cameras cameras = Cameras.of(Camera.orbit(0.2, 0, 3, 0.8), Camera.orbit(0.5, 0.3, 3, 0.8));
        float[] together = picture(Views.of(both, 1, 0), p, cameras);
        float[] first = picture(
                Views.each(Meshes.shared(scope.of(b.faces(), b.triangles(), 3), 1, b.vertices())),
                b.positions(),
                cameras.slice(0, 1));
        float[] second = picture(
                Views.each(Meshes.shared(scope.of(a.faces(), a.triangles(), 3), 1, a.vertices())),
                a.positions(),
                cameras.slice(1, 2));
        assertThat(distance(Arrays.copyOf(together, first.length), first)).isLessThan(1e-2);
        assertThat(distance(Arrays.copyOfRange(together, first.length, together.length), second))
                .isLessThan(1e-2);
    }

    private float[] picture(Views views, float[] p, Cameras cameras) {
        return RenderBench.picture(
                        scope,
                        new Rasteriser(new JavaVisibility(), 64, 64, true),
                        views,
                        scope.of(p, p.length / 3, 3),
                        cameras)
                .toFloatArray();
    }

    @Test
    void aBatchThatSharesFacesIsEachOfItsMeshes() {
        Shapes a = Shapes.ellipsoid(9, 0.8, 1, 0.7);
        float[] p = Arrays.copyOf(a.positions(), 2 * a.positions().length);
        for (int i = 0; i < a.positions().length; i++) {
            p[a.positions().length + i] = 0.7f * a.positions()[i];
        }
        NDArray batch = scope.of(p, 2, a.vertices(), 3);
        NDArray faces = scope.of(a.faces(), a.triangles(), 3);
        Cameras cameras = Cameras.of(Camera.orbit(0.2, 0, 3, 0.8), Camera.orbit(0.5, 0.3, 3, 0.8));
        float[] shared = RenderBench.picture(
                        scope,
                        new Rasteriser(new TorchVisibility(), 64, 64, true),
                        Views.each(Meshes.shared(faces, 2, a.vertices())),
                        batch,
                        cameras)
                .toFloatArray();
        float[] alone = picture(
                Views.each(Meshes.shared(faces, 1, a.vertices())),
                Arrays.copyOfRange(p, p.length / 2, p.length),
                cameras.slice(1, 2));
        assertThat(distance(Arrays.copyOfRange(shared, shared.length / 2, shared.length), alone))
                .isLessThan(1e-2);
    }

    @Test
    void theNeighbourAcrossEachEdgeIsFound() {
        Shapes a = Shapes.ellipsoid(5, 1, 1, 1);
        long[] open = Arrays.copyOf(a.faces(), a.faces().length - 3);
        Meshes meshes = Meshes.shared(scope.of(open, open.length / 3, 3), 1, a.vertices());
        long[] twins = meshes.twins(scope).toLongArray();
        assertThat(Arrays.stream(twins).filter(t -> t < 0).count()).isEqualTo(3);
        for (int i = 0; i < twins.length; i++) {
            if (twins[i] >= 0) {
                long from = open[i];
                long to = open[i / 3 * 3 + (i + 1) % 3];
                int t = (int) (3 * twins[i]);
                assertThat(twins[i]).isNotEqualTo(i / 3);
                assertThat(Arrays.copyOfRange(open, t, t + 3)).contains(from, to);
            }
        }
    }

    @Test
    void nothingSeenIsAnEmptyPictureWithGradients() {
        Shapes a = Shapes.ellipsoid(5, 0.1, 0.1, 0.1);
        Views views = Views.each(Meshes.shared(scope.of(a.faces(), a.triangles(), 3), 1, a.vertices()));
        for (Visibility visibility : new Visibility[] {new JavaVisibility(), new TorchVisibility()}) {
            NDArray v = Torch.parameter(scope.of(a.positions(), a.vertices(), 3));
            NDArray image = RenderBench.picture(
                    scope,
                    new Rasteriser(visibility, 32, 32, true),
                    views,
                    v,
                    Cameras.of(Camera.orbit(0, 0, 3, 0.5).at(2, 0, 0)));
            Torch.backward(image.sum());
            assertThat(image.toFloatArray()).containsOnly(0f);
            assertThat(Torch.gradient(scope, v).toFloatArray()).containsOnly(0f);
        }
    }

    @Test
    void wrongShapesAreRefused() {
        NDArray faces = scope.of(new long[] {0, 1, 2}, 1, 3);
        Meshes meshes = Meshes.shared(faces, 1, 3);
        Rasteriser rasteriser = new Rasteriser(new JavaVisibility(), 8, 8, true);
        assertThatThrownBy(() -> rasteriser.rasterise(
                        scope, Views.each(meshes), scope.zeros(4, 3), Cameras.of(Camera.orbit(0, 0, 3, 1))))
                .hasMessageContaining("3 vertices");
        assertThatThrownBy(() -> rasteriser.rasterise(
                        scope,
                        Views.each(meshes),
                        scope.zeros(3, 3),
                        Cameras.of(Camera.orbit(0, 0, 3, 1), Camera.orbit(0, 0, 3, 1))))
                .hasMessageContaining("2 cameras");
        assertThatThrownBy(() -> Meshes.shared(faces.toType(DataType.INT32, true), 1, 3))
                .hasMessageContaining("int64");
        assertThatThrownBy(() -> Views.of(meshes, 1)).hasMessageContaining("mesh 1");
        assertThatThrownBy(() -> new Rasteriser(new JavaVisibility(), 0, 8, true))
                .hasMessageContaining("size");
    }
}
