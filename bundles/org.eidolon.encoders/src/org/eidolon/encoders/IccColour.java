// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Colours told by an ICC profile for RGB or for grey. */
final class IccColour {
    private IccColour() {}

    /**
     * For grey a table of all samples is made, so that it costs nothing for each pixel.
     *
     * @param grey whether the pixels are grey
     * @throws RuntimeException when the profile is of other colours or cannot be used
     */
    static Colour of(ICC_Profile profile, boolean grey) {
        int wanted = grey ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB;
        if (profile.getColorSpaceType() != wanted) {
            throw new IllegalArgumentException("the colour profile is for other colours than the picture has");
        }
        ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
        ColorConvertOp op = new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null);
        if (!grey) {
            Colour colour = (samples, pixels) -> convert(op, samples, 3, samples, pixels);
            colour.toSrgb(new int[3], 1); // fails here rather than amid the picture
            return colour;
        }
        int[] levels = new int[Colour.MOST + 1];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = i;
        }
        int[] table = new int[3 * levels.length];
        convert(op, levels, 1, table, levels.length);
        return (samples, pixels) -> {
            for (int i = 0; i < 3 * pixels; i += 3) {
                int at = 3 * samples[i];
                System.arraycopy(table, at, samples, i, 3);
            }
        };
    }

    private static void convert(ColorConvertOp op, int[] from, int bands, int[] to, int pixels) {
        WritableRaster in = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, bands, null);
        WritableRaster out = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, 3, null);
        in.setPixels(0, 0, pixels, 1, from);
        op.filter(in, out);
        out.getPixels(0, 0, pixels, 1, to);
    }
}
