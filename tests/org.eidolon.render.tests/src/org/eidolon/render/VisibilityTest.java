// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityTest {
    private static final Script SCRIPT = Script.load(TorchVisibility.class, "visibility.py");
    private final Scope scope = Scope.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    private long[] both(NDArray snapped, Views views, int width, int height, boolean cull) {
        long[] java = new JavaVisibility()
                .triangles(scope, snapped, views, width, height, cull)
                .toLongArray();
        long[] torch = new TorchVisibility()
                .triangles(scope, snapped, views, width, height, cull)
                .toLongArray();
        assertThat(torch).isEqualTo(java);
        return java;
    }

    private NDArray snap(NDArray clip, int width, int height) {
        return SCRIPT.call(scope, "snap", clip, width, height);
    }

    private NDArray clip(Shapes shape, Cameras cameras) {
        Meshes meshes = meshes(shape, 1);
        return new Rasteriser(new JavaVisibility(), 8, 8, false)
                .clip(
                        scope,
                        Views.repeated(meshes, cameras.count()),
                        scope.of(shape.positions(), shape.vertices(), 3),
                        cameras);
    }

    private Meshes meshes(Shapes shape, int count) {
        return Meshes.shared(scope.of(shape.faces(), shape.triangles(), 3), count, shape.vertices());
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 64, true", "2, 97, 61, false", "3, 128, 128, false", "4, 200, 33, true"})
    void bothBackendsAgreeToThePixelOnSoups(long seed, int width, int height, boolean cull) {
        // spread 4 puts triangles behind the camera, beyond the far plane and outside the picture
        Shapes soup = Shapes.soup(new Random(seed), 3000, seed % 2 == 0 ? 4 : 1);
        Cameras cameras = Cameras.of(
                Camera.orbit(0.3, 0.2, 3, 0.8), Camera.orbit(2, -0.5, 3.5, 1.2).rolled(0.4));
        NDArray snapped = snap(clip(soup, cameras), width, height);
        long[] ids = both(snapped, Views.repeated(meshes(soup, 1), 2), width, height, cull);
        assertThat(Arrays.stream(ids).filter(i -> i > 0).distinct().count()).isGreaterThan(100);
    }

    @Test
    void tiesGoToTheLowerNumberInBothBackends() {
        Shapes soup = Shapes.soup(new Random(5), 200, 0.5);
        long[] twice = new long[2 * soup.faces().length];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = soup.faces()[i % soup.faces().length];
        }
        Shapes doubled = new Shapes(soup.positions(), twice);
        NDArray snapped = snap(clip(doubled, Cameras.of(Camera.orbit(0, 0, 3, 0.8))), 64, 64);
        long[] ids = both(snapped, Views.each(meshes(doubled, 1)), 64, 64, false);
        assertThat(Arrays.stream(ids).max().orElseThrow()).isPositive().isLessThanOrEqualTo(200);
    }

    @Test
    void packedMeshesAndChunksGiveTheSameIds() {
        Shapes a = Shapes.ellipsoid(12, 0.8, 1, 0.7);
        Shapes b = Shapes.soup(new Random(9), 500, 1);
        long[] faces = Arrays.copyOf(a.faces(), a.faces().length + b.faces().length);
        System.arraycopy(b.faces(), 0, faces, a.faces().length, b.faces().length);
        Meshes meshes = Meshes.packed(
                scope.of(faces, faces.length / 3, 3),
                new long[] {a.triangles(), b.triangles()},
                new long[] {a.vertices(), b.vertices()});
        float[] positions = Arrays.copyOf(a.positions(), a.positions().length + b.positions().length);
        System.arraycopy(b.positions(), 0, positions, a.positions().length, b.positions().length);
        Views views = Views.of(meshes, 1, 0, 1);
        Cameras cameras =
                Cameras.of(Camera.orbit(0, 0, 3, 0.8), Camera.orbit(1, 0, 3, 0.8), Camera.orbit(2, 0.3, 3, 0.8));
        Rasteriser rasteriser = new Rasteriser(new JavaVisibility(), 64, 64, true);
        NDArray snapped =
                snap(rasteriser.clip(scope, views, scope.of(positions, positions.length / 3, 3), cameras), 64, 64);
        long[] ids = both(snapped, views, 64, 64, true);
        long[] chunked = new TorchVisibility(600, 777)
                .triangles(scope, snapped, views, 64, 64, true)
                .toLongArray();
        assertThat(chunked).isEqualTo(ids);
        Cameras one = Cameras.of(Camera.orbit(1, 0, 3, 0.8));
        NDArray alone = snap(clip(a, one), 64, 64);
        assertThat(Arrays.copyOfRange(ids, 4096, 8192)).isEqualTo(both(alone, Views.each(meshes(a, 1)), 64, 64, true));
    }

    @Test
    void trianglesThatShareEdgesCoverEveryPixelExactlyOnce() {
        // a fan around a vertex on a pixel centre: edges run through pixel centres horizontally, vertically, at 45°
        int size = 16;
        int[] rim = {0, 0, 8, 0, 16, 0, 16, 8, 16, 16, 8, 16, 0, 16, 0, 8};
        int[] p = new int[3 * 9];
        for (int i = 0; i < 8; i++) {
            p[3 * i] = 256 * rim[2 * i] + (rim[2 * i] == 8 ? 128 : 0);
            p[3 * i + 1] = 256 * rim[2 * i + 1] + (rim[2 * i + 1] == 8 ? 128 : 0);
        }
        p[24] = 8 * 256 + 128;
        p[25] = 8 * 256 + 128;
        int[] times = new int[size * size];
        for (int i = 0; i < 8; i++) {
            long[] face = {8, i, (i + 1) % 8};
            Meshes meshes = Meshes.shared(scope.of(face, 1, 3), 1, 9);
            long[] ids = both(scope.of(p, 9, 3), Views.each(meshes), size, size, false);
            for (int k = 0; k < ids.length; k++) {
                times[k] += (int) ids[k];
            }
        }
        assertThat(times).containsOnly(1);
    }

    @Test
    void theNearestFrontFaceOfASphereIsSeen() {
        Shapes sphere = Shapes.ellipsoid(24, 1, 1, 1);
        long[] ids = both(
                snap(clip(sphere, Cameras.of(Camera.orbit(0, 0, 4, 0.7))), 128, 128),
                Views.each(meshes(sphere, 1)),
                128,
                128,
                false);
        double f = 64 / Math.tan(0.35);
        int wrong = 0;
        for (int i = 0; i < ids.length; i++) {
            double x = (i % 128 + 0.5 - 64) / f;
            double y = (64 - i / 128 - 0.5) / f;
            double b = 4 / (1 + x * x + y * y);
            boolean hit = b * 4 - 15 > 0;
            if (hit != ids[i] > 0) {
                wrong++;
            } else if (hit) {
                float[] q = sphere.positions();
                double z = 0;
                for (int k = 0; k < 3; k++) {
                    z += q[(int) (3 * sphere.faces()[(int) (3 * (ids[i] - 1) + k)] + 2)] / 3;
                }
                assertThat(z).isPositive();
            }
        }
        // the polyhedron lies within the sphere: only a rim of less than a pixel differs
        assertThat(wrong).isLessThan(150);
    }

    @Test
    void memoryIsBoundedWhenEveryTriangleFillsThePicture() throws IOException {
        assumeThat(Files.exists(Path.of("/proc/self/status")))
                .as("peak memory is read from Linux's /proc")
                .isTrue();
        int triangles = 60;
        int[] p = new int[9 * triangles];
        for (int t = 0; t < triangles; t++) {
            int[] one = {0, 0, t, 512 * 512, 0, t, 0, 512 * 512, t};
            System.arraycopy(one, 0, p, 9 * t, 9);
        }
        long[] faces = new long[3 * triangles];
        Arrays.setAll(faces, i -> i);
        Views views = Views.each(Meshes.shared(scope.of(faces, triangles, 3), 1, 3 * triangles));
        NDArray snapped = scope.of(p, 3 * triangles, 3);
        long before = peak();
        NDArray ids = new TorchVisibility(1 << 20, 1 << 19).triangles(scope, snapped, views, 512, 512, false);
        assertThat(ids.toLongArray()).containsOnly(1L);
        // all 15.7 million candidates at once would take over 3 GB
        assertThat(peak() - before).isLessThan(700L << 10);
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmHWM"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
