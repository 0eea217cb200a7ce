// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import org.eidolon.api.value.Image;

/**
 * A face cut out of a photo and brought to where identity encoders want it.
 *
 * @param rgb the crop, 112×112 pixels of red, green, blue from the top left
 * @param points of the photo: x, y of its left eye, right eye (as seen), nose tip, left and right mouth corner, pixels
 * @param box of the photo: left, top, right, bottom, pixels
 * @param confidence of the detector, 0 to 1
 * @param sharpness of the crop; below 0.01 is blurred
 * @param facesFound how many faces the photo shows
 */
public record AlignedFace(
        byte[] rgb, float[] points, float[] box, double confidence, double sharpness, int facesFound) {
    /** Width and height of the crop in pixels. */
    public static final int SIZE = 112;

    public AlignedFace {
        if (rgb.length != SIZE * SIZE * 3 || points.length != 10 || box.length != 4) {
            throw new IllegalArgumentException("an aligned face has 112×112 pixels, five points and a box");
        }
    }

    public Image image() {
        return Image.ofBytes(SIZE, SIZE, 3, rgb.clone());
    }
}
