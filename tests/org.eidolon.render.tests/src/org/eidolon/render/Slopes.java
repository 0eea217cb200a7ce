// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.function.BiFunction;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Compares gradients with finite differences along a direction. */
final class Slopes {
    private Slopes() {}

    /**
     * The mean of the gradients at {@code steps} points of [x - eps d, x + eps d], along d, must be what the value's
     * difference over that range says. Averaging makes the comparison fair for pictures, which have kinks.
     *
     * @param weights of the pixels, whose weighted sum is the value; smooth, of the render's length
     */
    static void check(
            Scope scope,
            BiFunction<Scope, NDArray, NDArray> render,
            float[] weights,
            float[] x,
            float[] d,
            double eps,
            int steps,
            double tolerance,
            long... shape) {
        double difference = (value(scope, render, weights, moved(x, d, eps), shape)
                        - value(scope, render, weights, moved(x, d, -eps), shape))
                / (2 * eps);
        double gradient = 0;
        for (int i = 0; i < steps; i++) {
            try (Scope s = scope.child();
                    Torch.Mode on = Torch.gradient()) {
                NDArray leaf = Torch.parameter(s.of(moved(x, d, eps * ((2 * i + 1.0) / steps - 1)), shape));
                NDArray image = render.apply(s, leaf);
                Torch.backward(image, s.of(weights, image.getShape().getShape()));
                gradient += dot(Torch.gradient(s, leaf).toFloatArray(), d) / steps;
            }
        }
        assertThat(Math.abs(gradient - difference))
                .as("gradient %.6g, finite difference %.6g", gradient, difference)
                .isLessThanOrEqualTo(tolerance * Math.abs(difference));
    }

    private static double value(
            Scope scope, BiFunction<Scope, NDArray, NDArray> render, float[] weights, float[] x, long... shape) {
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            return dot(render.apply(s, s.of(x, shape)).toFloatArray(), weights);
        }
    }

    private static float[] moved(float[] x, float[] d, double by) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (float) (x[i] + by * d[i]);
        }
        return out;
    }

    private static double dot(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Smooth weights of pictures (views, size, size, channels). */
    static float[] waves(int views, int size, int channels) {
        float[] w = new float[views * size * size * channels];
        for (int i = 0; i < w.length; i++) {
            int c = i % channels;
            double x = (double) (i / channels % size) / size;
            double y = (double) (i / channels / size % size) / size;
            int v = i / channels / size / size;
            double wave = Math.sin(4 * x + 1.3 * c + v) * Math.cos(3 * y - 0.7 * c + 2 * v);
            w[i] = (float) (1 + 0.7 * wave + 0.5 * x - 0.3 * c);
        }
        return w;
    }

    /** A smooth displacement of positions (V, 3). */
    static float[] warp(float[] p) {
        float[] d = new float[p.length];
        for (int i = 0; i < p.length; i += 3) {
            d[i] = (float) (0.5 + Math.sin(2 * p[i + 1] + p[i + 2]));
            d[i + 1] = (float) (0.3 + Math.cos(1.5 * p[i] - p[i + 2]));
            d[i + 2] = (float) Math.sin(p[i] + 2 * p[i + 1]);
        }
        return d;
    }
}
