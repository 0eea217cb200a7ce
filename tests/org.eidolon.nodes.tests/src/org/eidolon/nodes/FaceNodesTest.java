// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Values;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.RunEvent;
import org.eidolon.nodes.value.AlignedFace;
import org.eidolon.nodes.value.HeadValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photo, face and identity, with the real networks. */
class FaceNodesTest {
    private static final String FACE = """
            'photo': {'type': 'image.photo@1'},
            'face': {'type': 'face.align@1', 'in': {'photo': 'photo.image'}}""";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
    }

    private PlanRequest graph(String nodes, Path photo) throws Exception {
        return bench.graph(nodes).withSettings(Map.of("photo.file", photo.toString()));
    }

    @Test
    void theFaceIsFoundAndAligned() throws Exception {
        var result = bench.done(graph(FACE, Workbench.portrait()));
        AlignedFace face = bench.value(result, "face", "face", HeadValues.FACE);
        assertThat(face.facesFound()).isEqualTo(1);
        assertThat(face.confidence()).isGreaterThan(0.9);
        assertThat(face.points()[0]).as("left eye in the picture").isBetween(190f, 215f);
        assertThat(face.points()[1]).isBetween(90f, 110f);
        assertThat(face.box()[2] - face.box()[0]).isBetween(50f, 100f);
        assertThat(bench.value(result, "photo", "image", Values.IMAGE).width()).isEqualTo(512);
        assertThat(result.record().toString()).contains("detector/retinaface-mnet25", "licence");
    }

    @Test
    void faultsOfPhotosAreSaid() throws Exception {
        Path grey = folder.resolve("grey.png");
        ImageIO.write(new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB), "png", grey.toFile());
        assertThat(bench.failure(graph(FACE, grey))).contains("no face was found in the photo");
        Path text = Files.writeString(folder.resolve("text.png"), "no photo");
        assertThat(bench.failure(graph(FACE, text))).contains("text.png");

        PlanRequest tiny = bench.graph(FACE)
                .withSettings(Map.of("photo.file", Workbench.portrait().toString(), "face.minFacePixels", "300"));
        assertThat(bench.failure(tiny)).contains("at least 300 are needed", "minFacePixels");
        PlanRequest blurred = bench.graph(FACE)
                .withSettings(Map.of("photo.file", Workbench.portrait().toString(), "face.minSharpness", "0.9"));
        assertThat(bench.failure(blurred)).contains("is blurred", "minSharpness");
        PlanRequest third = bench.graph(FACE)
                .withSettings(Map.of("photo.file", Workbench.portrait().toString(), "face.face", "3"));
        assertThat(bench.failure(third)).contains("the photo has no face 3");
        PlanRequest word = bench.graph(FACE)
                .withSettings(Map.of("photo.file", Workbench.portrait().toString(), "face.face", "best"));
        assertThat(bench.failure(word)).contains("parameter 'face'", "'best' names no face");
    }

    @Test
    void aPhotoUpsideDownIsTurnedAndSaysSoAgainFromTheCache() throws Exception {
        Photo photo = Photo.read(Workbench.portrait());
        var turned = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
        var g = turned.createGraphics();
        g.rotate(Math.PI, photo.width() / 2.0, photo.height() / 2.0);
        g.drawImage(photo.toImage(), 0, 0, null);
        g.dispose();
        Path file = folder.resolve("turned.png");
        ImageIO.write(turned, "png", file.toFile());
        String nodes = FACE + ", 'id': {'type': 'identity.encode@1', 'in': {'faces': 'face.face'}}";
        Identity upright =
                bench.value(bench.done(graph(nodes, Workbench.portrait())), "id", "identity", HeadValues.IDENTITY);
        assertThat(warnings()).isEmpty();
        for (int run = 0; run < 2; run++) {
            var result = bench.done(graph(nodes, file));
            Identity same = bench.value(result, "id", "identity", HeadValues.IDENTITY);
            assertThat(Identity.cosine(same.embedding(), upright.embedding())).isGreaterThan(0.98);
            assertThat(warnings()).singleElement().asString().contains("the photo", "was turned by 180° clockwise");
            assertThat(result.record().toString()).contains("turned=180°", "quality=");
        }
        assertThat(bench.started()).isEmpty();
    }

    private java.util.List<String> warnings() {
        return bench.events.stream()
                .filter(event -> event instanceof RunEvent.Log log && log.level() == RunEvent.Level.WARNING)
                .map(event -> ((RunEvent.Log) event).message())
                .toList();
    }

    @Test
    void halfAFaceIsRefusedUntilAllowed() throws Exception {
        Photo photo = Photo.read(Workbench.portrait());
        Path file = folder.resolve("half.png");
        ImageIO.write(photo.crop(0, 0, 222, photo.height()).toImage(), "png", file.toFile());
        assertThat(bench.failure(graph(FACE, file)))
                .contains("no face to be used", "outside the picture", "minQuality", "--set photo.file=FILE");
        var allowed = bench.graph(FACE).withSettings(Map.of("photo.file", file.toString(), "face.minQuality", "0"));
        bench.done(allowed);
        assertThat(warnings()).singleElement().asString().contains("may become somebody else");
    }

    @Test
    void twoFacesNeedAChoice() throws Exception {
        Photo one = Photo.read(Workbench.portrait());
        var pair = new BufferedImage(1024, 512, BufferedImage.TYPE_INT_RGB);
        var g = pair.createGraphics();
        g.drawImage(one.toImage(), 0, 0, null);
        g.drawImage(one.mirrored().toImage(), 512, 0, null);
        g.dispose();
        Path file = folder.resolve("pair.png");
        ImageIO.write(pair, "png", file.toFile());
        assertThat(bench.failure(graph(FACE, file))).contains("shows 2 faces", "Choose one");
        var right = bench.graph(FACE).withSettings(Map.of("photo.file", file.toString(), "face.face", "rightmost"));
        AlignedFace face = bench.value(bench.done(right), "face", "face", HeadValues.FACE);
        assertThat(face.points()[0]).isGreaterThan(512);
        assertThat(face.facesFound()).isEqualTo(2);
    }

    @Test
    void severalPhotosMakeOneIdentityAndPhotosAreConverted() throws Exception {
        Path mirrored = folder.resolve("mirrored.png");
        ImageIO.write(Photo.read(Workbench.portrait()).mirrored().toImage(), "png", mirrored.toFile());
        var graph = bench.graph(FACE + """
                ,'other': {'type': 'image.photo@1'},
                'one': {'type': 'identity.encode@1', 'in': {'faces': 'face.face'}},
                'two': {'type': 'identity.encode@1', 'in': {'faces': ['face.face', 'other.image']}},
                'who': {'type': 'test.who@1', 'in': {'identity': 'other.image'}}""")
                .withSettings(Map.of("photo.file", Workbench.portrait().toString(), "other.file", mirrored.toString()));
        var result = bench.done(graph);
        Identity one = bench.value(result, "one", "identity", HeadValues.IDENTITY);
        Identity two = bench.value(result, "two", "identity", HeadValues.IDENTITY);
        assertThat(one.features()).hasSize(49 * 128);
        assertThat(two.photos()).isEqualTo(2);
        assertThat(two.features()).hasSize(2 * 49 * 128).startsWith(one.features());
        assertThat(Identity.cosine(one.embedding(), two.embedding())).isBetween(0.8, 0.9999);
        assertThat(bench.value(result, "who", "text", Values.TEXT).value()).isEqualTo(one.encoder() + " 1");
        assertThat(bench.started()).contains("other.image>face.align", "other.image>identity.photo");

        var strict = graph.withSettings(Map.of(
                "photo.file",
                Workbench.portrait().toString(),
                "other.file",
                mirrored.toString(),
                "two.minAgreement",
                "1"));
        assertThat(bench.failure(strict)).contains("photo 1 seems to show another person");
    }

    @Test
    void exifOrientationIsRespected() throws Exception {
        // the portrait lying on its side, and a tag that says so
        var lying = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        var g = lying.createGraphics();
        g.rotate(-Math.PI / 2, 256, 256);
        g.drawImage(Photo.read(Workbench.portrait()).toImage(), 0, 0, null);
        g.dispose();
        var bytes = new java.io.ByteArrayOutputStream();
        ImageIO.write(lying, "jpg", bytes);
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        Path file = folder.resolve("lying.jpg");
        try (var out = Files.newOutputStream(file)) {
            out.write(bytes.toByteArray(), 0, 2);
            out.write(exif);
            out.write(bytes.toByteArray(), 2, bytes.size() - 2);
        }
        var result = bench.done(graph(FACE, file));
        AlignedFace face = bench.value(result, "face", "face", HeadValues.FACE);
        assertThat(face.points()[1]).as("height of the eyes").isBetween(90f, 110f);
        Image upright = bench.value(result, "photo", "image", Values.IMAGE);
        assertThat(upright.at(200, 300, 0)).as("the orange suit").isGreaterThan(0.6f);
    }
}
