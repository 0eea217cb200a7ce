// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlbTest {

    private static final String GRAPH =
            "{\"eidolon\":{\"schema\":1,\"rate\":0.10,\"big\":12345678901234567890,\"name\":\"Ä\\\"\"}}";

    @TempDir
    private Path folder;

    static byte[] png(int size, int colour) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size * size; i++) {
            image.setRGB(i % size, i / size, colour + (i % size) * 3);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    static Mesh withSphericalUvs(Mesh mesh) {
        float[] uvs = new float[2 * mesh.vertexCount()];
        for (int v = 0; v < mesh.vertexCount(); v++) {
            float[] p = mesh.positions();
            uvs[2 * v] = (float) (Math.atan2(p[3 * v], p[3 * v + 2]) / (2 * Math.PI) + 0.5);
            uvs[2 * v + 1] = (1 - p[3 * v + 1]) / 2;
        }
        return mesh.withUvs(uvs);
    }

    static Glb thirteen() throws IOException {
        List<Glb.Scene> scenes = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            Mesh head = withSphericalUvs(Shapes.head(14, 0.004 * i)).withVertexNormals();
            scenes.add(new Glb.Scene(i == 0 ? "neutral" : "expression " + i, head, i < 12 ? 0 : 1));
        }
        return new Glb(scenes, 0, List.of(png(16, 0x804020), png(8, 0x204080)), GRAPH);
    }

    @Test
    void thirteenScenesComeBackAsTheyWere() throws IOException {
        Glb glb = thirteen();
        Path file = folder.resolve("head.glb");
        glb.write(file);
        Glb back = Glb.read(file);
        assertThat(back.scenes()).isEqualTo(glb.scenes());
        assertThat(back.defaultScene()).isZero();
        assertThat(back.extras()).isEqualTo(GRAPH);
        assertThat(Glb.readExtras(file)).isEqualTo(GRAPH);
        assertThat(back.textures()).hasSize(2);
        assertThat(back.textures().get(1)).isEqualTo(glb.textures().get(1));
        assertThat(folder).isDirectoryContaining(p -> p.equals(file));
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void bytesAreTheSameEachTime() throws IOException {
        assertThat(thirteen().bytes()).isEqualTo(thirteen().bytes());
    }

    @Test
    void indicesGrowTo32BitsFrom65535Vertices() throws IOException {
        for (int vertices : new int[] {65_534, 65_535, 70_001}) {
            int[] triangles = {0, 1, vertices - 1};
            float[] positions = new float[3 * vertices];
            positions[3] = 1;
            positions[3 * vertices - 2] = 1;
            Glb glb = new Glb(List.of(new Glb.Scene("big", Mesh.of(positions, triangles), -1)), 0, List.of(), null);
            String json = new String(glb.bytes(), 0, 2000, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(json.contains("\"componentType\":5125")).isEqualTo(vertices > 65_534);
            Path file = folder.resolve(vertices + ".glb");
            glb.write(file);
            assertThat(Glb.read(file).scenes().get(0).mesh().triangles()).isEqualTo(triangles);
        }
    }

    @Test
    void badInputIsNamed() throws IOException {
        Mesh cube = Shapes.cube();
        assertThatThrownBy(() -> new Glb.Scene("a", cube, 0)).hasMessageContaining("no texture coordinates");
        Glb.Scene plain = new Glb.Scene("a", cube, -1);
        assertThatThrownBy(() -> new Glb(List.of(plain), 1, List.of(), null)).hasMessageContaining("default scene 1");
        assertThatThrownBy(() -> new Glb(List.of(plain), 0, List.of(), "[1]").bytes())
                .hasMessageContaining("object");
        assertThatThrownBy(() -> new Glb(List.of(plain), 0, List.of(), "{").bytes())
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> new Glb(List.of(plain), 0, List.of(new byte[9]), null).bytes())
                .hasMessageContaining("PNG");
        Path text = Files.writeString(folder.resolve("a.glb"), "this is no model, not at all");
        assertThatThrownBy(() -> Glb.read(text)).isInstanceOf(IOException.class).hasMessageContaining("not a GLB");
    }

    @Test
    void damagedFilesAreRefusedAndNeverMoreThanAnIoException() throws IOException {
        byte[] whole = new Glb(List.of(new Glb.Scene("a", Shapes.cube(), -1)), 0, List.of(), GRAPH).bytes();
        Path file = folder.resolve("bad.glb");
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> Glb.read(file)).hasMessageContaining("cut short");
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            byte[] bytes = whole.clone();
            for (int k = 0; k < 4; k++) {
                bytes[20 + random.nextInt(bytes.length - 20)] = (byte) (' ' + random.nextInt(95));
            }
            Files.write(file, bytes);
            try {
                Glb.read(file);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("bad.glb");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(30);
    }

    @Test
    void refusesReferencesAndHugeDeclaredSizes() throws IOException {
        byte[] whole = new Glb(List.of(new Glb.Scene("a", Shapes.cube(), -1)), 0, List.of(), null).bytes();
        String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        Path file = folder.resolve("bad.glb");
        String huge = text.replace("\"count\":36", "\"count\":99");
        assertThat(huge).isNotEqualTo(text);
        Files.writeString(file, huge, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Glb.read(file)).isInstanceOf(IOException.class);
        String outside = text.replace("{\"byteLength\":", "{\"uri\":\"/etc/passwd\",\"byteLength\":");
        int grown = outside.length() - text.length();
        byte[] bytes = outside.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        java.nio.ByteBuffer head = java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        head.putInt(8, bytes.length).putInt(12, head.getInt(12) + grown);
        Files.write(file, bytes);
        assertThatThrownBy(() -> Glb.read(file)).hasMessageContaining("refers to another file");
    }

    @Test
    void theKhronosValidatorFindsNothing() throws Exception {
        String module = System.getenv("GLTF_VALIDATOR");
        assumeThat(module)
                .as("GLTF_VALIDATOR: folder of the npm package gltf-validator, for node")
                .isNotNull();
        Path file = folder.resolve("head.glb");
        thirteen().write(file);
        String script = "const v=require(process.argv[1]);v.validateBytes(new Uint8Array(require('fs').readFileSync("
                + "process.argv[2]))).then(r=>console.log(JSON.stringify(r.issues)))";
        Process process = new ProcessBuilder("node", "-e", script, module, file.toString())
                .redirectErrorStream(true)
                .start();
        String report = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(report).isZero();
        assertThat(report)
                .contains("\"numErrors\":0")
                .contains("\"numWarnings\":0")
                .contains("\"numInfos\":0");
    }
}
