// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

/**
 * Where the photo shows what the fitted head has at a place of the picture: both agree up to some pixels, and their
 * landmarks tell by how much. Between landmarks the shift is their mean, weighed by a Gaussian of the distance (Nadaraya
 * and Watson 1964); far from all of them it fades.
 */
final class PhotoWarp {
    private static final int GRID = 64;
    private static final double WIDTH = 0.05;

    /** What counts for no shift, against landmarks of weight one. */
    private static final double STILL = 0.3;

    private final double[] shifts = new double[2 * GRID * GRID];

    /**
     * @param head landmarks of the fitted head in the picture, x and y up in −1…1
     * @param photo the same of the photo
     * @param trust of each landmark
     */
    PhotoWarp(double[] head, double[] photo, float[] trust) {
        for (int at = 0; at < GRID * GRID; at++) {
            double x = 2 * (at % GRID + 0.5) / GRID - 1, y = 1 - 2 * (at / GRID + 0.5) / GRID;
            double sum = STILL, dx = 0, dy = 0;
            for (int l = 0; l < trust.length; l++) {
                double d = Math.pow(head[2 * l] - x, 2) + Math.pow(head[2 * l + 1] - y, 2);
                double w = trust[l] * Math.exp(-d / (2 * WIDTH * WIDTH));
                sum += w;
                dx += w * (photo[2 * l] - head[2 * l]);
                dy += w * (photo[2 * l + 1] - head[2 * l + 1]);
            }
            shifts[2 * at] = dx / sum;
            shifts[2 * at + 1] = dy / sum;
        }
    }

    double x(double x, double y) {
        return x + shift(x, y, 0);
    }

    double y(double x, double y) {
        return y + shift(x, y, 1);
    }

    private double shift(double x, double y, int axis) {
        double u = Math.clamp((x + 1) / 2 * GRID - 0.5, 0, GRID - 1.001);
        double v = Math.clamp((1 - y) / 2 * GRID - 0.5, 0, GRID - 1.001);
        int i = (int) u, j = (int) v, at = 2 * (j * GRID + i) + axis;
        double fu = u - i, fv = v - j;
        return (1 - fv) * ((1 - fu) * shifts[at] + fu * shifts[at + 2])
                + fv * ((1 - fu) * shifts[at + 2 * GRID] + fu * shifts[at + 2 * GRID + 2]);
    }
}
