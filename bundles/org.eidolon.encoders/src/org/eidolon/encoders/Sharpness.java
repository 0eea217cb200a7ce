// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * How much fine detail a picture holds: the variance of its Laplacian (Pech-Pacheco et al., "Diatom autofocusing in
 * brightfield microscopy", 2000) over the variance of its brightness, so that contrast and exposure cancel out.
 */
public final class Sharpness {
    private Sharpness() {}

    /** Of the middle of an aligned crop (the face without the background); 0 for a flat picture. */
    public static double of(Photo crop) {
        int border = crop.width() / 8;
        int w = crop.width() - 2 * border;
        int h = crop.height() - 2 * border;
        double sum = 0;
        double squares = 0;
        double laplace = 0;
        double laplaceSquares = 0;
        for (int y = border; y < border + h; y++) {
            for (int x = border; x < border + w; x++) {
                double v = grey(crop, x, y);
                double l = grey(crop, x - 1, y)
                        + grey(crop, x + 1, y)
                        + grey(crop, x, y - 1)
                        + grey(crop, x, y + 1)
                        - 4 * v;
                sum += v;
                squares += v * v;
                laplace += l;
                laplaceSquares += l * l;
            }
        }
        int n = w * h;
        double variance = squares / n - sum / n * (sum / n);
        double detail = laplaceSquares / n - laplace / n * (laplace / n);
        return variance < 1 ? 0 : detail / variance;
    }

    private static double grey(Photo p, int x, int y) {
        return 0.299 * p.at(x, y, 0) + 0.587 * p.at(x, y, 1) + 0.114 * p.at(x, y, 2);
    }
}
