// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes photos. Sizes are checked in the header, before any pixel is decoded. */
final class PhotoReader {
    /**
     * @param fileBytes largest file
     * @param side most pixels along one side
     * @param pixels most pixels the header may declare
     * @param keptPixels above this a photo is reduced, by means of neighbouring pixels, so that memory stays bounded
     */
    record Limits(long fileBytes, int side, long pixels, long keptPixels) {
        static final Limits DEFAULT = new Limits(256L << 20, 30_000, 220_000_000L, 120_000_000L);
    }

    private PhotoReader() {}

    static PhotoFile read(Path file, Limits limits) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new PhotoException(file + " is not a file: give the path of a photo as " + PhotoKind.WANTED);
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

    static PhotoFile read(byte[] data, String name, Limits limits) {
        if (data.length > limits.fileBytes()) {
            throw tooLarge(name, data.length, limits);
        }
        PhotoKind kind = PhotoKind.of(data, name);
        if (kind == PhotoKind.JPEG) {
            checkBits(data, name);
        } else if (kind == PhotoKind.TIFF) {
            TiffHead.check(data, name, limits.side());
        }
        return decode(data, name, kind, limits);
    }

    private static PhotoException tooLarge(String name, long size, Limits limits) {
        return new PhotoException(name + " has " + (size >> 20) + " MiB, the most is " + (limits.fileBytes() >> 20)
                + " MiB: give a smaller copy");
    }

    private static PhotoFile decode(byte[] data, String name, PhotoKind kind, Limits limits) {
        ImageReader reader = PhotoDecoders.open(kind);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(data))) {
            boolean several = kind == PhotoKind.TIFF || kind == PhotoKind.WEBP;
            reader.setInput(in, !several, false);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            check(width, height, name, limits);
            List<String> warnings = new ArrayList<>();
            int pages = several ? reader.getNumImages(true) : 1;
            if (pages > 1) {
                warnings.add(name + " holds " + pages + " pictures: the first one is read");
            }
            List<String> told = new ArrayList<>();
            reader.addIIOReadWarningListener((decoder, warning) -> told.add(warning));
            BufferedImage image = reader.read(0);
            // A JPEG that was cut off decodes, its rest grey. One that only lacks its end marker is whole.
            if (told.stream().anyMatch(w -> w.contains("Truncated"))
                    && told.stream().anyMatch(w -> w.contains("premature end"))) {
                throw new IOException("the file ends in the middle of the picture");
            }
            told.stream()
                    .filter(w -> w.toLowerCase(java.util.Locale.ROOT).contains("profile"))
                    .findFirst()
                    .ifPresent(w -> warnings.add(brokenProfile(name, new IOException(w))));
            int reduce = reduction(width, height, limits);
            if (reduce > 1) {
                warnings.add(name + " has " + width + "×" + height + " pixels, more than are kept: it is read as "
                        + width / reduce + "×" + height / reduce + "; give the part with the face for all its detail");
            }
            Photo photo = pixels(image, data, name, kind, reduce, warnings);
            return new PhotoFile(photo.turned(Orientation.of(data, kind)), width, height, warnings);
        } catch (PhotoException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new PhotoException(
                    name + " needs more memory than Java has ("
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB): give a smaller copy, or more memory with EIDOLON_JAVA_OPTS=-Xmx4g, say",
                    e);
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged files with whatever runtime exception the damage led to.
            throw new PhotoException(
                    name + " is a damaged or incomplete " + kind.label() + " file (" + e.getMessage()
                            + "): save it again or give another",
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static void check(int width, int height, String name, Limits limits) {
        if (width < 1 || height < 1) {
            throw new PhotoException(name + " declares " + width + "×" + height + " pixels: the file is damaged");
        }
        if (width > limits.side() || height > limits.side() || (long) width * height > limits.pixels()) {
            throw new PhotoException(
                    name + " declares " + width + "×" + height + " pixels, the most is " + limits.pixels() / 1_000_000
                            + " megapixels and " + limits.side() + " along one side: give a smaller copy");
        }
    }

    private static int reduction(int width, int height, Limits limits) {
        int reduce = 1;
        while ((long) (width / reduce) * (height / reduce) > limits.keptPixels()) {
            reduce++;
        }
        return reduce;
    }

    private static Photo pixels(
            BufferedImage image, byte[] data, String name, PhotoKind kind, int reduce, List<String> warnings) {
        if (kind != PhotoKind.PNG) {
            return PhotoPixels.of(image, reduce);
        }
        boolean grey = !(image.getColorModel() instanceof IndexColorModel)
                && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        Colour colour = PngColour.of(PngChunks.of(data), grey, name, warnings::add);
        return PhotoPixels.of(image, colour, reduce);
    }

    static String brokenProfile(String name, Exception e) {
        return name + " has a colour profile that cannot be used (" + e.getMessage()
                + "): its colours may come out a little different; to be sure save it as sRGB";
    }

    /** JPEGs of 12 bits are sound, but neither Java's decoder nor most others read them. */
    private static void checkBits(byte[] jpeg, String name) {
        int at = 2;
        while (at + 5 < jpeg.length && (jpeg[at] & 255) == 0xff) {
            int marker = jpeg[at + 1] & 255;
            boolean frame = marker >= 0xc0 && marker <= 0xc2;
            if (frame && jpeg[at + 4] == 12) {
                throw PhotoKind.refused(
                        name,
                        "a JPEG file of 12 bits for each sample",
                        "save it with 8, for example by: djpeg -outfile OUT.ppm " + name
                                + " (libjpeg-turbo from 3.0 on)," + " then: magick OUT.ppm OUT.png");
            }
            if (frame || marker == 0xda) {
                return;
            }
            if (marker == 0xff) {
                at++; // fill bytes
                continue;
            }
            at += 2 + ((jpeg[at + 2] & 255) << 8 | jpeg[at + 3] & 255);
        }
    }
}
