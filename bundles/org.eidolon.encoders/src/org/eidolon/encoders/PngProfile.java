// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The colour profile of a PNG file (chunk iCCP), which Java's decoder leaves out. */
final class PngProfile {
    private static final int MAX_BYTES = 8 << 20;
    private static final int SIGNATURE = 8;
    private static final int ICCP = 0x69434350;
    private static final int IDAT = 0x49444154;

    private PngProfile() {}

    /** Colours as sRGB; unchanged where the file has no profile for RGB, or one that cannot be read. */
    static Photo toSrgb(byte[] png, Photo photo) {
        try {
            Optional<ICC_Profile> profile = read(png);
            if (profile.isEmpty() || profile.get().getColorSpaceType() != ColorSpace.TYPE_RGB) {
                return photo;
            }
            var model = new ComponentColorModel(
                    new ICC_ColorSpace(profile.get()), false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
            byte[] rgb = photo.rgb();
            var raster = Raster.createInterleavedRaster(
                    new DataBufferByte(rgb, rgb.length),
                    photo.width(),
                    photo.height(),
                    3 * photo.width(),
                    3,
                    new int[] {0, 1, 2},
                    null);
            var srgb = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
            new ColorConvertOp(null).filter(new BufferedImage(model, raster, false, null), srgb);
            return PhotoReader.convert(srgb);
        } catch (DataFormatException | RuntimeException e) {
            return photo; // a broken profile costs exact colours, not the photo
        }
    }

    private static Optional<ICC_Profile> read(byte[] png) throws DataFormatException {
        ByteBuffer in = ByteBuffer.wrap(png).position(SIGNATURE);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            int type = in.getInt();
            if (length < 0 || length > in.remaining() - 4 || type == IDAT) {
                return Optional.empty();
            }
            if (type == ICCP) {
                byte[] data = new byte[length];
                in.get(data);
                int name = 0;
                while (name < length && data[name] != 0) {
                    name++;
                }
                return Optional.of(ICC_Profile.getInstance(inflate(data, name + 2)));
            }
            in.position(in.position() + length + 4);
        }
        return Optional.empty();
    }

    private static byte[] inflate(byte[] data, int from) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, from, data.length - from);
            byte[] out = new byte[64 << 10];
            int size = 0;
            while (!inflater.finished()) {
                if (size == out.length) {
                    if (size >= MAX_BYTES) {
                        throw new DataFormatException("the colour profile is too large");
                    }
                    out = Arrays.copyOf(out, size * 2);
                }
                int n = inflater.inflate(out, size, out.length - size);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("the colour profile is cut off");
                }
                size += n;
            }
            return Arrays.copyOf(out, size);
        } finally {
            inflater.end();
        }
    }
}
