// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.awt.image.BufferedImage;

/** Puts pictures of normals onto contact sheets. */
final class NormalSheet {
    private NormalSheet() {}

    /** Draws a picture (3, S, S) in -1…1. */
    static void draw(BufferedImage sheet, float[] picture, int size, int left, int top) {
        int plane = size * size;
        for (int p = 0; p < plane; p++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | Math.clamp(Math.round(picture[c * plane + p] * 127.5f + 127.5f), 0, 255);
            }
            sheet.setRGB(left + p % size, top + p / size, rgb);
        }
    }
}
