// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;

/** An upright sRGB image of 8 bits per channel, rows from the top. Immutable. */
public final class Photo {
    private final int width;
    private final int height;
    private final byte[] rgb;

    Photo(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(width + "×" + height + " pixels do not take " + rgb.length + " bytes");
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** The photo of {@link PhotoFile#read(Path)}, without its warnings. */
    public static Photo read(Path file) {
        return PhotoFile.read(file).photo();
    }

    /** As {@link #read(Path)}, from memory; {@code name} is used in messages. */
    public static Photo read(byte[] file, String name) {
        return PhotoFile.read(file, name).photo();
    }

    /** From interleaved RGB bytes, rows from the top (copied). */
    public static Photo ofBytes(byte[] rgb, int width, int height) {
        return new Photo(width, height, rgb.clone());
    }

    /** From interleaved RGB in [0, 1], rows from the top: (height, width, 3). Rounded to 8 bits. */
    public static Photo ofFloats(float[] rgb, int width, int height) {
        byte[] bytes = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(rgb[i] * 255f), 0, 255);
        }
        return new Photo(width, height, bytes);
    }

    /** From a Java image that is already sRGB; transparency is laid on mid grey. */
    public static Photo ofImage(BufferedImage image) {
        return PhotoPixels.of(image);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Interleaved RGB, rows from the top (a copy). */
    public byte[] rgb() {
        return rgb.clone();
    }

    /** The array itself, for this package's loops; never written to. */
    byte[] raw() {
        return rgb;
    }

    /** Channel 0 (red) to 2 (blue) of a pixel, 0 to 255. */
    public int at(int x, int y, int channel) {
        return rgb[(y * width + x) * 3 + channel] & 0xff;
    }

    /** Interleaved RGB in [0, 1]: (height, width, 3). */
    public float[] toFloats() {
        float[] out = new float[rgb.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (rgb[i] & 0xff) / 255f;
        }
        return out;
    }

    /** Left and right swapped. */
    public Photo mirrored() {
        return turned(2);
    }

    /** Itself, or where a side is longer than {@code most} pixels a copy that is reduced by a whole number. */
    public Photo fitted(int most) {
        int n = (Math.max(width, height) + most - 1) / most;
        return n <= 1 ? this : FaceAlignment.reduced(this, n);
    }

    /** A part; must lie inside. */
    public Photo crop(int left, int top, int cropWidth, int cropHeight) {
        if (left < 0 || top < 0 || left + cropWidth > width || top + cropHeight > height) {
            throw new IllegalArgumentException("crop " + cropWidth + "×" + cropHeight + " at " + left + ", " + top
                    + " leaves the image of " + width + "×" + height);
        }
        byte[] out = new byte[cropWidth * cropHeight * 3];
        for (int y = 0; y < cropHeight; y++) {
            System.arraycopy(rgb, ((top + y) * width + left) * 3, out, y * cropWidth * 3, cropWidth * 3);
        }
        return new Photo(cropWidth, cropHeight, out);
    }

    /**
     * Turned as the EXIF orientation asks (Exif 2.32, tag 0x0112): 1 as it is, 2 mirrored, 3 half turn, 4 flipped,
     * 5 transposed, 6 a quarter turn clockwise, 7 transverse, 8 a quarter turn anticlockwise.
     */
    Photo turned(int orientation) {
        if (orientation <= 1 || orientation > 8) {
            return this;
        }
        boolean swap = orientation >= 5;
        int w = swap ? height : width;
        int h = swap ? width : height;
        byte[] out = new byte[rgb.length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int sx =
                        switch (orientation) {
                            case 2, 3 -> width - 1 - x;
                            case 4 -> x;
                            case 5, 6 -> y;
                            default -> width - 1 - y; // 7, 8
                        };
                int sy =
                        switch (orientation) {
                            case 2 -> y;
                            case 3, 4 -> height - 1 - y;
                            case 5, 8 -> x;
                            default -> height - 1 - x; // 6, 7
                        };
                int from = (sy * width + sx) * 3;
                int to = (y * w + x) * 3;
                out[to] = rgb[from];
                out[to + 1] = rgb[from + 1];
                out[to + 2] = rgb[from + 2];
            }
        }
        return new Photo(w, h, out);
    }

    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = at(x, y, 0) << 16 | at(x, y, 1) << 8 | at(x, y, 2);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Photo p && p.width == width && p.height == height && Arrays.equals(p.rgb, rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "photo of " + width + "×" + height;
    }
}
