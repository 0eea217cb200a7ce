// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.Arrays;
import org.eidolon.head.view.Lighting;
import org.eidolon.render.Light;

/**
 * Finds the light of a photo from its skin: white spherical harmonics of order 2 (Ramamoorthi and Hanrahan 2001) so that
 * light × one albedo explains the luminance. How bright the light is and how light the skin cannot be told apart, so that
 * the skin where it is well lit shows its albedo: irradiance there is 1.
 */
public final class SkinLight {
    private static final int BANDS = 9;

    /** What the numbers of each band cost: light on a face is soft, and noses cast shadows that no harmonic explains. */
    private static final double[] COST = {0, 0.001, 0.006};

    private static final int ROUNDS = 8;

    /** Relative errors beyond this count less: shadows, highlights, hair, make-up. */
    private static final double OUTLIER = 0.08;

    /** The share of the skin that is better lit than what shows its albedo. */
    private static final double BRIGHTEST = 0.15;

    /** Irradiance is never taken for darker: what is divided by it would be noise. */
    private static final double DARKEST = 0.3;

    private final double[] harmonics;

    private SkinLight(double[] harmonics) {
        this.harmonics = harmonics;
    }

    /** The light of 9 numbers, as {@link #harmonics} gives them. */
    public static SkinLight of(float[] harmonics) {
        double[] h = new double[BANDS];
        for (int i = 0; i < BANDS; i++) h[i] = harmonics[i];
        return new SkinLight(h);
    }

    /**
     * Fits samples of skin.
     *
     * @param normals unit, camera space, (N, 3)
     * @param luminance linear, (N)
     * @throws PhotoFit.NoFit if there is too little skin to tell
     */
    public static SkinLight fit(float[] normals, float[] luminance) {
        int n = luminance.length;
        if (n < 4 * BANDS) throw new PhotoFit.NoFit("only " + n + " pixels of bare skin are seen");
        double[] weight = new double[n], basis = new double[BANDS];
        Arrays.fill(weight, 1);
        float[] sorted = luminance.clone();
        Arrays.sort(sorted);
        double middle = Math.max(1e-4, sorted[n / 2]);
        double[] h = new double[BANDS];
        int[] columns = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        for (int round = 0; round < ROUNDS; round++) {
            var equations = new NormalEquations(BANDS);
            double total = 0;
            for (int i = 0; i < n; i++) {
                basis(normals, 3 * i, basis);
                equations.add(weight[i], -luminance[i] / middle, columns, basis);
                total += weight[i];
            }
            for (int b = 1; b < BANDS; b++) equations.pull(b, total * COST[b < 4 ? 1 : 2], 0);
            h = equations.solve(0);
            for (int i = 0; i < n; i++) {
                basis(normals, 3 * i, basis);
                double lit = dot(h, basis);
                double error = (luminance[i] / middle - lit) / Math.max(0.2, lit) / OUTLIER;
                weight[i] = 1 / (1 + error * error);
            }
        }
        double[] irradiance = new double[n];
        for (int i = 0; i < n; i++) {
            basis(normals, 3 * i, basis);
            irradiance[i] = dot(h, basis);
        }
        Arrays.sort(irradiance);
        double bright = Math.max(1e-3, irradiance[(int) ((1 - BRIGHTEST) * (n - 1))]);
        for (int b = 0; b < BANDS; b++) h[b] /= bright;
        return new SkinLight(h);
    }

    /** Irradiance over pi at a unit normal in camera space, at least {@value #DARKEST}. */
    public double at(float[] normals, int at) {
        double[] basis = new double[BANDS];
        basis(normals, at, basis);
        return Math.max(DARKEST, dot(harmonics, basis));
    }

    /** The nine numbers, ordered as {@link Light}'s. */
    public float[] harmonics() {
        float[] out = new float[BANDS];
        for (int i = 0; i < BANDS; i++) out[i] = (float) harmonics[i];
        return out;
    }

    /** The same as renderers take it. */
    public Light light() {
        float[] rgb = new float[3 * BANDS];
        for (int i = 0; i < rgb.length; i++) rgb[i] = (float) harmonics[i / 3];
        float[] none = new float[3], front = {0, 0, 1};
        return new Light(true, none, front, none, front, none, Lighting.ENCODING, rgb);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < BANDS; i++) sum += a[i] * b[i];
        return sum;
    }

    /** Real spherical harmonics Y00, Y1-1, Y10, Y11, Y2-2 … Y22 of a unit vector. */
    private static void basis(float[] n, int at, double[] out) {
        double x = n[at], y = n[at + 1], z = n[at + 2];
        out[0] = 0.282095;
        out[1] = 0.488603 * y;
        out[2] = 0.488603 * z;
        out[3] = 0.488603 * x;
        out[4] = 1.092548 * x * y;
        out[5] = 1.092548 * y * z;
        out[6] = 0.315392 * (3 * z * z - 1);
        out[7] = 1.092548 * x * z;
        out[8] = 0.546274 * (x * x - y * y);
    }
}
