// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The orientation that files other than JPEG tell. */
class PhotoOrientationTest {
    /** An eXIf chunk of one entry, in either order of bytes. */
    private static byte[] exif(int orientation, boolean little) {
        var order = little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN;
        return ByteBuffer.allocate(26)
                .put((little ? "II" : "MM").getBytes(StandardCharsets.ISO_8859_1))
                .order(order)
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static byte[] png(Photo photo, byte[] exif, boolean behind) throws IOException {
        byte[] plain = Pictures.file(photo, "png");
        int at = behind ? plain.length - 12 : 33; // before IEND, or after IHDR
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, at);
        Pictures.chunk(out, "eXIf", exif);
        out.write(plain, at, plain.length - at);
        return out.toByteArray();
    }

    @Test
    void theEightOrientationsOfPngAreTurnedUpright() throws IOException {
        String[] stored = {"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "GWRB", "WGBR", "BRWG"};
        for (int orientation = 1; orientation <= 8; orientation++) {
            boolean swap = orientation >= 5;
            Photo sensor = Pictures.arrange(stored[orientation - 1], swap ? 48 : 64, swap ? 64 : 48);
            for (boolean behind : new boolean[] {false, true}) {
                byte[] file = png(sensor, exif(orientation, behind), behind);
                Photo read = Photo.read(file, "turned.png");
                assertThat(Pictures.corners(read))
                        .as("orientation %d, behind the pixels: %s", orientation, behind)
                        .isEqualTo("RGBW");
                assertThat(read.width()).isEqualTo(64);
            }
        }
    }

    @Test
    void aDamagedOrientationIsIgnored() throws IOException {
        Photo photo = Pictures.arrange("RGBW", 64, 48);
        for (int orientation : new int[] {0, 9, 77}) {
            assertThat(Photo.read(png(photo, exif(orientation, false), false), "x"))
                    .isEqualTo(photo);
        }
        assertThat(Photo.read(png(photo, new byte[] {'M', 'M', 0, 42, 127, 0, 0, 0}, false), "x"))
                .isEqualTo(photo);
        assertThat(Photo.read(png(photo, new byte[3], true), "x")).isEqualTo(photo);
    }

    @Test
    void webpAndTiffAreReadAndTurned() throws IOException {
        for (String name : new String[] {"quarters-6.webp", "quarters-6-lossy.webp", "quarters-6.tif"}) {
            PhotoFile read = PhotoFile.read(Pictures.resource(name), name);
            assertThat(Pictures.corners(read.photo())).as(name).isEqualTo("RGBW");
            assertThat(read.photo().width()).as(name).isEqualTo(64);
            assertThat(read.width()).as("as it lies in %s", name).isEqualTo(48);
            assertThat(read.warnings()).as(name).isEmpty();
        }
        PhotoFile pages = PhotoFile.read(Pictures.resource("pages.tif"), "pages.tif");
        assertThat(Pictures.corners(pages.photo())).isEqualTo("RGBW");
        assertThat(pages.warnings()).singleElement().asString().contains("pages.tif", "2 pictures", "first");
    }
}
