// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** Gradients by finite differences, along an uneven way uphill in all grids, or all of the network, at once. */
class FieldGradientTest {
    static final Script KERNELS = Script.load(FieldGradientTest.class, "gradients.py");

    @Test
    void verticesByGridsAndNetwork() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadField field = new HeadField(scope, 12, 2, 3);
            double[] weights = new Random(1).doubles(40_000, -1, 1).toArray();
            // steps so small that no lattice vertex changes its side
            agree(
                    scope,
                    field,
                    2e-3,
                    s -> {
                        NDArray v = field.surfaces(s, 1).vertices();
                        return KERNELS.call(
                                s,
                                "weighed",
                                v,
                                s.of(
                                        floats(weights, (int) v.getShape().size()),
                                        v.getShape().getShape()));
                    },
                    1e-2);
        }
    }

    @Test
    void picturesByGridsAndNetwork() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadField field = new HeadField(scope, 12, 2, 3);
            SurfaceRenderer renderer = new SurfaceRenderer(scope.device(), 64);
            List<View> views = List.of(new View(Framing.WHOLE, 0.4, 0.1), new View(Framing.FACE, -0.2, 0));
            // where the surface passes to other edges of the lattice its normals jump, which no gradient knows
            agree(
                    scope,
                    field,
                    0.2,
                    s -> {
                        NDArray images = renderer.normals(s, field.surfaces(s, 0, 1), views);
                        return KERNELS.call(s, "weighed", images, s.of(smooth(4, 64), 4, 3, 64, 64));
                    },
                    5e-2);
        }
    }

    @Test
    void umbrellaOfATetrahedron() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            float[] at = {0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 3};
            NDArray edges = s.of(new long[] {0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3}, 6, 2);
            NDArray cell = s.of(new float[] {1, 1, 1, 0.5f}, 4, 1);
            NDArray vertices = Torch.parameter(s.of(at, 4, 3));
            NDArray value = HeadField.KERNELS.call(s, "umbrella", vertices, edges, cell);
            // the mean of the others is (1,1,1) for the first, 1 in the two other axes and 0 in its own for the rest
            assertThat(value.toFloatArray()[0]).isCloseTo((3 + 11 + 11 + 4 * 11) / 4f, within(1e-5f));
            Torch.backward(value);
            float[] gradient = Torch.gradient(vertices).toFloatArray();
            for (int i = 0; i < at.length; i++) {
                float[] up = at.clone(), down = at.clone();
                up[i] += 0.01f;
                down[i] -= 0.01f;
                float plus = HeadField.KERNELS.call(s, "umbrella", s.of(up, 4, 3), edges, cell)
                        .toFloatArray()[0];
                float minus = HeadField.KERNELS.call(s, "umbrella", s.of(down, 4, 3), edges, cell)
                        .toFloatArray()[0];
                assertThat(gradient[i]).isCloseTo((plus - minus) / 0.02f, within(2e-2f));
            }
        }
    }

    /** The objective pulls pictures as the mean square of picture minus target would. */
    @Test
    void objectiveHasTheGradientOfAMeanSquare() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            NDArray images = Torch.parameter(s.of(new float[] {0.5f, -0.25f, 1}));
            NDArray residual = s.of(new float[] {0.2f, -0.1f, 0.4f});
            Torch.backward(HeadField.KERNELS.call(s, "objective", images, residual, s.of(new float[] {7}), 0.5));
            assertThat(Torch.gradient(images).toFloatArray())
                    .containsExactly(new float[] {0.4f / 3, -0.2f / 3, 0.8f / 3}, within(1e-6f));
        }
    }

    interface Loss {
        NDArray of(Scope s);
    }

    static void agree(Scope scope, HeadField field, double step, Loss loss, double tolerance) {
        for (List<NDArray> group :
                List.of(field.grids().stream().map(HeadField.Grid::leaf).toList(), field.network())) {
            Random random = new Random(9);
            List<float[]> direction = new ArrayList<>();
            double expected = 0;
            try (Scope s = scope.child()) {
                List<NDArray> gradients = Torch.gradients(s, loss.of(s), null, group);
                double largest = 0;
                for (NDArray g : gradients) for (float v : g.toFloatArray()) largest = Math.max(largest, Math.abs(v));
                for (NDArray gradient : gradients) {
                    float[] g = gradient.toFloatArray(), d = new float[g.length];
                    for (int i = 0; i < d.length; i++) {
                        d[i] = (float) (g[i] / largest * (0.2 + random.nextDouble()));
                        expected += (double) g[i] * d[i];
                    }
                    direction.add(d);
                }
            }
            ToDoubleFunction<Double> at = offset -> {
                try (Scope s = scope.child();
                        var off = Torch.noGradient()) {
                    for (int k = 0; k < group.size(); k++) shift(s, group.get(k), direction.get(k), offset);
                    double value = loss.of(s).toFloatArray()[0];
                    for (int k = 0; k < group.size(); k++) shift(s, group.get(k), direction.get(k), -offset);
                    return value;
                }
            };
            double measured = (at.applyAsDouble(step) - at.applyAsDouble(-step)) / (2 * step);
            assertThat(measured).isCloseTo(expected, within(tolerance * Math.abs(expected)));
        }
    }

    private static void shift(Scope s, NDArray leaf, float[] direction, double by) {
        KERNELS.run(s, "shift", leaf, s.of(direction, leaf.getShape().getShape()), by);
    }

    private static float[] floats(double[] values, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) out[i] = (float) values[i];
        return out;
    }

    /** Weights that change slowly over the picture: what single pixels do at folds averages out. */
    private static float[] smooth(int pictures, int size) {
        return smooth(pictures, 3, size);
    }

    static float[] smooth(int pictures, int channels, int size) {
        float[] w = new float[pictures * channels * size * size];
        for (int i = 0; i < w.length; i++) {
            int x = i % size, y = i / size % size, c = i / (size * size);
            w[i] = (float) (Math.sin(0.11 * x + c) + Math.cos(0.07 * y - 2 * c)) / (size * size);
        }
        return w;
    }
}
