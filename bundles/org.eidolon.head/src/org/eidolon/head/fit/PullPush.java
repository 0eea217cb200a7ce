// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

/**
 * Fills a picture from where it is known, from coarse to fine (Gortler et al. 1996, <em>The Lumigraph</em>, section
 * 3.4): a place gets what it knows, and for what it lacks of weight one the mean around it.
 */
final class PullPush {
    private PullPush() {}

    /**
     * @param values (size², channels)
     * @param weights of the places, 0 to 1, (size²)
     * @return the filled picture; values where all weights are 0
     */
    static float[] fill(float[] values, float[] weights, int size, int channels) {
        if (size == 1) return values.clone();
        int half = (size + 1) / 2;
        float[] coarse = new float[channels * half * half], sums = new float[half * half];
        for (int at = 0; at < size * size; at++) {
            int to = at / size / 2 * half + at % size / 2;
            sums[to] += weights[at];
            for (int c = 0; c < channels; c++) coarse[channels * to + c] += weights[at] * values[channels * at + c];
        }
        for (int at = 0; at < half * half; at++) {
            for (int c = 0; c < channels && sums[at] > 0; c++) coarse[channels * at + c] /= sums[at];
            sums[at] = Math.min(1, sums[at]);
        }
        float[] below = fill(coarse, sums, half, channels);
        float[] out = new float[values.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int at = y * size + x;
                for (int c = 0; c < channels; c++) {
                    float mean = smooth(below, half, channels, x, y, c);
                    out[channels * at + c] = mean + weights[at] * (values[channels * at + c] - mean);
                }
            }
        }
        return out;
    }

    /** The coarse picture between its pixels' centres. */
    private static float smooth(float[] coarse, int half, int channels, int x, int y, int c) {
        int x0 = Math.max(0, (x - 1) / 2), y0 = Math.max(0, (y - 1) / 2);
        int x1 = Math.min(half - 1, (x + 1) / 2), y1 = Math.min(half - 1, (y + 1) / 2);
        float fx = x % 2 == 0 ? 0.75f : 0.25f, fy = y % 2 == 0 ? 0.75f : 0.25f;
        float upper = (1 - fx) * coarse[channels * (y0 * half + x0) + c] + fx * coarse[channels * (y0 * half + x1) + c];
        float lower = (1 - fx) * coarse[channels * (y1 * half + x0) + c] + fx * coarse[channels * (y1 * half + x1) + c];
        return (1 - fy) * upper + fy * lower;
    }
}
