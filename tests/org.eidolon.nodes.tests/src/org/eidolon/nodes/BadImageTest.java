// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.RunEvent;
import org.eidolon.nodes.value.AlignedFace;
import org.eidolon.nodes.value.HeadValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image files as strangers have them: what is refused names file, node and parameter; the rest gives the same face. */
class BadImageTest {
    private static final String FACE = "'photo': {'type': 'image.photo@1'},"
            + "'face': {'type': 'face.align@1', 'in': {'photo': 'photo.image'}},"
            + "'id': {'type': 'identity.encode@1', 'in': {'faces': 'face.face'}}";

    @TempDir
    Path folder;

    private Workbench bench;
    private BufferedImage portrait;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
        portrait = ImageIO.read(Workbench.portrait().toFile());
    }

    private PlanRequest graph(Path photo) throws IOException {
        return bench.graph(FACE).withSettings(Map.of("photo.file", photo.toString()));
    }

    private void assertRefused(String name, byte[] bytes, String why) throws Exception {
        Path file = Files.write(folder.resolve(name), bytes);
        var result = bench.run(graph(file));
        assertThat(result.outcome()).isEqualTo(RunEvent.Outcome.FAILED);
        assertThat(result.outcome().exitCode()).isEqualTo(4);
        RunEvent.Failed failed = result.failures().get(0);
        assertThat(failed.node()).isEqualTo("photo");
        assertThat(failed.error()).contains(name, why);
        assertThat(failed.advice()).contains("--set photo.file=");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private AlignedFace face(String name, byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve(name), bytes);
        return bench.value(bench.done(graph(file)), "face", "face", HeadValues.FACE);
    }

    private byte[] encoded(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void whatIsNoPhotoIsNamed() throws Exception {
        byte[] png = Files.readAllBytes(Workbench.portrait());
        byte[] jpeg = encoded(rgb(), "jpg");
        assertRefused("empty.png", new byte[0], "empty");
        assertRefused("cut.png", Arrays.copyOf(png, png.length / 2), "damaged");
        assertRefused("cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 3), "damaged");
        assertRefused("head.jpg", Arrays.copyOf(jpeg, 3), "");
        assertRefused("moving.gif", encoded(rgb(), "gif"), "GIF");
        assertRefused("table.csv", "a,b\n1,2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
        assertRefused("bomb.png", bomb(30_000, 30_000), "30000");
        Files.createDirectory(folder.resolve("folder.jpg"));
        var refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                org.eidolon.engine.PlanException.class, () -> bench.run(graph(folder.resolve("folder.jpg"))));
        assertThat(refused.problems().toString())
                .contains("nodes.photo.params.file", "is a folder, not a file", "--set photo.file=FILE");
    }

    @Test
    void noFaceIsSaidByTheNodeThatLooksForOne() throws Exception {
        var grey = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        Path file = Files.write(folder.resolve("grey.png"), encoded(grey, "png"));
        var failed = bench.run(graph(file)).failures();
        assertThat(failed).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo("face");
            assertThat(failure.error()).contains("no face was found");
            assertThat(failure.advice()).isEqualTo("Name another file with --set photo.file=FILE");
        });
    }

    @Test
    void otherKindsOfPixelsGiveTheSameFace() throws Exception {
        float[] plain = face("plain.png", encoded(rgb(), "png")).points();
        assertThat(face("alpha.png", encoded(drawn(BufferedImage.TYPE_INT_ARGB), "png"))
                        .points())
                .containsExactly(plain);
        assertClose(face("deep.png", encoded(deep(), "png")).points(), plain, 0.5f);
        assertClose(
                face("grey.png", encoded(drawn(BufferedImage.TYPE_BYTE_GRAY), "png"))
                        .points(),
                plain,
                4);
        assertClose(
                face("indexed.png", encoded(drawn(BufferedImage.TYPE_BYTE_INDEXED), "png"))
                        .points(),
                plain,
                4);
        assertClose(face("cmyk.jpg", cmyk()).points(), plain, 4);
    }

    private static void assertClose(float[] points, float[] wanted, float pixels) {
        assertThat(points).hasSameSizeAs(wanted);
        for (int i = 0; i < points.length; i++) {
            assertThat(points[i]).isBetween(wanted[i] - pixels, wanted[i] + pixels);
        }
    }

    private BufferedImage rgb() {
        return drawn(BufferedImage.TYPE_INT_RGB);
    }

    private BufferedImage drawn(int type) {
        var image = new BufferedImage(portrait.getWidth(), portrait.getHeight(), type);
        Graphics2D pen = image.createGraphics();
        pen.drawImage(portrait, 0, 0, Color.BLACK, null);
        pen.dispose();
        return image;
    }

    /** Sixteen bits a channel. */
    private BufferedImage deep() {
        var type = ImageTypeSpecifier.createInterleaved(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), new int[] {0, 1, 2}, DataBuffer.TYPE_USHORT, false, false);
        BufferedImage image = type.createBufferedImage(portrait.getWidth(), portrait.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = portrait.getRGB(x, y);
                image.getRaster().setPixel(x, y, new int[] {
                    (rgb >> 16 & 255) * 257, (rgb >> 8 & 255) * 257, (rgb & 255) * 257
                });
            }
        }
        return image;
    }

    /** As print shops send them: four inks, written inverted as Photoshop does, with its marker. */
    private byte[] cmyk() throws IOException {
        WritableRaster inks = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE, portrait.getWidth(), portrait.getHeight(), 4, null);
        for (int y = 0; y < inks.getHeight(); y++) {
            for (int x = 0; x < inks.getWidth(); x++) {
                int rgb = portrait.getRGB(x, y);
                inks.setPixel(x, y, new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255});
            }
        }
        ImageWriter writer = jdkWriter();
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(inks, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] plain = out.toByteArray();
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        var marked = new ByteArrayOutputStream();
        marked.write(plain, 0, 2);
        marked.write(adobe);
        marked.write(plain, 2, plain.length - 2);
        return marked.toByteArray();
    }

    private static ImageWriter jdkWriter() {
        var writers = ImageIO.getImageWritersByFormatName("jpg");
        List<ImageWriter> all = new java.util.ArrayList<>();
        writers.forEachRemaining(all::add);
        return all.stream()
                .filter(writer -> writer.getClass().getName().startsWith("com.sun."))
                .findFirst()
                .orElseThrow();
    }

    /** A header that promises far more pixels than its few bytes hold. */
    private static byte[] bomb(int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        var head = new ByteArrayOutputStream();
        var fields = new DataOutputStream(head);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        chunk(data, "IHDR", head.toByteArray());
        var zeros = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(zeros)) {
            deflater.write(new byte[1 << 20]);
        }
        chunk(data, "IDAT", zeros.toByteArray());
        chunk(data, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream out, String name, byte[] bytes) throws IOException {
        byte[] type = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(type);
        crc.update(bytes);
        out.writeInt(bytes.length);
        out.write(type);
        out.write(bytes);
        out.writeInt((int) crc.getValue());
    }
}
