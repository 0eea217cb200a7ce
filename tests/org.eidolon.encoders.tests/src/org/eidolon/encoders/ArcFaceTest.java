// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelShelf;
import org.eidolon.models.ModelSource;
import org.eidolon.models.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code arcface512.onnx} and its numbers were made by {@code releng/reference/arcface_fixtures.py}. */
class ArcFaceTest {
    @TempDir
    Path folder;

    private record Folder(String name, Path folder) implements ModelSource {}

    private Model model(Path file) {
        var label = new ModelShelf.Label("identity", "", "made here", "", Map.of());
        new ModelShelf(folder)
                .add("arcface", label, file.getParent(), List.of(file), ModelShelf.Way.COPY, true, p -> {});
        return Models.of(List.of(new Folder("test", folder))).get("arcface");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ArcFaceTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void givesTheReferencesNumbers() throws Exception {
        Path file = Files.write(folder.resolve("arcface512.onnx"), resource("arcface512.onnx"));
        byte[] rgb = new byte[112 * 112 * 3];
        for (int y = 0; y < 112; y++) {
            for (int x = 0; x < 112; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * 112 + x) * 3 + c] = (byte) (7 * x + 13 * y + 50 * c + x * y / 9);
                }
            }
        }
        String[] wanted = new String(resource("arcface512.txt"), StandardCharsets.US_ASCII)
                .strip()
                .split(" ");
        try (ArcFace encoder = ArcFace.open(model(file))) {
            float[] embedding = encoder.encode(Photo.ofBytes(rgb, 112, 112));
            assertThat(wanted).hasSize(512);
            for (int i = 0; i < 512; i++) {
                assertThat(embedding[i]).isCloseTo(Float.parseFloat(wanted[i]), within(2e-6f));
            }
            assertThatThrownBy(() -> encoder.encode(Photo.ofBytes(new byte[12], 2, 2)))
                    .hasMessageContaining("not aligned");
        }
    }

    @Test
    void othersAreRefused() throws Exception {
        Model starter = Models.standard().get(IdentityEncoder.STARTER);
        assertThatThrownBy(() -> ArcFace.open(starter))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("outputs");
        Path file = Files.writeString(folder.resolve("none.onnx"), "no network");
        Model none = model(file);
        assertThatThrownBy(() -> ArcFace.open(none)).isInstanceOf(ModelException.class);
    }
}
