// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.ImageInputStream;

/** Decodes photos. Sizes are checked in the header, before any pixel is decoded. */
final class PhotoReader {
    /**
     * @param fileBytes largest file
     * @param side most pixels along one side
     * @param pixels most pixels the header may declare
     * @param decodedPixels above this a photo is decoded with pixels left out, so that memory stays bounded
     */
    record Limits(long fileBytes, int side, long pixels, long decodedPixels) {
        static final Limits DEFAULT = new Limits(64L << 20, 30_000, 220_000_000L, 26_000_000L);
    }

    private static final int BACKGROUND = 128;

    private PhotoReader() {}

    static Photo read(Path file, Limits limits) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new PhotoException(file + " is not a file: give the path of a PNG or JPEG photo");
            }
            long size = Files.size(file);
            if (size > limits.fileBytes()) {
                throw tooLarge(file.toString(), size, limits);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] data = in.readNBytes((int) limits.fileBytes() + 1); // it may grow while it is read
                return read(data, file.toString(), limits);
            }
        } catch (IOException e) {
            throw new PhotoException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Photo read(byte[] data, String name, Limits limits) {
        if (data.length > limits.fileBytes()) {
            throw tooLarge(name, data.length, limits);
        }
        boolean jpeg = startsWith(data, 0, 0xff, 0xd8, 0xff);
        if (!jpeg && !startsWith(data, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            throw new PhotoException(name + " is " + kind(data) + ": give a PNG or JPEG file");
        }
        Photo photo = decode(data, name, jpeg ? "jpeg" : "png", limits);
        return jpeg ? photo.turned(orientation(data)) : PngProfile.toSrgb(data, photo);
    }

    private static PhotoException tooLarge(String name, long size, Limits limits) {
        return new PhotoException(name + " has " + (size >> 20) + " MiB, the most is " + (limits.fileBytes() >> 20)
                + " MiB: give a smaller copy");
    }

    private static Photo decode(byte[] data, String name, String format, Limits limits) {
        ImageReader reader = reader(format);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(data))) {
            reader.setInput(in, true, false);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                throw new PhotoException(name + " declares " + width + "×" + height + " pixels: the file is damaged");
            }
            if (width > limits.side() || height > limits.side() || (long) width * height > limits.pixels()) {
                throw new PhotoException(name + " declares " + width + "×" + height + " pixels, the most is "
                        + limits.pixels() / 1_000_000 + " megapixels and " + limits.side()
                        + " along one side: give a smaller copy");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = 1;
            while ((long) (width / step) * (height / step) > limits.decodedPixels()) {
                step++;
            }
            param.setSourceSubsampling(step, step, 0, 0);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((decoder, warning) -> warnings.add(warning));
            BufferedImage image = reader.read(0, param);
            // A JPEG that was cut off decodes, its rest grey. One that only lacks its end marker is whole.
            if (warnings.stream().anyMatch(w -> w.contains("Truncated"))
                    && warnings.stream().anyMatch(w -> w.contains("premature end"))) {
                throw new IOException("the file ends in the middle of the picture");
            }
            return convert(image);
        } catch (PhotoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged files with whatever runtime exception the damage led to.
            throw new PhotoException(
                    name + " is a damaged or incomplete " + format.toUpperCase(Locale.ROOT) + " file (" + e.getMessage()
                            + "): save it again or give another",
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String format) {
        if (format.equals("jpeg")) {
            // Services are not found across bundles, so the reader is registered by hand; it must be in the registry,
            // where it looks for the platform's decoder that it builds on.
            JPEGImageReaderSpi spi =
                    IIORegistry.getDefaultInstance().getServiceProviderByClass(JPEGImageReaderSpi.class);
            if (spi == null) {
                synchronized (PhotoReader.class) {
                    spi = new JPEGImageReaderSpi();
                    IIORegistry.getDefaultInstance().registerServiceProvider(spi);
                }
            }
            try {
                return spi.createReaderInstance();
            } catch (IOException e) {
                throw new PhotoException("the JPEG decoder cannot start: " + e.getMessage(), e);
            }
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new PhotoException("this Java has no " + format + " decoder: use a full Java runtime");
        }
        return readers.next();
    }

    static Photo convert(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[width * height * 3];
        Raster raster = image.getRaster();
        ColorSpace space = image.getColorModel().getColorSpace();
        boolean palette = image.getColorModel() instanceof java.awt.image.IndexColorModel;
        if (!palette && space.getType() == ColorSpace.TYPE_GRAY) {
            grey(raster, image.getColorModel().getComponentSize(0), rgb);
            return new Photo(width, height, rgb);
        }
        BufferedImage source = image;
        if (!palette && !space.isCS_sRGB() && image.getColorModel().getTransparency() == Transparency.OPAQUE) {
            source = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            new ColorConvertOp(null).filter(image, source);
        }
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            source.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    int value = row[x] >> (16 - 8 * c) & 0xff;
                    rgb[(y * width + x) * 3 + c] = (byte) over(value, alpha);
                }
            }
        }
        return new Photo(width, height, rgb);
    }

    /** Grey samples as they are: Java's own conversion takes grey for linear light and brightens it. */
    private static void grey(Raster raster, int bits, byte[] rgb) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        double scale = 255.0 / ((1L << bits) - 1);
        if (raster.getDataBuffer().getDataType() == DataBuffer.TYPE_FLOAT) {
            throw new PhotoException("floating-point pixels are not a photo: save it with 8 bits per channel");
        }
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int value = (int) Math.round(row[x * bands] * scale);
                int alpha = bands > 1 ? (int) Math.round(row[x * bands + 1] * scale) : 255;
                byte v = (byte) over(value, alpha);
                int at = (y * width + x) * 3;
                rgb[at] = v;
                rgb[at + 1] = v;
                rgb[at + 2] = v;
            }
        }
    }

    private static int over(int value, int alpha) {
        return alpha == 255 ? value : (value * alpha + BACKGROUND * (255 - alpha) + 127) / 255;
    }

    /** EXIF orientation 1 to 8; 1 where there is none or it cannot be read: a photo without it is still a photo. */
    private static int orientation(byte[] jpeg) {
        try {
            Metadata metadata = JpegMetadataReader.readMetadata(new ByteArrayInputStream(jpeg));
            ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return value == null ? 1 : value;
        } catch (Exception e) {
            return 1;
        }
    }

    private static boolean startsWith(byte[] data, int at, int... bytes) {
        if (data.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((data[at + i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String kind(byte[] data) {
        if (data.length == 0) {
            return "empty";
        }
        String head = new String(data, 0, Math.min(16, data.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.indexOf("WEBP") == 8) {
            return "a WebP image";
        }
        if (head.indexOf("ftyp") == 4) {
            return head.contains("avif") ? "an AVIF image" : "a HEIC image or a video";
        }
        if (head.startsWith("GIF8")) {
            return "a GIF image";
        }
        if (head.startsWith("II*") || head.startsWith("MM\0*")) {
            return "a TIFF or raw image";
        }
        return "not an image that is known";
    }
}
