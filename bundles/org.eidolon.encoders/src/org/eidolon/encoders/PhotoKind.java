// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.nio.charset.StandardCharsets;

/** Kinds of photo files that are read, told by their first bytes, never by their names. */
enum PhotoKind {
    JPEG("JPEG"),
    PNG("PNG"),
    WEBP("WebP"),
    TIFF("TIFF");

    /** What a user is asked for. */
    static final String WANTED = "JPEG, PNG, WebP or TIFF";

    private final String label;

    PhotoKind(String label) {
        this.label = label;
    }

    /** As people write it. */
    String label() {
        return label;
    }

    /**
     * The kind of a file.
     *
     * @param name of the file, for messages
     * @throws PhotoException for every other kind: says what it is and which program converts it
     */
    static PhotoKind of(byte[] data, String name) {
        String head = new String(data, 0, Math.min(64, data.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (raw(head)) {
            throw refused(
                    name, "a raw file of a camera", "develop it, for example by: darktable-cli " + name + " OUT.jpg");
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return TIFF;
        }
        throw other(head, name);
    }

    /** Raw files that are told by their heads; those that pass for TIFF are told by {@link TiffHead}. */
    private static boolean raw(String head) {
        return head.startsWith("FUJIFILMCCD-RAW")
                || head.startsWith("ftypcrx", 4)
                || head.startsWith("IIU\0")
                || head.startsWith("IIRO")
                || head.startsWith("IIRS")
                || head.startsWith("MMOR")
                || head.startsWith("II*\0") && head.startsWith("CR", 8);
    }

    private static PhotoException other(String head, String name) {
        if (head.isEmpty()) {
            return new PhotoException(name + " is empty: give a photo as " + WANTED);
        }
        if (head.startsWith("ftyp", 4)) {
            String brands = head.substring(8);
            if (brands.contains("avif") || brands.contains("avis")) {
                return refused(name, "an AVIF image", "convert it, for example by: avifdec " + name + " OUT.png");
            }
            if (brands.contains("heic")
                    || brands.contains("heix")
                    || brands.contains("mif1")
                    || brands.contains("hevc")) {
                return refused(name, "a HEIC image", "convert it, for example by: heif-convert " + name + " OUT.jpg");
            }
            return refused(
                    name,
                    "a video",
                    "save one picture of it, for example by: ffmpeg -i " + name + " -frames:v 1 OUT.png");
        }
        if (head.startsWith("\u00ff\n") || head.startsWith("JXL ", 4)) {
            return refused(name, "a JPEG XL image", "convert it, for example by: djxl " + name + " OUT.png");
        }
        if (head.startsWith("jP  ", 4) || head.startsWith("\u00ffO\u00ffQ")) {
            return refused(
                    name, "a JPEG 2000 image", "convert it, for example by: opj_decompress -i " + name + " -o OUT.png");
        }
        String magick = "convert it, for example by: magick " + name + " OUT.png";
        if (head.startsWith("II+\0") || head.startsWith("MM\0+")) {
            return refused(name, "a BigTIFF image", magick);
        }
        if (head.startsWith("GIF8")) {
            return refused(name, "a GIF image", magick);
        }
        if (head.startsWith("BM")) {
            return refused(name, "a BMP image", magick);
        }
        if (head.startsWith("8BPS")) {
            return refused(name, "a Photoshop document", magick);
        }
        if (head.startsWith("%PDF")) {
            return refused(name, "a PDF document", magick);
        }
        return new PhotoException(name + " is not an image that is known: give a photo as " + WANTED);
    }

    static PhotoException refused(String name, String what, String advice) {
        return new PhotoException(
                name + " is " + what + ", which is not read: " + advice + "; or give a photo as " + WANTED);
    }
}
