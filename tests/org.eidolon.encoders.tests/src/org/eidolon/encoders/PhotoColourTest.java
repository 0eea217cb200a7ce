// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** One picture in many encodings: what is read is always the same. */
class PhotoColourTest {
    /** Linear sRGB to linear Display P3, as published with CSS Color 4. */
    private static final double[][] TO_P3 = {
        {0.8224619687143623, 0.17753803128563775, 0},
        {0.0331941988509616, 0.9668058011490384, 0},
        {0.0170826307211200, 0.0723974066396346, 0.9105199626392454}
    };

    private static final byte[] P3 = chunk(0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06);
    private static final byte[] USUAL = number(0.45455);

    private final Photo picture = Pictures.collins().crop(150, 40, 128, 128);

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double v) {
        return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    }

    private static byte[] number(double v) {
        return ByteBuffer.allocate(4).putInt((int) Math.round(v * 100_000)).array();
    }

    private static byte[] chunk(double... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (double v : values) {
            out.put(number(v));
        }
        return out.array();
    }

    /** A PNG of 16 bits a channel, of the picture's linear light; one band makes it grey. */
    private byte[] png(double[][] matrix, DoubleUnaryOperator curve, int bands) throws IOException {
        var space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        var model = new ComponentColorModel(space, false, false, 1, DataBuffer.TYPE_USHORT);
        var raster = model.createCompatibleWritableRaster(picture.width(), picture.height());
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < bands; c++) {
                    double light = 0;
                    for (int k = 0; k < 3; k++) {
                        light += matrix[c][k] * linear(picture.at(x, y, k) / 255.0);
                    }
                    double sample = curve.applyAsDouble(Math.clamp(light, 0, 1));
                    raster.setSample(x, y, c, (int) Math.round(sample * 65_535));
                }
            }
        }
        return bytes(new BufferedImage(model, raster, false, null), "png");
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static final double[][] SAME = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    private static final double[][] GREEN = {{0, 1, 0}};

    /** Puts chunks (name, bytes, …) before the pixels. */
    private static byte[] with(byte[] png, Object... chunks) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(png, 0, 33); // signature and IHDR
        for (int i = 0; i < chunks.length; i += 2) {
            Pictures.chunk(out, (String) chunks[i], (byte[]) chunks[i + 1]);
        }
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    private static byte[] iccp(byte[] profile) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {'p', 0, 0});
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(profile);
        }
        return out.toByteArray();
    }

    /** A grey profile of one gamma (ICC.1:2010, version 2), put together by hand. */
    private static byte[] greyProfile(double gamma) {
        byte[] text = "desc\0\0\0\0\0\0\0\5grey\0".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(128 + 4 + 4 * 12 + 120 + 20 + 16 + 16);
        out.putInt(0, out.capacity()).putInt(8, 0x02100000);
        put(out, 12, "mntrGRAYXYZ ");
        put(out, 36, "acsp");
        out.putInt(68, 0xf6d6).putInt(72, 0x10000).putInt(76, 0xd32d);
        out.putInt(128, 4);
        int at = 128 + 4 + 4 * 12;
        tag(out, 0, "desc", at, 120);
        out.put(at, text);
        tag(out, 1, "wtpt", at + 120, 20);
        put(out, at + 120, "XYZ ");
        out.putInt(at + 128, 0xf6d6).putInt(at + 132, 0x10000).putInt(at + 136, 0xd32d);
        tag(out, 2, "kTRC", at + 140, 14);
        put(out, at + 140, "curv");
        out.putInt(at + 148, 1).putShort(at + 152, (short) Math.round(gamma * 256));
        tag(out, 3, "cprt", at + 156, 12);
        put(out, at + 156, "text\0\0\0\0CC0\0");
        return out.array();
    }

    private static void tag(ByteBuffer out, int index, String name, int at, int length) {
        put(out, 132 + 12 * index, name);
        out.putInt(136 + 12 * index, at).putInt(140 + 12 * index, length);
    }

    private static void put(ByteBuffer out, int at, String text) {
        out.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void assertSame(byte[] file, int levels, boolean grey) {
        PhotoFile read = PhotoFile.read(file, "a.png");
        assertThat(read.warnings()).isEmpty();
        int worst = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    int wanted = picture.at(x, y, grey ? 1 : c);
                    worst = Math.max(worst, Math.abs(read.photo().at(x, y, c) - wanted));
                }
            }
        }
        assertThat(worst).isLessThanOrEqualTo(levels);
    }

    @Test
    void gammaAndPrimariesOfPngCount() throws IOException {
        byte[] light = png(SAME, v -> v, 3);
        assertSame(with(light, "gAMA", number(1)), 0, false);
        assertSame(with(png(GREEN, v -> v, 1), "gAMA", number(1)), 0, true);
        assertSame(with(png(SAME, v -> Math.pow(v, 1 / 1.8), 3), "gAMA", number(1 / 1.8)), 1, false);
        byte[] p3 = png(TO_P3, PhotoColourTest::encoded, 3);
        assertSame(with(p3, "gAMA", USUAL, "cHRM", P3), 1, false);
        assertSame(with(p3, "cHRM", P3), 1, false);
        byte[] linearP3 = png(TO_P3, v -> v, 3);
        assertSame(with(linearP3, "gAMA", number(1), "cHRM", P3), 1, false);
    }

    @Test
    void whatProgramsWriteForSrgbChangesNothing() throws IOException {
        byte[] plain = Pictures.file(picture, "png");
        byte[] srgb = chunk(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
        assertSame(with(plain, "gAMA", USUAL, "cHRM", srgb), 0, false);
        assertSame(with(plain, "gAMA", number(0.45), "sRGB", new byte[] {0}), 0, false);
        assertSame(with(plain, "cHRM", new byte[32]), 0, false);
        assertSame(with(plain, "gAMA", number(0)), 0, false);
    }

    @Test
    void codePointsOfPngCount() throws IOException {
        assertSame(with(png(TO_P3, PhotoColourTest::encoded, 3), "cICP", new byte[] {12, 13, 0, 1}), 1, false);
        assertSame(with(png(SAME, v -> v, 3), "cICP", new byte[] {1, 8, 0, 1}), 0, false);
        byte[] narrow = png(SAME, v -> (16 + 219 * encoded(v)) / 255, 3);
        assertSame(with(narrow, "cICP", new byte[] {1, 13, 0, 0}), 1, false);
        byte[] hdr = with(Pictures.file(picture, "png"), "cICP", new byte[] {9, 16, 0, 1});
        assertThatThrownBy(() -> Photo.read(hdr, "hdr.png"))
                .isInstanceOf(PhotoException.class)
                .hasMessageContainingAll("hdr.png", "HDR", "PQ", "sRGB");
        byte[] unknown = with(Pictures.file(picture, "png"), "cICP", new byte[] {77, 13, 0, 1});
        PhotoFile read = PhotoFile.read(unknown, "odd.png");
        assertThat(read.photo()).isEqualTo(picture);
        assertThat(read.warnings()).singleElement().asString().contains("odd.png", "cICP 77, 13, 0", "sRGB");
    }

    @Test
    void theFirstOfCicpIccpSrgbAndGammaCounts() throws IOException {
        byte[] wrong = number(0.2);
        byte[] linearProfile =
                iccp(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
        byte[] srgbProfile = iccp(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        byte[] light = png(SAME, v -> v, 3);
        byte[] srgb = {1, 13, 0, 1};
        byte[] plain = Pictures.file(picture, "png");
        assertSame(with(plain, "gAMA", wrong, "sRGB", new byte[1], "iCCP", linearProfile, "cICP", srgb), 0, false);
        assertSame(with(light, "gAMA", wrong, "sRGB", new byte[1], "iCCP", linearProfile), 1, false);
        assertSame(with(plain, "gAMA", wrong, "cHRM", P3, "sRGB", new byte[1]), 0, false);
        assertSame(with(plain, "gAMA", wrong, "iCCP", srgbProfile), 1, false);
    }

    @Test
    void aBrokenProfileIsToldAndTheNextChunkCounts() throws IOException {
        byte[] file = with(png(SAME, v -> v, 3), "iCCP", new byte[] {'x', 0, 0, 1, 2, 3}, "gAMA", number(1));
        PhotoFile read = PhotoFile.read(file, "broken.png");
        assertThat(read.photo()).isEqualTo(picture);
        assertThat(read.warnings()).singleElement().asString().contains("broken.png", "colour profile");
        byte[] bomb = with(Pictures.file(picture, "png"), "iCCP", iccp(new byte[9 << 20]));
        assertThat(PhotoFile.read(bomb, "bomb.png").warnings())
                .singleElement()
                .asString()
                .contains("too large");
    }

    @Test
    void profilesForGreyCount() throws IOException {
        assertSame(with(png(GREEN, v -> v, 1), "iCCP", iccp(greyProfile(1))), 1, true);
        byte[] square = with(png(GREEN, Math::sqrt, 1), "iCCP", iccp(greyProfile(2)));
        assertSame(square, 1, true);

        // linear light 55 of 255 is sRGB 128
        var grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 55);
        }
        byte[] jpeg = bytes(grey, "jpeg");
        byte[] profile = greyProfile(1);
        byte[] app2 = ByteBuffer.allocate(18 + profile.length)
                .putShort((short) 0xffe2)
                .putShort((short) (16 + profile.length))
                .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                .put(profile)
                .array();
        byte[] file = ByteBuffer.allocate(jpeg.length + app2.length)
                .put(jpeg, 0, 20) // start and JFIF
                .put(app2)
                .put(jpeg, 20, jpeg.length - 20)
                .array();
        assertThat(Photo.read(file, "grey.jpg").at(8, 8, 1)).isBetween(126, 130);
        assertThat(Photo.read(jpeg, "plain.jpg").at(8, 8, 1)).isBetween(54, 56);
    }
}
