// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Decoded pictures of any depth and kind of pixel to photos of 8 bits. */
final class PhotoPixels {
    /** What shows through where a picture is transparent: mid grey. */
    private static final int BACKGROUND = 128;

    private PhotoPixels() {}

    /** A picture whose own colour model says what its numbers mean; transparency is laid on mid grey. */
    static Photo of(BufferedImage image) {
        return of(image, 1);
    }

    /** As {@link #of(BufferedImage)}, reduced as {@link #of(BufferedImage, Colour, int)} does. */
    static Photo of(BufferedImage image, int reduce) {
        ColorModel model = image.getColorModel();
        ColorSpace space = model.getColorSpace();
        boolean palette = model instanceof IndexColorModel;
        if (!palette && space.getType() == ColorSpace.TYPE_GRAY) {
            return of(image, greyOf(space), reduce);
        }
        if (!palette && !space.isCS_sRGB() && model.getTransparency() == Transparency.OPAQUE) {
            BufferedImage srgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            new ColorConvertOp(null).filter(image, srgb);
            return of(srgb, Colour.SRGB, reduce);
        }
        return of(image, Colour.SRGB, reduce);
    }

    /** Java's own conversion takes grey for linear light and brightens it; only a profile of the file's own counts. */
    private static Colour greyOf(ColorSpace space) {
        if (!(space instanceof ICC_ColorSpace icc)) {
            return Colour.SRGB;
        }
        byte[] own = icc.getProfile().getData();
        byte[] javas = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        return Arrays.equals(own, javas) ? Colour.SRGB : IccColour.of(icc.getProfile(), true);
    }

    /**
     * A picture whose samples mean what {@code colour} says.
     *
     * @param reduce pixels along each side that become one, their mean; what is left at right and bottom is dropped
     */
    static Photo of(BufferedImage image, Colour colour, int reduce) {
        int width = image.getWidth();
        int outWidth = Math.max(1, width / reduce);
        int outHeight = Math.max(1, image.getHeight() / reduce);
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(outWidth, outHeight), 3)];
        Rows rows = new Rows(image, colour);
        int[] row = new int[3 * width];
        int[] sum = new int[3 * outWidth];
        int count = reduce * reduce;
        for (int y = 0; y < outHeight; y++) {
            if (reduce == 1) {
                rows.read(y, row);
                for (int i = 0; i < row.length; i++) {
                    rgb[y * row.length + i] = (byte) row[i];
                }
                continue;
            }
            Arrays.fill(sum, 0);
            for (int j = 0; j < reduce; j++) {
                rows.read(Math.min(y * reduce + j, image.getHeight() - 1), row);
                for (int x = 0; x < Math.min(width, outWidth * reduce); x++) {
                    for (int c = 0; c < 3; c++) {
                        sum[x / reduce * 3 + c] += row[3 * x + c];
                    }
                }
            }
            for (int i = 0; i < sum.length; i++) {
                rgb[y * sum.length + i] = (byte) ((sum[i] + count / 2) / count);
            }
        }
        return new Photo(outWidth, outHeight, rgb);
    }

    /** Rows of a picture in sRGB, 0 to 255: red, green, blue. */
    private static final class Rows {
        private final BufferedImage image;
        private final Colour colour;
        private final Raster raster;
        private final int width;
        private final int bands;
        private final long[] most;
        private final int[] samples;
        private final int[] alphas;

        Rows(BufferedImage image, Colour colour) {
            this.image = image;
            this.colour = colour;
            this.raster = image.getRaster();
            this.width = image.getWidth();
            ColorModel model = image.getColorModel();
            int type = raster.getTransferType();
            if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
                throw new PhotoException("floating-point pixels are not a photo: save it with 8 bits per channel");
            }
            boolean plain = !(model instanceof IndexColorModel)
                    && !model.isAlphaPremultiplied()
                    && (model.getColorSpace().isCS_sRGB()
                            || model.getColorSpace().getType() == ColorSpace.TYPE_GRAY);
            this.bands = plain ? raster.getNumBands() : 0;
            this.most = Arrays.stream(model.getComponentSize())
                    .mapToLong(b -> (1L << b) - 1)
                    .toArray();
            this.samples = new int[width * Math.max(1, bands)];
            this.alphas = new int[width];
        }

        void read(int y, int[] rgb) {
            if (bands == 0) {
                image.getRGB(0, y, width, 1, samples, 0, width);
                for (int x = 0; x < width; x++) {
                    alphas[x] = (samples[x] >>> 24) * 257;
                    for (int c = 0; c < 3; c++) {
                        rgb[3 * x + c] = (samples[x] >> (16 - 8 * c) & 255) * 257;
                    }
                }
            } else {
                raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
                boolean grey = bands < 3;
                int alpha = grey ? 1 : 3;
                for (int x = 0; x < width; x++) {
                    alphas[x] = bands > alpha ? sample(x, alpha) : Colour.MOST;
                    for (int c = 0; c < 3; c++) {
                        rgb[3 * x + c] = sample(x, grey ? 0 : c);
                    }
                }
            }
            colour.toSrgb(rgb, width);
            for (int i = 0; i < rgb.length; i++) {
                long value = (rgb[i] * 255L + Colour.MOST / 2) / Colour.MOST;
                long alpha = alphas[i / 3];
                rgb[i] = (int)
                        (alpha == Colour.MOST
                                ? value
                                : (value * alpha + BACKGROUND * (Colour.MOST - alpha) + Colour.MOST / 2) / Colour.MOST);
            }
        }

        private int sample(int x, int band) {
            long top = most[band];
            long value = samples[x * bands + band] & 0xffffffffL;
            return top == Colour.MOST ? (int) value : (int) ((value * Colour.MOST + top / 2) / top);
        }
    }
}
