// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An environment prepared for shading, as in "An Efficient Representation for Irradiance Environment Maps" (Ramamoorthi
 * and Hanrahan, 2001) and in the split sum of "Real Shading in Unreal Engine 4" (Karis, 2013).
 *
 * @param irradiance nine coefficients of spherical harmonics, three colours each, that give irradiance over π
 * @param levels of a cube map for rougher and rougher surfaces, each half the size of the one before
 */
public record BakedLight(float[] irradiance, List<Level> levels) {
    /** Side of the faces of the sharpest level, for roughness 0. */
    private static final int SIDE = 64;

    /** The last is for roughness 1. */
    private static final int LEVELS = 6;

    private static final int SAMPLES = 64;
    private static final int ROWS = 48;

    /**
     * One cube map.
     *
     * @param rgb six faces in OpenGL's order (+x, −x, +y, −y, +z, −z), three numbers a texel
     */
    public record Level(int side, float[] rgb) {}

    static BakedLight of(Environment environment) {
        var levels = new ArrayList<Level>();
        for (int level = 0; level < LEVELS; level++) {
            levels.add(level(environment, SIDE >> level, level / (LEVELS - 1.0)));
        }
        return new BakedLight(harmonics(environment), List.copyOf(levels));
    }

    /** Irradiance over π in a unit direction, as the shader works it out. */
    public double[] diffuse(double x, double y, double z) {
        double[] basis = basis(x, y, z);
        double[] sum = new double[3];
        for (int i = 0; i < 27; i++) {
            sum[i % 3] += basis[i / 3] * irradiance[i];
        }
        return sum;
    }

    private static float[] harmonics(Environment environment) {
        double[] sums = new double[27];
        for (int row = 0; row < ROWS; row++) {
            double y = 1 - (2 * row + 1.0) / ROWS; // rows of equal area
            double flat = Math.sqrt(1 - y * y);
            for (int column = 0; column < 2 * ROWS; column++) {
                double a = Math.PI * (column + 0.5) / ROWS;
                double x = flat * Math.cos(a);
                double z = flat * Math.sin(a);
                double[] light = new double[3];
                environment.add(x, y, z, 4 * Math.PI / (2 * ROWS * ROWS), light);
                double[] basis = basis(x, y, z);
                for (int i = 0; i < 27; i++) {
                    sums[i] += basis[i / 3] * light[i % 3];
                }
            }
        }
        float[] result = new float[27];
        for (int i = 0; i < 27; i++) {
            int k = i / 3;
            double cosine = k == 0 ? 1 : k < 4 ? 2.0 / 3 : 1.0 / 4; // of the cosine lobe, over π
            result[i] = (float) (cosine * sums[i]);
        }
        return result;
    }

    private static double[] basis(double x, double y, double z) {
        return new double[] {
            0.282095,
            0.488603 * y,
            0.488603 * z,
            0.488603 * x,
            1.092548 * x * y,
            1.092548 * y * z,
            0.315392 * (3 * z * z - 1),
            1.092548 * x * z,
            0.546274 * (x * x - y * y)
        };
    }

    private static Level level(Environment environment, int side, double roughness) {
        double[][] lobe = lobe(roughness);
        float[] rgb = new float[6 * side * side * 3];
        IntStream.range(0, 6 * side).parallel().forEach(line -> {
            int face = line / side;
            for (int column = 0; column < side; column++) {
                double[] n = direction(face, (column + 0.5) / side * 2 - 1, (line % side + 0.5) / side * 2 - 1);
                double[] sum = gathered(environment, n, lobe);
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (line * side + column) + c] = (float) sum[c];
                }
            }
        });
        return new Level(side, rgb);
    }

    /** Directions about +z with weights that sum to 1: reflections of a view along z off GGX microfacets. */
    private static double[][] lobe(double roughness) {
        if (roughness == 0) {
            return new double[][] {{0, 0, 1, 1}};
        }
        double alpha2 = Math.pow(roughness, 4);
        double[][] lobe = new double[SAMPLES][];
        double total = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double u = (i + 0.5) / SAMPLES;
            double v = Integer.reverse(i) / 4294967296.0 + 0.5; // van der Corput, shifted into [0, 1)
            double cos = Math.sqrt((1 - u) / (1 + (alpha2 - 1) * u));
            double sin = Math.sqrt(1 - cos * cos);
            double lz = 2 * cos * cos - 1;
            double reach = 2 * cos * sin;
            double weight = Math.max(0, lz);
            total += weight;
            lobe[i] = new double[] {reach * Math.cos(2 * Math.PI * v), reach * Math.sin(2 * Math.PI * v), lz, weight};
        }
        for (double[] sample : lobe) {
            sample[3] /= total;
        }
        return lobe;
    }

    private static double[] gathered(Environment environment, double[] n, double[][] lobe) {
        double[] side = Math.abs(n[1]) < 0.99 ? new double[] {n[2], 0, -n[0]} : new double[] {0, -n[2], n[1]};
        double length = Math.sqrt(side[0] * side[0] + side[1] * side[1] + side[2] * side[2]);
        for (int i = 0; i < 3; i++) {
            side[i] /= length;
        }
        double[] up = {n[1] * side[2] - n[2] * side[1], n[2] * side[0] - n[0] * side[2], n[0] * side[1] - n[1] * side[0]
        };
        double[] sum = new double[3];
        for (double[] s : lobe) {
            if (s[3] > 0) {
                environment.add(
                        s[0] * side[0] + s[1] * up[0] + s[2] * n[0],
                        s[0] * side[1] + s[1] * up[1] + s[2] * n[1],
                        s[0] * side[2] + s[1] * up[2] + s[2] * n[2],
                        s[3],
                        sum);
            }
        }
        return sum;
    }

    /** Unit direction of a point of a face, as OpenGL lays out cube maps. */
    private static double[] direction(int face, double s, double t) {
        double[] d =
                switch (face) {
                    case 0 -> new double[] {1, -t, -s};
                    case 1 -> new double[] {-1, -t, s};
                    case 2 -> new double[] {s, 1, t};
                    case 3 -> new double[] {s, -1, -t};
                    case 4 -> new double[] {s, -t, 1};
                    default -> new double[] {-s, -t, -1};
                };
        double length = Math.sqrt(1 + s * s + t * t);
        return new double[] {d[0] / length, d[1] / length, d[2] / length};
    }
}
