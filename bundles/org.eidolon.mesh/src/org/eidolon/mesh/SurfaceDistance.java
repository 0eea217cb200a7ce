// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How far two surfaces are apart, from points spread evenly over each, in units of the meshes.
 *
 * @param mean mean distance, averaged over both directions
 * @param rms root of the mean squared distance over both directions
 * @param max the largest distance seen in either direction: a lower bound of the Hausdorff distance
 */
public record SurfaceDistance(double mean, double rms, double max) {

    /** Both directions with {@code samples} points each, the same for the same seed. */
    public static SurfaceDistance between(Mesh a, Mesh b, int samples, long seed) {
        double[] there = distances(a, new SurfaceIndex(b), samples, seed);
        double[] back = distances(b, new SurfaceIndex(a), samples, seed + 1);
        double[] all = Arrays.copyOf(there, 2 * samples);
        System.arraycopy(back, 0, all, samples, samples);
        double sum = 0;
        double squares = 0;
        double max = 0;
        for (double d : all) {
            sum += d;
            squares += d * d;
            max = Math.max(max, d);
        }
        return new SurfaceDistance(sum / all.length, Math.sqrt(squares / all.length), max);
    }

    private static double[] distances(Mesh from, SurfaceIndex to, int samples, long seed) {
        float[] points = sample(from, samples, seed);
        double[] result = new double[samples];
        IntStream.range(0, samples)
                .parallel()
                .forEach(i -> result[i] = to.closest(points[3 * i], points[3 * i + 1], points[3 * i + 2])
                        .distance());
        return result;
    }

    /** Points spread over the surface in proportion to area: float[3 · count]. */
    public static float[] sample(Mesh mesh, int count, long seed) {
        if (count < 1 || mesh.triangleCount() == 0) {
            throw new IllegalArgumentException(count + " samples of " + mesh);
        }
        double[] cumulative = MeshMeasures.areas(mesh);
        for (int f = 1; f < cumulative.length; f++) {
            cumulative[f] += cumulative[f - 1];
        }
        double total = cumulative[cumulative.length - 1];
        SplittableRandom random = new SplittableRandom(seed);
        float[] points = new float[3 * count];
        for (int i = 0; i < count; i++) {
            int f = Arrays.binarySearch(cumulative, (i + random.nextDouble()) / count * total);
            f = Math.min(f < 0 ? -f - 1 : f, cumulative.length - 1);
            double r = Math.sqrt(random.nextDouble());
            double s = random.nextDouble();
            double[] w = {1 - r, r * (1 - s), r * s};
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 3; k++) {
                    points[3 * i + k] += (float) (w[c] * mesh.positions()[3 * mesh.triangles()[3 * f + c] + k]);
                }
            }
        }
        return points;
    }
}
