// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.function.DoubleUnaryOperator;

/**
 * Colours told by three primaries, a white and a curve. Sources: IEC 61966-2-1 (sRGB); CIE 1931 chromaticities to a
 * matrix and Bradford's adaptation of the white as in the ICC specification (v4.4, annex E) and W3C, "PNG", third
 * edition, clause 13.
 */
final class MatrixColour implements Colour {
    /** x and y of white, red, green and blue. */
    record Primaries(double wx, double wy, double rx, double ry, double gx, double gy, double bx, double by) {
        static final Primaries SRGB = new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);

        /** Whether each number is so near that nobody sees a difference. */
        boolean isNear(Primaries p) {
            double tolerance = 0.01;
            return Math.abs(wx - p.wx) < tolerance
                    && Math.abs(wy - p.wy) < tolerance
                    && Math.abs(rx - p.rx) < tolerance
                    && Math.abs(ry - p.ry) < tolerance
                    && Math.abs(gx - p.gx) < tolerance
                    && Math.abs(gy - p.gy) < tolerance
                    && Math.abs(bx - p.bx) < tolerance
                    && Math.abs(by - p.by) < tolerance;
        }

        /** Linear RGB to CIE XYZ, white with Y = 1. */
        double[][] toXyz() {
            double[][] p = {{rx, gx, bx}, {ry, gy, by}, {1 - rx - ry, 1 - gx - gy, 1 - bx - by}};
            double[] s = times(inverse(p), white());
            for (double[] row : p) {
                for (int c = 0; c < 3; c++) {
                    row[c] *= s[c];
                }
            }
            return p;
        }

        double[] white() {
            return new double[] {wx / wy, 1, (1 - wx - wy) / wy};
        }
    }

    private static final double[][] BRADFORD = {
        {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
    };

    private final float[] linear = new float[MOST + 1];
    private final int[] encoded = new int[MOST + 1];
    private final double[][] matrix;

    /**
     * @param curve sample in 0…1 to linear light in 0…1
     * @throws IllegalArgumentException when the primaries span no colours
     */
    MatrixColour(Primaries primaries, DoubleUnaryOperator curve) {
        matrix = toSrgb(primaries);
        for (int i = 0; i <= MOST; i++) {
            linear[i] = (float) Math.clamp(curve.applyAsDouble(i / (double) MOST), 0.0, 1.0);
            encoded[i] = (int) Math.round(encode(i / (double) MOST) * MOST);
        }
    }

    /** sRGB's curve: a sample in 0…1 to linear light. */
    static double decode(double sample) {
        return sample <= 0.04045 ? sample / 12.92 : Math.pow((sample + 0.055) / 1.055, 2.4);
    }

    private static double encode(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    @Override
    public void toSrgb(int[] samples, int pixels) {
        for (int i = 0; i < 3 * pixels; i += 3) {
            double r = linear[samples[i]];
            double g = linear[samples[i + 1]];
            double b = linear[samples[i + 2]];
            for (int c = 0; c < 3; c++) {
                double light = matrix[c][0] * r + matrix[c][1] * g + matrix[c][2] * b;
                samples[i + c] = encoded[(int) Math.round(Math.clamp(light, 0.0, 1.0) * MOST)];
            }
        }
    }

    private static double[][] toSrgb(Primaries from) {
        double[][] cone = inverse(BRADFORD);
        double[] here = times(BRADFORD, from.white());
        double[] there = times(BRADFORD, Primaries.SRGB.white());
        double[][] scaled = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                scaled[i][k] = there[i] / here[i] * BRADFORD[i][k];
            }
        }
        double[][] adapted = times(times(cone, scaled), from.toXyz());
        double[][] matrix = times(inverse(Primaries.SRGB.toXyz()), adapted);
        for (double[] row : matrix) {
            for (double v : row) {
                if (!(Math.abs(v) < 1e4)) {
                    throw new IllegalArgumentException("the primaries span no colours");
                }
            }
        }
        return matrix;
    }

    private static double[] times(double[][] m, double[] v) {
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) {
            out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
        }
        return out;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                out[i][k] = a[i][0] * b[0][k] + a[i][1] * b[1][k] + a[i][2] * b[2][k];
            }
        }
        return out;
    }

    /** Entries that are not finite where there is none. */
    private static double[][] inverse(double[][] m) {
        double[][] out = new double[3][3];
        for (int i = 0; i < 3; i++) {
            int a = (i + 1) % 3;
            int b = (i + 2) % 3;
            for (int k = 0; k < 3; k++) {
                int c = (k + 1) % 3;
                int d = (k + 2) % 3;
                out[k][i] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
            }
        }
        double det = m[0][0] * out[0][0] + m[0][1] * out[1][0] + m[0][2] * out[2][0];
        for (double[] row : out) {
            for (int k = 0; k < 3; k++) {
                row[k] /= det;
            }
        }
        return out;
    }
}
