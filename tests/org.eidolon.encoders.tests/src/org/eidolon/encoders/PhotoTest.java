// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoTest {
    /** A JPEG with an EXIF segment of one entry: the orientation. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = ByteBuffer.allocate(34)
                .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                .put("MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        exif = Arrays.copyOf(exif, 32);
        return ByteBuffer.allocate(jpeg.length + 4 + exif.length)
                .put(jpeg, 0, 2)
                .put((byte) 0xff)
                .put((byte) 0xe1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void theEightOrientationsAreTurnedUpright() {
        // How a camera stores an upright RG/BW picture so that the tag turns it upright again: by the Exif standard,
        // the tag names which sides of the scene the stored first row and first column are.
        String[] stored = {"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "GWRB", "WGBR", "BRWG"};
        for (int orientation = 1; orientation <= 8; orientation++) {
            boolean swap = orientation >= 5;
            Photo sensor = Pictures.arrange(stored[orientation - 1], swap ? 48 : 64, swap ? 64 : 48);
            Photo read = Photo.read(withOrientation(Pictures.file(sensor, "jpeg"), orientation), "turned.jpg");
            assertThat(Pictures.corners(read)).as("orientation %d", orientation).isEqualTo("RGBW");
            assertThat(read.width()).as("orientation %d", orientation).isEqualTo(64);
            assertThat(read.height()).isEqualTo(48);
        }
    }

    @Test
    void anOrientationThatIsNoneIsIgnored() {
        byte[] jpeg = Pictures.file(Pictures.quarters(32, 16), "jpeg");
        assertThat(Pictures.corners(Photo.read(withOrientation(jpeg, 0), "x"))).isEqualTo("RGBW");
        assertThat(Pictures.corners(Photo.read(withOrientation(jpeg, 77), "x"))).isEqualTo("RGBW");
    }

    @Test
    void readsPngExactly(@TempDir Path folder) throws IOException {
        Photo photo = Pictures.quarters(20, 10);
        Path file = Files.write(folder.resolve("a.png"), Pictures.file(photo, "png"));
        assertThat(Photo.read(file)).isEqualTo(photo);
    }

    @Test
    void greyKeepsItsValues() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            BufferedImage grey = new BufferedImage(16, 16, type);
            int value = type == BufferedImage.TYPE_BYTE_GRAY ? 90 : 90 * 257;
            for (int i = 0; i < 256; i++) {
                grey.getRaster().setSample(i % 16, i / 16, 0, value);
            }
            for (String format :
                    type == BufferedImage.TYPE_BYTE_GRAY ? new String[] {"png", "jpeg"} : new String[] {"png"}) {
                Photo read = Photo.read(encode(grey, format), "grey." + format);
                assertThat(read.at(5, 5, 0)).as(format).isBetween(89, 91);
                assertThat(read.at(5, 5, 2)).isEqualTo(read.at(5, 5, 0));
            }
        }
    }

    @Test
    void transparencyLiesOnMidGrey() throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xffff0000);
        image.setRGB(1, 0, 0x00ff0000);
        image.setRGB(2, 0, 0x80ff0000);
        Photo read = Photo.read(encode(image, "png"), "alpha.png");
        assertThat(new int[] {read.at(0, 0, 0), read.at(0, 0, 1)}).containsExactly(255, 0);
        assertThat(new int[] {read.at(1, 0, 0), read.at(1, 0, 1)}).containsExactly(128, 128);
        assertThat(read.at(2, 0, 0)).isBetween(190, 193);
        assertThat(read.at(2, 0, 1)).isBetween(62, 66);
    }

    @Test
    void paletteAndLinearColoursBecomeSrgb() throws IOException {
        BufferedImage palette = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D g = palette.createGraphics();
        g.setColor(new Color(255, 204, 0));
        g.fillRect(0, 0, 8, 8);
        g.dispose();
        Photo read = Photo.read(encode(palette, "png"), "palette.png");
        assertThat(new int[] {read.at(3, 3, 0), read.at(3, 3, 1), read.at(3, 3, 2)})
                .containsExactly(255, 204, 0);

        var model = new java.awt.image.ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB), false, false, 1, java.awt.image.DataBuffer.TYPE_BYTE);
        var raster = model.createCompatibleWritableRaster(4, 4);
        for (int i = 0; i < 48; i++) {
            raster.setSample(i / 3 % 4, i / 12, i % 3, 55); // linear 0.216 is sRGB 0.502
        }
        Photo linear = Photo.ofImage(new BufferedImage(model, raster, false, null));
        assertThat(linear.at(1, 1, 1)).isBetween(126, 130);
    }

    @Test
    void coloursOfAnEmbeddedProfileBecomeSrgb() throws IOException {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] rgb = new byte[16 * 16 * 3];
        Arrays.fill(rgb, (byte) 55); // linear 0.216 is sRGB 0.502
        Photo linear = Photo.ofBytes(rgb, 16, 16);

        byte[] png = Pictures.file(linear, "png");
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(new byte[] {'l', 0, 0});
        try (var deflater = new java.util.zip.DeflaterOutputStream(named)) {
            deflater.write(profile);
        }
        ByteArrayOutputStream withProfile = new ByteArrayOutputStream();
        withProfile.write(png, 0, 33); // signature and IHDR
        Pictures.chunk(withProfile, "iCCP", named.toByteArray());
        withProfile.write(png, 33, png.length - 33);
        assertThat(Photo.read(withProfile.toByteArray(), "linear.png").at(8, 8, 1))
                .isBetween(126, 130);

        ByteArrayOutputStream broken = new ByteArrayOutputStream();
        broken.write(png, 0, 33);
        Pictures.chunk(broken, "iCCP", new byte[] {'x', 0, 0, 1, 2, 3});
        broken.write(png, 33, png.length - 33);
        assertThat(Photo.read(broken.toByteArray(), "broken.png").at(8, 8, 1)).isEqualTo(55);

        byte[] jpeg = Pictures.file(linear, "jpeg");
        byte[] app2 = ByteBuffer.allocate(18 + profile.length)
                .put((byte) 0xff)
                .put((byte) 0xe2)
                .putShort((short) (16 + profile.length))
                .put("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1))
                .put(new byte[] {1, 1})
                .put(profile)
                .array();
        byte[] file = ByteBuffer.allocate(jpeg.length + app2.length)
                .put(jpeg, 0, 20) // start and JFIF
                .put(app2)
                .put(jpeg, 20, jpeg.length - 20)
                .array();
        assertThat(Photo.read(file, "linear.jpg").at(8, 8, 1)).isBetween(124, 132);
    }

    @Test
    void aJpegWithFourChannelsIsRead() throws IOException {
        // CMYK as Adobe programs write it, made by hand: the platform's writer takes a raster of four bands.
        var raster =
                java.awt.image.Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, new int[] {255, 20, 20, 255}); // inverted: no cyan, much magenta and yellow
            }
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new javax.imageio.IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = out.toByteArray();
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] file = ByteBuffer.allocate(jpeg.length + adobe.length)
                .put(jpeg, 0, 2)
                .put(adobe)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
        Photo read = Photo.read(file, "cmyk.jpg");
        assertThat(read.at(8, 8, 0)).isGreaterThan(180);
        assertThat(read.at(8, 8, 1)).isLessThan(90);
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }
}
