// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostilePhotoTest {
    @Test
    void aHugeHeaderIsRefusedBeforeDecoding() throws IOException {
        byte[] bomb = png(29_000, 29_000);
        assertThatThrownBy(() -> Photo.read(bomb, "bomb.png"))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("bomb.png", "29000×29000", "megapixels");
        byte[] wide = png(2_000_000_000, 1);
        assertThatThrownBy(() -> Photo.read(wide, "wide.png")).isInstanceOf(PhotoException.class);
    }

    /** A PNG that declares a size and holds next to no data. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        byte[] head = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        Pictures.chunk(out, "IHDR", head);
        Pictures.chunk(out, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
        Pictures.chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    @Test
    void damagedFilesAreRefusedWithTheirName() {
        byte[] png = Pictures.file(Pictures.hopper().crop(0, 0, 200, 200), "png");
        byte[] cut = Arrays.copyOf(png, png.length / 2);
        assertThatThrownBy(() -> Photo.read(cut, "cut.png"))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("cut.png", "damaged");
        for (int length : new int[] {3, 20, 200, 620, 30_000}) {
            byte[] jpeg = Arrays.copyOf(Pictures.hopperFile(), length);
            assertThatThrownBy(() -> Photo.read(jpeg, "cut.jpg"))
                    .as("%d bytes", length)
                    .isInstanceOf(PhotoException.class)
                    .hasMessageContaining("cut.jpg");
        }
    }

    @Test
    void flippedBytesNeverEndInAnythingButAPhotoOrAPhotoException() {
        byte[] jpeg = Pictures.file(Pictures.scaled(Pictures.hopper(), 0.1), "jpeg");
        java.util.Random random = new java.util.Random(5);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = jpeg.clone();
            for (int k = 0; k < 4; k++) {
                damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Photo.read(damaged, "damaged.jpg").width()).isPositive();
            } catch (PhotoException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 199);
    }

    @Test
    void otherFilesAreNamedForWhatTheyAre(@TempDir Path folder) throws IOException {
        String[][] kinds = {
            {"\0\0\0\30ftypheic\0\0\0\0mif1heic", "HEIC", "heif-convert"},
            {"\0\0\0\34ftypavif\0\0\0\0mif1avif", "AVIF", "avifdec"},
            {"\0\0\0\30ftypcrx \0\0\0\1crx isom", "raw", "darktable-cli"},
            {"\0\0\0\30ftypisom\0\0\2\0isomiso2", "video", "ffmpeg"},
            {"FUJIFILMCCD-RAW 0201", "raw", "darktable-cli"},
            {"II*\0\20\0\0\0CR\2\0", "raw", "darktable-cli"},
            {"\u00ff\n\u00fa\u007f", "JPEG XL", "djxl"},
            {"\0\0\0\14JXL \r\n\u0087\n", "JPEG XL", "djxl"},
            {"\0\0\0\14jP  \r\n", "JPEG 2000", "opj_decompress"},
            {"II+\0\10\0\0\0", "BigTIFF", "magick"},
            {"GIF89a", "GIF", "magick"},
            {"BM1234", "BMP", "magick"},
            {"8BPS\0\1", "Photoshop", "magick"},
            {"%PDF-1.4", "PDF", "magick"},
        };
        for (String[] kind : kinds) {
            assertThatThrownBy(() -> Photo.read(kind[0].getBytes(StandardCharsets.ISO_8859_1), "a.jpg"))
                    .isInstanceOf(PhotoException.class)
                    .hasMessageContainingAll("a.jpg", kind[1], kind[2] + " ", "JPEG, PNG, WebP or TIFF");
        }
        assertThatThrownBy(() -> Photo.read("RIFF1234WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1), "a.webp"))
                .hasMessageContainingAll("a.webp", "damaged", "WebP");
        assertThatThrownBy(() -> Photo.read("hello".getBytes(StandardCharsets.ISO_8859_1), "c"))
                .hasMessageContaining("not an image");
        assertThatThrownBy(() -> Photo.read(new byte[0], "d")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Photo.read(folder)).hasMessageContaining("not a file");
        assertThatThrownBy(() -> Photo.read(folder.resolve("none.png")))
                .hasMessageContainingAll("none.png", "not a file");
    }

    @Test
    void aJpegOfTwelveBitsIsNoDamagedOne() {
        byte[] jpeg = Pictures.file(Pictures.scaled(Pictures.hopper(), 0.1), "jpeg");
        for (int i = 0; i < jpeg.length; i++) {
            if ((jpeg[i] & 255) == 0xff && (jpeg[i + 1] & 255) == 0xc0) {
                jpeg[i + 4] = 12;
                break;
            }
        }
        assertThatThrownBy(() -> Photo.read(jpeg, "deep.jpg"))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("deep.jpg", "12 bits", "djpeg")
                .hasMessageNotContaining("damaged");
    }

    @Test
    void rawFilesThatPassForTiffAreRefused() {
        byte[] tiff = Pictures.resource("quarters-6.tif");
        byte[] preview = tiff.clone();
        // The tag of bits per sample becomes NewSubfileType 1 (0xfe, long, 1, 1): a preview of something larger.
        entry(preview, 0x0102, 0x00fe, 4, 1);
        assertThatThrownBy(() -> Photo.read(preview, "a.nef")).hasMessageContainingAll("a.nef", "raw", "darktable-cli");
        byte[] deep = tiff.clone();
        entry(deep, 0x0115, 0x0115, 3, 4000); // samples per pixel
        assertThatThrownBy(() -> Photo.read(deep, "deep.tif")).hasMessageContainingAll("deep.tif", "4000 channels");
    }

    /** Changes an entry of a little-endian TIFF's first directory. */
    private static void entry(byte[] tiff, int tag, int newTag, int type, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(tiff).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getInt(4);
        int count = bytes.getShort(at);
        for (int i = 0; i < count; i++) {
            int entry = at + 2 + 12 * i;
            if ((bytes.getShort(entry) & 0xffff) == tag) {
                bytes.putShort(entry, (short) newTag).putShort(entry + 2, (short) type);
                bytes.putInt(entry + 4, 1).putInt(entry + 8, value);
                return;
            }
        }
        throw new AssertionError("no tag " + tag);
    }

    @Test
    void damagedWebpAndTiffEndInAPhotoOrAPhotoException() {
        java.util.Random random = new java.util.Random(6);
        int refused = 0;
        for (String name : new String[] {"quarters-6.webp", "quarters-6-lossy.webp", "quarters-6.tif", "pages.tif"}) {
            byte[] whole = Pictures.resource(name);
            for (int i = 0; i < 150; i++) {
                byte[] damaged = i % 5 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int k = 0; k < 3 && damaged.length > 12; k++) {
                    damaged[12 + random.nextInt(damaged.length - 12)] = (byte) random.nextInt(256);
                }
                try {
                    assertThat(Photo.read(damaged, name).width()).isPositive();
                } catch (PhotoException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(50, 599);
    }

    @Test
    void photosBeyondWhatIsKeptAreReducedByMeans() {
        var limits = new PhotoReader.Limits(1 << 20, 30_000, 1_000_000, 10_000);
        PhotoFile file = PhotoReader.read(Pictures.hopperFile(), "hopper", limits);
        Photo whole = Pictures.hopper();
        int n = whole.width() / file.photo().width();
        assertThat((long) file.photo().width() * file.photo().height()).isBetween(2_500L, 10_000L);
        assertThat(file.photo()).isEqualTo(FaceAlignment.reduced(whole, n));
        assertThat(file.width()).isEqualTo(whole.width());
        assertThat(file.warnings())
                .singleElement()
                .asString()
                .contains(
                        "hopper",
                        whole.width() + "×" + whole.height(),
                        "read as " + file.photo().width() + "×");
    }
}
