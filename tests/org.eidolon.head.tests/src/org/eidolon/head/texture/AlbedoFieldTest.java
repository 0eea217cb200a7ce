// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.render.Cameras;
import org.eidolon.render.HeadRenderer;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlbedoFieldTest {
    private static final Script KERNELS = Script.load(AlbedoFieldTest.class, "gradients.py");
    private static final int SIZE = 16;
    private static final Light LIGHT = Lighting.simple(0.4, 0.5, 0.5, 0.4);

    @TempDir
    Path folder;

    /** Directional derivatives in each group of weights, through lit and flat pictures of two expressions. */
    @Test
    void gradientsOfPicturesAgreeWithFiniteDifferences() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(2);
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(meshes), 2, 3);
            stir(scope, field.sharedGrids(), 0.3);
            stir(scope, field.ownGrids(), 0.3);
            SurfaceViews views = new SurfaceViews(scope, meshes, Faces.settings(1), SIZE);
            AlbedoRenderer renderer = new AlbedoRenderer(field, SIZE);
            int[] on = {0, 0, 1, 1};
            List<SurfaceViews.Seen> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) seen.add(views.seen(scope, on[i], i % 2 == 0 ? 0 : 5));
            List<Light> lights = List.of(LIGHT, Light.FLAT, LIGHT, Light.FLAT);
            float[] weights = new float[4 * 3 * SIZE * SIZE];
            Random random = new Random(1);
            for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextGaussian() / 8;
            NDArray w = scope.of(weights, 4, 3, SIZE, SIZE);
            for (List<NDArray> group : List.of(field.sharedGrids(), field.ownGrids(), field.network())) {
                agree(scope, group, s -> KERNELS.call(s, "weighed", renderer.pictures(s, on, seen, lights), w));
            }
        }
    }

    /** The same pictures that priors learn from, to the byte and less. */
    @Test
    void picturesAreThoseOfTheTrainingData() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(1);
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(meshes), 1, 3);
            SurfaceViews views = new SurfaceViews(scope, meshes, Faces.settings(1), SIZE);
            View view = new View(Framing.WHOLE, 0.4, 0.1);
            SurfaceViews.Seen seen = views.look(scope, 0, view);
            float[] ours = new AlbedoRenderer(field, SIZE)
                    .pictures(scope, new int[] {0, 0}, List.of(seen, seen), List.of(LIGHT, Light.FLAT))
                    .toFloatArray();
            Mesh mesh = meshes.get(0);
            float[] colours = field.colours(scope, mesh.positions(), 0);
            float[] linear = new float[colours.length];
            for (int i = 0; i < linear.length; i++) linear[i] = (float) Math.pow(colours[i], 2.2);
            int v = mesh.vertexCount();
            long[] corners = Arrays.stream(mesh.triangles()).asLongStream().toArray();
            HeadRenderer.Images images = HeadRenderer.of(scope.of(corners, corners.length / 3, 3), v, SIZE)
                    .render(
                            scope,
                            scope.of(mesh.positions(), 1, v, 3),
                            null,
                            scope.of(linear, 1, v, 3),
                            Cameras.of(view.camera()),
                            Lights.same(LIGHT, 1));
            float[] lit = images.lit().toFloatArray(), albedo = images.albedo().toFloatArray();
            int pixels = SIZE * SIZE, seenPixels = 0;
            for (int p = 0; p < pixels; p++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(ours[c * pixels + p]).isCloseTo(2 * lit[3 * p + c] - 1, within(5e-3f));
                    float flat = (float) Math.pow(albedo[3 * p + c], 1 / 2.2);
                    assertThat(ours[(3 + c) * pixels + p]).isCloseTo(2 * flat - 1, within(5e-3f));
                }
                seenPixels += albedo[3 * p] > 0 ? 1 : 0;
            }
            assertThat(seenPixels).isBetween(pixels / 5, 4 * pixels / 5);
        }
    }

    @Test
    void ownGridsColourOneExpressionOnly() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(2);
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(meshes), 2, 3);
            float[] lips = {0, 0, 0.5f};
            float[] before = field.colours(scope, lips, 0);
            NDArray second = scope.of(new float[] {0, 1}, 2, 1, 1, 1, 1);
            for (NDArray own : field.ownGrids()) KERNELS.run(scope, "shift", own, second, 5);
            assertThat(field.colours(scope, lips, 0)).containsExactly(before);
            assertThat(Math.abs(field.colours(scope, lips, 1)[0] - before[0])).isGreaterThan(0.01f);
        }
    }

    @Test
    void startsInTheToneThatItIsGiven() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(Faces.meshes(1)), 1, 3);
            float[] tone = {0.3f, 0.2f, 0.15f};
            field.tone(scope, tone);
            float[] points = {0, 0.1f, 0.5f, 0.2f, 0.6f, -0.4f};
            float[] colours = field.colours(scope, points, 0);
            for (int i = 0; i < colours.length; i++) assertThat(colours[i]).isCloseTo(tone[i % 3], within(0.02f));
        }
    }

    @Test
    void savedAndLoadedIsTheSameField() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            AlbedoField field = new AlbedoField(scope, AlbedoField.around(Faces.meshes(1)), 1, 3);
            stir(scope, field.sharedGrids(), 0.5);
            float[] points = TinyHead.model().neutral();
            Path file = folder.resolve("albedo.safetensors");
            field.values().save(file);
            AlbedoField loaded = AlbedoField.of(scope, Albedo.load(file));
            float[] a = loaded.colours(scope, points, 0), b = field.colours(scope, points, 0);
            double largest = 0;
            for (int i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
            assertThat(largest).isLessThan(2e-3);
        }
    }

    @Test
    void otherFilesAndOtherShapesAreRefused() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Path file = folder.resolve("other.safetensors");
            SafeTensorsWriter.FLOAT.write(file, Map.of("x", scope.zeros(2)), Map.of());
            assertThatThrownBy(() -> Albedo.load(file)).hasMessageContaining("holds no albedo");
            Albedo albedo = new AlbedoField(scope, AlbedoField.around(Faces.meshes(1)), 2, 3).values();
            Albedo three = new Albedo(albedo.box(), 3, albedo.values(), albedo.shapes());
            assertThatThrownBy(() -> AlbedoField.of(scope, three)).hasMessageContaining("another version");
        }
    }

    /** Random numbers added to weights. */
    static void stir(Scope scope, List<NDArray> weights, double scale) {
        Random random = new Random(7);
        try (Scope s = scope.child()) {
            for (NDArray leaf : weights) {
                if (leaf.getShape().dimension() == 1) continue;
                KERNELS.run(
                        s,
                        "shift",
                        leaf,
                        s.of(noise(random, leaf), leaf.getShape().getShape()),
                        scale);
            }
        }
    }

    private static float[] noise(Random random, NDArray like) {
        float[] d = new float[(int) like.getShape().size()];
        for (int i = 0; i < d.length; i++) d[i] = 2 * random.nextFloat() - 1;
        return d;
    }

    private interface Loss {
        NDArray of(Scope s);
    }

    private static void agree(Scope scope, List<NDArray> group, Loss loss) {
        Random random = new Random(9);
        List<float[]> direction = new ArrayList<>();
        for (NDArray leaf : group) direction.add(noise(random, leaf));
        double expected = 0;
        try (Scope s = scope.child()) {
            List<NDArray> gradients = Torch.gradients(s, loss.of(s), null, group);
            for (int k = 0; k < group.size(); k++) {
                float[] g = gradients.get(k).toFloatArray();
                for (int i = 0; i < g.length; i++)
                    expected += (double) g[i] * direction.get(k)[i];
            }
        }
        ToDoubleFunction<Double> at = offset -> {
            try (Scope s = scope.child();
                    var off = Torch.noGradient()) {
                move(s, group, direction, offset);
                double value = loss.of(s).toFloatArray()[0];
                move(s, group, direction, -offset);
                return value;
            }
        };
        double step = 5e-3;
        double measured = (at.applyAsDouble(step) - at.applyAsDouble(-step)) / (2 * step);
        assertThat(Math.abs(expected)).isGreaterThan(1e-3);
        assertThat(measured).isCloseTo(expected, within(2e-2 * Math.abs(expected) + 3e-4));
    }

    private static void move(Scope s, List<NDArray> group, List<float[]> direction, double by) {
        for (int k = 0; k < group.size(); k++) {
            long[] shape = group.get(k).getShape().getShape();
            KERNELS.run(s, "shift", group.get(k), s.of(direction.get(k), shape), by);
        }
    }
}
