// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Which way up a photo was taken (Exif 2.32, tag 0x0112), wherever its kind of file says so. */
final class Orientation {
    private Orientation() {}

    /** 1 to 8; 1 where there is none or it cannot be read: a photo without it is still a photo. */
    static int of(byte[] file, PhotoKind kind) {
        try {
            Metadata metadata =
                    switch (kind) {
                        case JPEG -> JpegMetadataReader.readMetadata(new ByteArrayInputStream(file));
                        case WEBP -> WebpMetadataReader.readMetadata(new ByteArrayInputStream(file));
                        case TIFF -> TiffMetadataReader.readMetadata(new ByteArrayInputStream(file));
                        case PNG -> png(file);
                    };
            ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return value == null || value < 1 || value > 8 ? 1 : value;
        } catch (Exception e) {
            return 1;
        }
    }

    private static Metadata png(byte[] file) {
        Metadata metadata = new Metadata();
        Optional<ByteBuffer> exif = PngChunks.of(file).get("eXIf", 8);
        exif.ifPresent(chunk -> new ExifReader().extract(new ByteArrayReader(chunk.array()), metadata));
        return metadata;
    }
}
