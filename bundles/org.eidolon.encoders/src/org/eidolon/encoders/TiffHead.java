// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;

/** What has to be known of a TIFF file before its decoder is let loose on it. */
final class TiffHead {
    private static final int DNG_VERSION = 0xc612;
    private static final int MOST_BITS = 16;
    private static final int MOST_CHANNELS = 8;

    private TiffHead() {}

    /**
     * Refuses raw files of cameras, of which a TIFF reader sees but a small preview, and sizes of tiles and samples that
     * no photo has.
     *
     * @throws PhotoException naming what is wrong
     */
    static void check(byte[] tiff, String name, int mostSide) {
        ExifIFD0Directory head;
        try {
            Metadata metadata = TiffMetadataReader.readMetadata(new ByteArrayInputStream(tiff));
            head = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        } catch (Exception e) {
            throw new PhotoException(name + " is a damaged TIFF file (" + e.getMessage() + "): save it again", e);
        }
        if (head == null) {
            return; // no directory: the decoder will say so
        }
        Integer subfile = head.getInteger(ExifDirectoryBase.TAG_NEW_SUBFILE_TYPE);
        if (head.containsTag(DNG_VERSION) || subfile != null && (subfile & 1) != 0) {
            throw PhotoKind.refused(
                    name, "a raw file of a camera", "develop it, for example by: darktable-cli " + name + " OUT.jpg");
        }
        int[] bits = head.getIntArray(ExifDirectoryBase.TAG_BITS_PER_SAMPLE);
        for (int b : bits == null ? new int[0] : bits) {
            if (b < 1 || b > MOST_BITS) {
                throw new PhotoException(name + " has " + b + " bits for each sample: save it with 8 or 16");
            }
        }
        atMost(head, ExifDirectoryBase.TAG_SAMPLES_PER_PIXEL, MOST_CHANNELS, name, "channels");
        atMost(head, ExifDirectoryBase.TAG_TILE_WIDTH, mostSide, name, "pixels along a tile");
        atMost(head, ExifDirectoryBase.TAG_TILE_LENGTH, mostSide, name, "pixels along a tile");
    }

    private static void atMost(ExifIFD0Directory head, int tag, int most, String name, String what) {
        Long value = head.getLongObject(tag);
        if (value != null && (value < 0 || value > most)) {
            throw new PhotoException(
                    name + " declares " + value + " " + what + ", the most is " + most + ": the file is damaged");
        }
    }
}
