// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** PNG files without what is not picture: texts, times, EXIF and what other programs put there. */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final Set<String> KEPT =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "pHYs", "sBIT", "bKGD");
    private static final int AROUND = 12; // length, name, checksum

    private PngFile() {}

    /** The same picture, pixel by pixel. */
    static byte[] stripped(byte[] png) throws IOException {
        if (!Arrays.equals(png, 0, Math.min(png.length, SIGNATURE.length), SIGNATURE, 0, SIGNATURE.length)) {
            throw new IOException("this is no PNG file");
        }
        var out = new ByteArrayOutputStream(png.length);
        out.write(SIGNATURE);
        ByteBuffer in = ByteBuffer.wrap(png);
        String name = "";
        for (int at = SIGNATURE.length; !name.equals("IEND"); ) {
            long length = png.length - at < AROUND ? -1 : Integer.toUnsignedLong(in.getInt(at));
            if (length < 0 || at + AROUND + length > png.length) {
                throw new IOException("the PNG file ends too early");
            }
            name = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (KEPT.contains(name)) {
                out.write(png, at, (int) length + AROUND);
            }
            at += (int) length + AROUND;
        }
        return out.toByteArray();
    }
}
