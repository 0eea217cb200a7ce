// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.nio.file.Path;
import java.util.List;

/**
 * A photo as a file held it.
 *
 * @param photo upright and in sRGB
 * @param width of the picture in the file, in pixels, before it was turned or reduced
 * @param height of the picture in the file, in pixels
 * @param warnings what the user should know of it: colours that were not understood, pages that were left out
 */
public record PhotoFile(Photo photo, int width, int height, List<String> warnings) {
    public PhotoFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a JPEG, PNG, WebP or TIFF file: turned upright by its EXIF orientation, converted to sRGB. The size is
     * checked in the file's head before a pixel is decoded.
     *
     * @throws PhotoException when the file is missing, no regular file, no such image, damaged or too large
     */
    public static PhotoFile read(Path file) {
        return PhotoReader.read(file, PhotoReader.Limits.DEFAULT);
    }

    /** As {@link #read(Path)}, from memory; {@code name} is used in messages. */
    public static PhotoFile read(byte[] file, String name) {
        return PhotoReader.read(file, name, PhotoReader.Limits.DEFAULT);
    }
}
