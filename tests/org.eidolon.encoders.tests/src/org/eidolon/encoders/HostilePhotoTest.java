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
        assertThatThrownBy(() -> Photo.read("RIFF1234WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1), "a.jpg"))
                .hasMessageContainingAll("a.jpg", "WebP", "PNG or JPEG");
        assertThatThrownBy(() -> Photo.read("\0\0\0\30ftypheic".getBytes(StandardCharsets.ISO_8859_1), "b"))
                .hasMessageContaining("HEIC");
        assertThatThrownBy(() -> Photo.read("hello".getBytes(StandardCharsets.ISO_8859_1), "c"))
                .hasMessageContaining("not an image");
        assertThatThrownBy(() -> Photo.read(new byte[0], "d")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Photo.read(folder)).hasMessageContaining("not a file");
        assertThatThrownBy(() -> Photo.read(folder.resolve("none.png")))
                .hasMessageContainingAll("none.png", "not a file");
    }

    @Test
    void largePhotosAreDecodedWithPixelsLeftOut() {
        var limits = new PhotoReader.Limits(1 << 20, 30_000, 1_000_000, 10_000);
        Photo read = PhotoReader.read(Pictures.hopperFile(), "hopper", limits);
        assertThat((long) read.width() * read.height()).isBetween(2_500L, 10_000L);
        assertThat((double) read.width() / read.height()).isBetween(0.8, 0.9);
    }
}
