// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import org.eidolon.encoders.Photo;
import org.eidolon.head.view.Lighting;

/** A photo as light: values to which light is added and by which albedo is multiplied. */
final class LinearPicture {
    private static final float[] DECODE = new float[256];

    static {
        for (int i = 0; i < 256; i++) DECODE[i] = (float) Math.pow(i / 255.0, 1 / Lighting.ENCODING);
    }

    private final Photo photo;

    LinearPicture(Photo photo) {
        this.photo = photo;
    }

    /** Linear red, green, blue at a place between pixels; false where the photo does not reach. */
    boolean at(double x, double y, double[] rgb) {
        int x0 = (int) Math.floor(x), y0 = (int) Math.floor(y);
        if (x0 < 0 || y0 < 0 || x0 + 1 >= photo.width() || y0 + 1 >= photo.height()) return false;
        double fx = x - x0, fy = y - y0;
        for (int c = 0; c < 3; c++) {
            rgb[c] = (1 - fy) * ((1 - fx) * DECODE[photo.at(x0, y0, c)] + fx * DECODE[photo.at(x0 + 1, y0, c)])
                    + fy * ((1 - fx) * DECODE[photo.at(x0, y0 + 1, c)] + fx * DECODE[photo.at(x0 + 1, y0 + 1, c)]);
        }
        return true;
    }

    static double luminance(double[] rgb) {
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }
}
