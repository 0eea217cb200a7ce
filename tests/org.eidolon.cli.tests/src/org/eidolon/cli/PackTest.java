// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Graphs and results in one file, and opening them. */
class PackTest extends CommandFixture {
    /** Name and content of all entries. */
    private Map<String, byte[]> entries(String pack) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(folder.resolve(pack).toFile())) {
            for (var all = zip.entries(); all.hasMoreElements(); ) {
                var entry = all.nextElement();
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] glb(String json) {
        byte[] text = (json + "   ".substring(0, (4 - json.length() % 4) % 4)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(20 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46546C67)
                .putInt(2)
                .putInt(out.capacity())
                .putInt(text.length)
                .putInt(0x4E4F534A);
        return out.put(text).array();
    }

    private static String carrying(String graph) {
        return "{\"asset\":{\"version\":\"2.0\",\"extras\":{\"eidolon\":{\"graph\":" + graph
                + ",\"seed\":5,\"quality\":\"high\"}}}}";
    }

    @Test
    void aPackRunsElsewhereAsTheGraphDoesHere() throws Exception {
        assertThat(eidolon("pack", "graphs/shout.eidolon")).as(err).isZero();
        assertThat(manifest())
                .containsEntry("pack", "shout.eidolon.zip")
                .containsEntry("graph", "shout.eidolon")
                .containsEntry("files", List.of("assets/words.txt", "eidolon-pack/preview.png", "shout.eidolon"));
        BufferedImage preview = ImageIO.read(
                new java.io.ByteArrayInputStream(entries("shout.eidolon.zip").get("eidolon-pack/preview.png")));
        assertThat(preview.getWidth()).isEqualTo(640);
        assertThat(java.util.stream.IntStream.range(0, 640 * 360)
                        .map(i -> preview.getRGB(i % 640, i / 640))
                        .distinct()
                        .count())
                .as("colours")
                .isGreaterThan(3);
        Files.delete(folder.resolve("graphs/assets/words.txt"));
        Files.delete(folder.resolve("graphs/shout.eidolon"));
        assertThat(eidolon("validate", "shout.eidolon.zip")).as(err).isZero();
        assertThat(eidolon("info", "shout.eidolon.zip")).as(err).isZero();
        assertThat(out).contains("Shout", "assets/words.txt  as recorded");
        assertThat(eidolon("run", "shout.eidolon.zip")).as(err).isZero();
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
        assertThat(eidolon("pack", "shout.eidolon.zip", "--out", "again.zip"))
                .as(err)
                .isZero();
        assertThat(Files.readAllBytes(folder.resolve("again.zip")))
                .as("packed from a pack")
                .isEqualTo(Files.readAllBytes(folder.resolve("shout.eidolon.zip")));
    }

    @Test
    void subgraphsAreTakenAlong() throws Exception {
        Files.createDirectories(folder.resolve("graphs/inner/assets"));
        Files.writeString(folder.resolve("graphs/inner/assets/words.txt"), "deep ");
        Files.writeString(
                folder.resolve("graphs/inner/in.eidolon"),
                GRAPH.replace("  \"nodes\"", "  \"outputs\": {\n    \"text\": \"slow.text\"\n  },\n  \"nodes\""));
        graph("outer", """
                {
                  "eidolon": 1,
                  "nodes": {
                    "sub": { "type": "graph@1", "params": { "file": "inner/in.eidolon" } },
                    "self": { "type": "graph@1", "muted": true, "params": { "file": "outer.eidolon" } },
                    "export": { "type": "test.export@1", "in": { "texts": "sub.text" } }
                  }
                }
                """);
        assertThat(eidolon("pack", "graphs/outer.eidolon", "--out", "o.zip"))
                .as(err)
                .isZero();
        assertThat(entries("o.zip"))
                .containsOnlyKeys(
                        "eidolon-pack/pack.json",
                        "eidolon-pack/preview.png",
                        "inner/assets/words.txt",
                        "inner/in.eidolon",
                        "outer.eidolon");
    }

    @Test
    void whatIsMissingOrOutsideIsTold() throws Exception {
        graph("shout", GRAPH.replace("assets/words.txt", "assets/gone.txt"));
        assertThat(eidolon("pack", "graphs/shout.eidolon")).isEqualTo(ExitCode.GRAPH);
        assertThat(err)
                .contains("graphs/shout.eidolon:12:17: nodes.read.params.file: there is no file 'assets/gone.txt'");
        Files.createSymbolicLink(
                folder.resolve("graphs/assets/gone.txt"), Files.writeString(folder.resolve("key"), "k"));
        assertThat(eidolon("pack", "graphs/shout.eidolon")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("a symbolic link leads out of the graph's folder");
        assertThat(eidolon("pack", "graphs/shout.eidolon", "--strip")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("Name the folder of its results, such as out/shout");
        assertThat(eidolon("pack", "graphs/shout.eidolon", "--out", "graphs/assets"))
                .isEqualTo(ExitCode.ARGUMENTS);
        assertThat(eidolon("pack", "graphs")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("this is no out folder of a run");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".zip") || name.endsWith(".tmp"));
        }
    }

    @Test
    void strippedResultsHoldPicturesAndHeadsAndNothingElse() throws Exception {
        assertThat(run("--set", "export.name=notes.txt")).as(err).isZero();
        Path made = folder.resolve("out/shout");
        Files.write(made.resolve("head.glb"), glb(carrying(GRAPH)));
        Files.write(made.resolve("head.png"), pngWithText("photo: me.jpg"));
        assertThat(eidolon("pack", "out/shout", "--strip", "--out", "share.zip"))
                .as(err)
                .isZero();
        assertThat(manifest().get("leftOut")).isEqualTo(List.of("notes.txt", "report.json", "run.jsonl"));
        Map<String, byte[]> shared = entries("share.zip");
        assertThat(shared).containsOnlyKeys("eidolon-pack/pack.json", "head.glb", "head.png");
        shared.forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .as(name)
                .doesNotContain("Shout", "words", "me.jpg", "extras"));
        assertThat(ImageIO.read(new java.io.ByteArrayInputStream(shared.get("head.png")))
                        .getRGB(1, 1))
                .isEqualTo(0xff336699);
        assertThat(eidolon("run", "share.zip")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("the pack holds results and no graph");
        assertThat(eidolon("pack", "out/shout")).as(err).isZero();
        assertThat(entries("shout.zip"))
                .containsKeys("report.json", "notes.txt")
                .doesNotContainKey(".eidolon-files.json");
    }

    private static byte[] pngWithText(String text) throws IOException {
        var image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, 0x336699);
        var plain = new ByteArrayOutputStream();
        ImageIO.write(image, "png", plain);
        byte[] chunk = ("tEXt" + text).getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(chunk);
        byte[] png = plain.toByteArray();
        int end = png.length - 12;
        return ByteBuffer.allocate(png.length + chunk.length + 8)
                .put(png, 0, end)
                .putInt(chunk.length - 4)
                .put(chunk)
                .putInt((int) crc.getValue())
                .put(png, end, 12)
                .array();
    }

    @Test
    void aGlbThatCarriesItsGraphIsOpenedWithItsSeedAndQuality() throws Exception {
        Files.write(folder.resolve("graphs/head.glb"), glb(carrying(GRAPH)));
        assertThat(eidolon("validate", "graphs/head.glb")).as(err).isZero();
        assertThat(eidolon("info", "graphs/head.glb")).as(err).isZero();
        assertThat(out).startsWith("Shout").contains("Made with seed 5, quality high");
        assertThat(eidolon("run", "graphs/head.glb")).as(err).isZero();
        assertThat(folder.resolve("out/head/text.txt")).hasContent("hey hey 5");
        assertThat(manifest()).containsEntry("seed", 5L).containsEntry("quality", "high");
        assertThat(eidolon("run", "graphs/head.glb", "--seed", "0", "--quality", "draft"))
                .isZero();
        assertThat(manifest()).containsEntry("seed", 0L).containsEntry("quality", "draft");
        Files.write(folder.resolve("graphs/other.glb"), glb("{\"asset\":{\"version\":\"2.0\"}}"));
        assertThat(eidolon("run", "graphs/other.glb")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("graphs/other.glb: this GLB carries no graph", "name the .eidolon file");
    }

    @Test
    void nothingUnpackedStays() throws Exception {
        assertThat(eidolon("pack", "graphs/shout.eidolon")).as(err).isZero();
        List<Path> before = temporary();
        assertThat(eidolon("run", "shout.eidolon.zip")).as(err).isZero();
        assertThat(temporary()).isEqualTo(before);
    }

    private static List<Path> temporary() throws IOException {
        try (var names = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return names.filter(name -> Files.exists(name.resolve("shout.eidolon")))
                    .sorted()
                    .toList();
        }
    }
}
