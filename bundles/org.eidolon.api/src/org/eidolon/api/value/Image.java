// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * An image: rows from the top, pixels from the left, channels interleaved (1 grey, 3 RGB, 4 RGBA, not premultiplied).
 * It holds 8-bit samples or floats; a float of 1 is an 8-bit 255. No colour conversion takes place.
 */
public final class Image {
    private static final int MAX_SAMPLES = 1 << 29;
    private final int width;
    private final int height;
    private final int channels;
    private final byte[] bytes;
    private final float[] floats;

    private Image(int width, int height, int channels, byte[] bytes, float[] floats) {
        if (width < 1
                || height < 1
                || channels != 1 && channels != 3 && channels != 4
                || (long) width * height * channels > MAX_SAMPLES) {
            throw new IllegalArgumentException("no image has " + width + "×" + height + "×" + channels + " samples");
        }
        int length = bytes != null ? bytes.length : floats.length;
        if (length != width * height * channels) {
            throw new IllegalArgumentException(
                    length + " samples for an image of " + width + "×" + height + "×" + channels);
        }
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.bytes = bytes;
        this.floats = floats;
    }

    /** Takes the array as it is; the caller must not change it any more. */
    public static Image ofBytes(int width, int height, int channels, byte[] samples) {
        return new Image(width, height, channels, samples, null);
    }

    /** Takes the array as it is; the caller must not change it any more. */
    public static Image ofFloats(int width, int height, int channels, float[] samples) {
        return new Image(width, height, channels, null, samples);
    }

    public static Image of(BufferedImage picture) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        int c = picture.getColorModel().hasAlpha() ? 4 : picture.getRaster().getNumBands() == 1 ? 1 : 3;
        byte[] samples = new byte[w * h * c];
        int[] row = new int[w];
        for (int y = 0, at = 0; y < h; y++) {
            if (c == 1 && picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
                for (int v : picture.getRaster().getPixels(0, y, w, 1, row)) {
                    samples[at++] = (byte) v; // getRGB would apply a gamma curve to grey
                }
                continue;
            }
            picture.getRGB(0, y, w, 1, row, 0, w);
            for (int argb : row) {
                for (int k = 0; k < c; k++) {
                    samples[at++] = (byte) (argb >> (k == 3 ? 24 : 16 - 8 * k));
                }
            }
        }
        return ofBytes(w, h, c, samples);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int channels() {
        return channels;
    }

    /** Samples as bytes, a copy; floats are clamped to [0, 1] and rounded. */
    public byte[] toBytes() {
        if (bytes != null) {
            return bytes.clone();
        }
        byte[] out = new byte[floats.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Math.round(255 * Math.clamp(floats[i], 0f, 1f));
        }
        return out;
    }

    /** Samples as floats in [0, 1] (float images: as they are), a copy. */
    public float[] toFloats() {
        if (floats != null) {
            return floats.clone();
        }
        float[] out = new float[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (bytes[i] & 255) / 255f;
        }
        return out;
    }

    /** One sample as a float. */
    public float at(int x, int y, int channel) {
        int i = (y * width + x) * channels + channel;
        return floats != null ? floats[i] : (bytes[i] & 255) / 255f;
    }

    public BufferedImage toBufferedImage() {
        byte[] samples = toBytes();
        if (channels == 1) {
            var grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            grey.getRaster().setDataElements(0, 0, width, height, samples);
            return grey;
        }
        int type = channels == 4 ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        var picture = new BufferedImage(width, height, type);
        int[] pixels = new int[width * height];
        for (int i = 0, at = 0; i < pixels.length; i++, at += channels) {
            int alpha = channels == 4 ? samples[at + 3] & 255 : 255;
            pixels[i] = alpha << 24 | (samples[at] & 255) << 16 | (samples[at + 1] & 255) << 8 | samples[at + 2] & 255;
        }
        picture.getRaster().setDataElements(0, 0, width, height, pixels);
        return picture;
    }

    public void writePng(Path file) throws IOException {
        ImageIO.setUseCache(false);
        if (!ImageIO.write(toBufferedImage(), "png", file.toFile())) {
            throw new IOException("no PNG writer in this Java");
        }
    }

    /** Reads a picture file that ImageIO knows (PNG, JPEG, GIF, BMP); the orientation tag is not looked at. */
    public static Image readPicture(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        if (picture == null) {
            throw new IOException(file + " is not a picture that can be read; use PNG or JPEG");
        }
        return of(picture);
    }

    /** As image.png (8-bit), or image.f32: width, height, channels as int32, then float32, little-endian. */
    void write(Path folder) throws IOException {
        if (floats == null) {
            writePng(folder.resolve("image.png"));
            return;
        }
        var buffer = ByteBuffer.allocate(12 + 4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(width).putInt(height).putInt(channels).asFloatBuffer().put(floats);
        Files.write(folder.resolve("image.f32"), buffer.array());
    }

    static Image read(Path folder) throws IOException {
        if (Files.exists(folder.resolve("image.png"))) {
            return readPicture(folder.resolve("image.png"));
        }
        var buffer =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("image.f32"))).order(ByteOrder.LITTLE_ENDIAN);
        int w = buffer.getInt();
        int h = buffer.getInt();
        int c = buffer.getInt();
        float[] samples = new float[buffer.remaining() / 4];
        buffer.asFloatBuffer().get(samples);
        return ofFloats(w, h, c, samples);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image that
                && width == that.width
                && height == that.height
                && channels == that.channels
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(floats, that.floats);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Arrays.hashCode(floats);
    }

    @Override
    public String toString() {
        return width + "×" + height + "×" + channels + (floats == null ? " 8-bit" : " float") + " image";
    }
}
