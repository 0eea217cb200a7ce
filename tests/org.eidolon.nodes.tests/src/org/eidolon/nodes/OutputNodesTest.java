// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.api.Json;
import org.eidolon.engine.PlanRequest;
import org.eidolon.engine.Planner;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of heads: files read back, pictures looked at. */
class OutputNodesTest {
    private static final String EXPORT = """
            'head': {'type': 'test.head@1', 'params': {'prompts': 'neutral; big smile'}},
            'export': {'type': 'head.export@1', 'in': {'head': 'head.head'}}""";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
    }

    @Test
    void theFileHoldsTheHeadInMetresASceneForEachExpression() throws Exception {
        bench.done(bench.graph(EXPORT));
        Glb glb = Glb.read(bench.out("head.glb"));
        assertThat(glb.scenes()).extracting(Glb.Scene::name).containsExactly("neutral", "big-smile");
        assertThat(glb.defaultScene()).isZero();
        Mesh written = glb.scenes().get(1).mesh();
        Mesh made = TinyHead.textured("neutral", "big smile").shapes().get(1).mesh();
        assertThat(written.triangles()).isEqualTo(made.triangles());
        assertThat(written.uvs()).isEqualTo(made.uvs());
        assertThat(written.positions()[4]).isCloseTo(0.178f * made.positions()[4], within(1e-6f));
        assertThat(seams(written)).as("vertices in one place have one normal").isLessThan(1e-5);
        BufferedImage texture = texture(glb, 1);
        assertThat(texture.getWidth()).isEqualTo(128);
        assertThat(texture.getRGB(100, 5) & 0xffffff).isEqualTo(0x905040 + 40);

        Glb one = Glb.read(bench.out("expressions/big-smile.glb"));
        assertThat(one.scenes()).hasSize(1);
        assertThat(one.scenes().get(0).mesh().triangleCount()).isEqualTo(written.triangleCount());
        assertThat(one.textures()).hasSize(1);
        assertThat(one.textures().get(0)).isEqualTo(glb.textures().get(1));
        assertThat(bench.out("expressions/neutral.glb")).exists();
    }

    /** Largest difference of normals between vertices that a texture seam has split. */
    private static double seams(Mesh mesh) {
        var first = new java.util.HashMap<String, Integer>();
        double worst = 0;
        for (int v = 0; v < mesh.vertexCount(); v++) {
            float[] p = mesh.positions();
            Integer other = first.putIfAbsent(p[3 * v] + " " + p[3 * v + 1] + " " + p[3 * v + 2], v);
            for (int k = 0; other != null && k < 3; k++) {
                worst = Math.max(worst, Math.abs(mesh.normals()[3 * v + k] - mesh.normals()[3 * other + k]));
            }
        }
        assertThat(first.size()).isLessThan(mesh.vertexCount());
        return worst;
    }

    private static BufferedImage texture(Glb glb, int index) throws Exception {
        return ImageIO.read(new java.io.ByteArrayInputStream(glb.textures().get(index)));
    }

    @Test
    void theFileCarriesItsGraphWithTheSettings() throws Exception {
        PlanRequest request = bench.graph(EXPORT).withSettings(Map.of("head.prompts", "neutral; große Freude"));
        bench.done(request);
        for (String file : new String[] {"head.glb", "expressions/grosse-freude.glb"}) {
            if (!Files.exists(bench.out(file))) {
                file = "expressions/gro-e-freude.glb";
            }
            var extras = JsonParser.parseString(Glb.readExtras(bench.out(file)))
                    .getAsJsonObject()
                    .getAsJsonObject("eidolon");
            var graph = GraphReader.read(extras.get("graph").toString());
            String asRun = new Planner(bench.types).plan(request).node("export").graph();
            assertThat(GraphWriter.write(graph)).isEqualTo(asRun).contains("große Freude");
            assertThat(extras.get("quality").getAsString()).isEqualTo("draft");
            var again = PlanRequest.of(graph, folder.resolve("again.eidolon"));
            assertThat(new Planner(bench.types).plan(again).node("export").graph())
                    .isEqualTo(asRun);
        }
        bench.done(request.withSettings(Map.of("export.graph", "false", "export.file", "bare.glb")));
        assertThat(Glb.readExtras(bench.out("bare.glb"))).isNull();
    }

    @Test
    void sizeTexturesAndTrianglesAreParameters() throws Exception {
        bench.done(bench.graph(EXPORT)
                .withSettings(Map.of(
                        "export.height",
                        "0.3",
                        "export.triangles",
                        "1000",
                        "export.textureSize",
                        "256",
                        "export.separate",
                        "no",
                        "export.file",
                        "small head.glb")));
        Glb glb = Glb.read(bench.out("small head.glb"));
        var box = glb.scenes().get(0).mesh().bounds();
        assertThat(box.sizeY()).isCloseTo(0.3f, within(0.005f));
        assertThat(glb.scenes()).allMatch(scene -> scene.mesh().triangleCount() <= 1000);
        assertThat(texture(glb, 0).getWidth()).isEqualTo(256);
        assertThat(bench.out("expressions")).doesNotExist();
        assertThat(share(texture(glb, 1), 0x905040 + 40))
                .as("the paint went over to the new layout")
                .isBetween(0.2, 0.8);

        PlanRequest plain =
                bench.graph(EXPORT).withSettings(Map.of("head.textured", "false", "export.triangles", "500"));
        bench.done(plain);
        Glb grey = Glb.read(bench.out("head.glb"));
        assertThat(grey.textures()).isEmpty();
        assertThat(grey.scenes().get(0).mesh().triangleCount()).isLessThanOrEqualTo(500);
    }

    /** Of all nodes at once, before a head is made that could not be written. */
    @Test
    void namesOfFilesAreCheckedBeforeAnythingRuns() throws Exception {
        PlanRequest all = bench.graph(EXPORT + """
                , 'sheet': {'type': 'head.sheet@1', 'in': {'head': 'head.head'}},
                'light': {'type': 'head.relight@1', 'in': {'head': 'head.head'}},
                'turn': {'type': 'head.turntable@1', 'in': {'head': 'head.head'}}""");
        String told = bench.refusal(all.withSettings(Map.of(
                "export.file", "head.obj",
                "sheet.file", "sheet.jpg",
                "light.file", "run.jsonl",
                "turn.file", "../turn.png")));
        assertThat(told)
                .contains("nodes.export.params.file: 'head.obj' does not end in .glb", "Call it head.glb")
                .contains("nodes.sheet.params.file: 'sheet.jpg' does not end in .png", "Call it sheet.png")
                .contains("nodes.light.params.file: 'run.jsonl' does not end in .png")
                .contains("nodes.turn.params.file: '../turn.png' is no file name");
        assertThat(bench.refusal(bench.graph(EXPORT).withSettings(Map.of("export.file", ".glb"))))
                .contains("is no file name");
    }

    private static double share(BufferedImage picture, int rgb) {
        int found = 0;
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            int pixel = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
            found += Math.abs((pixel >> 16 & 255) - (rgb >> 16 & 255)) < 8 ? 1 : 0;
        }
        return (double) found / picture.getWidth() / picture.getHeight();
    }

    @Test
    void sheetsShowTheHead() throws Exception {
        bench.done(bench.graph("""
            'head': {'type': 'test.head@1', 'params': {'prompts': 'neutral; smile; shout'}},
            'sheet': {'type': 'head.sheet@1', 'in': {'head': 'head.head'}, 'params': {'tile': 96}},
            'turn': {'type': 'head.turntable@1', 'in': {'head': 'head.head'}, 'params': {'tile': 96}},
            'grey': {'type': 'test.head@1', 'params': {'textured': false}},
            'light': {'type': 'head.relight@1', 'in': {'head': 'grey.head'}, 'params': {'tile': 96, 'azimuth': 0}}"""));
        BufferedImage sheet = ImageIO.read(bench.out("expressions.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(4 + 3 * 100);
        assertThat(sheet.getHeight()).isEqualTo(4 + 2 * 96 + 14 + 4);
        int shaded = sheet.getRGB(4 + 48, 4 + 48);
        assertThat(shaded >> 16 & 255).as("skin is redder than blue").isGreaterThan((shaded & 255) + 20);
        int normal = sheet.getRGB(4 + 48, 4 + 96 + 40);
        assertThat(normal & 255).as("normals that face the viewer are blue").isGreaterThan(180);
        assertThat(sheet.getRGB(6, 4 + 96 + 3) & 255).as("backdrop of normals").isLessThan(60);

        BufferedImage turn = ImageIO.read(bench.out("turntable.png").toFile());
        assertThat(turn.getWidth()).isEqualTo(4 + 4 * 100);
        assertThat(turn.getHeight()).isEqualTo(4 + 2 * (96 + 14 + 4));

        BufferedImage light = ImageIO.read(bench.out("relight.png").toFile());
        int y = 4 + 50;
        int left = 4 + 34;
        int right = 4 + 62;
        assertThat(light.getRGB(left, y) >> 16 & 255)
                .as("lit from the left")
                .isGreaterThan((light.getRGB(right, y) >> 16 & 255) + 40);
        assertThat(light.getRGB(100 + right, y) & 255)
                .as("lit from the right")
                .isGreaterThan((light.getRGB(100 + left, y) & 255) + 40);
    }

    @Test
    void anExpressionThatTheHeadDoesNotWearIsSaid() throws Exception {
        PlanRequest request = bench.graph("""
            'head': {'type': 'test.head@1'},
            'light': {'type': 'head.relight@1', 'in': {'head': 'head.head'}, 'params': {'expression': 'anger'}}""");
        assertThat(bench.failure(request)).contains("wears no expression 'anger'", "neutral; smile");
    }

    @Test
    void theReportNamesWeightsLicencesAndLikeness() throws Exception {
        bench.done(bench.graph("""
            'photo': {'type': 'image.photo@1'},
            'who': {'type': 'identity.photo@1', 'in': {'photo': 'photo.image'}},
            'head': {'type': 'test.head@1'},
            'report': {'type': 'identity.report@1', 'in': {'identity': 'who.identity', 'head': 'head.head'}}""")
                .withSettings(Map.of("photo.file", Workbench.portrait().toString())));
        Map<String, Object> report = Json.parseObject(Files.readString(bench.out("report.json")));
        var likeness = (Map<?, ?>) report.get("likeness");
        assertThat((Double) likeness.get("similarity")).isBetween(-0.5, 0.5); // an egg with a nose is nobody
        assertThat(report.get("weights").toString())
                .contains("identity/mobilefacenet-arcface", "research", "prior/none", "not listed any more");
    }
}
