// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/**
 * Spreads lattice planes along one axis of [-1, 1] by the density 1 + amount · exp(−((x − centre) / width)²), so that
 * more of them lie near {@code centre}. The ends stay where they are.
 *
 * @param amount extra density at the centre, ≥ 0; 0 leaves the axis uniform
 * @param centre where the axis is densest
 * @param width how far the density reaches, &gt; 0
 */
public record AxisWarp(double amount, double centre, double width) {

    public static final AxisWarp NONE = new AxisWarp(0, 0, 1);

    private static final int STEPS = 1 << 14;

    public AxisWarp {
        if (!(amount >= 0) || !(width > 0) || !Double.isFinite(amount + centre + width)) {
            throw new IllegalArgumentException(
                    "axis warp needs amount ≥ 0, width > 0, finite: " + amount + ", " + centre + ", " + width);
        }
    }

    /** Positions of {@code count} ≥ 2 planes, ascending, the first −1 and the last 1. */
    public float[] planes(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("an axis needs at least 2 planes, not " + count);
        }
        double[] cumulative = new double[STEPS + 1];
        for (int i = 0; i < STEPS; i++) {
            double x = -1 + (2 * i + 1.0) / STEPS;
            double d = (x - centre) / width;
            // StrictMath: the same lattice on every machine
            cumulative[i + 1] = cumulative[i] + 1 + amount * StrictMath.exp(-d * d);
        }
        float[] planes = new float[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            double target = cumulative[STEPS] * i / (count - 1);
            while (at < STEPS - 1 && cumulative[at + 1] < target) {
                at++;
            }
            double within = (target - cumulative[at]) / (cumulative[at + 1] - cumulative[at]);
            planes[i] = (float) (-1 + 2 * (at + within) / STEPS);
        }
        planes[0] = -1;
        planes[count - 1] = 1;
        return planes;
    }
}
