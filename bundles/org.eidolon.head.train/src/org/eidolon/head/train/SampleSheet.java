// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.awt.image.BufferedImage;

/** Rows of small square pictures side by side. */
final class SampleSheet {
    private final int size;
    private final BufferedImage image;

    SampleSheet(int rows, int columns, int size) {
        this.size = size;
        image = new BufferedImage(columns * size, rows * size, BufferedImage.TYPE_INT_RGB);
    }

    /** Places pictures of a batch (N,3,S,S in -1…1, flattened) into one row from the left. */
    void row(int row, float[] batch, int count) {
        int plane = size * size;
        for (int n = 0; n < Math.min(count, image.getWidth() / size); n++) {
            for (int p = 0; p < plane; p++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = batch[(n * 3 + c) * plane + p] * 127.5f + 127.5f;
                    rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(value)));
                }
                image.setRGB(n * size + p % size, row * size + p / size, rgb);
            }
        }
    }

    boolean hasRow(int row) {
        return row < image.getHeight() / size;
    }

    BufferedImage image() {
        return image;
    }
}
