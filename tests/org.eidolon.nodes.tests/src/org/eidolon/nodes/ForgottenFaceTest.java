// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.api.value.Values;
import org.eidolon.encoders.Identity;
import org.eidolon.nodes.value.HeadValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a person when the cache was cleaned: nothing. Every file is searched, whatever it is called. */
class ForgottenFaceTest {
    @TempDir
    Path folder;

    /** Files that a picture of some size can be decoded from. */
    private static List<Path> pictures(Path root) throws IOException {
        var found = new ArrayList<Path>();
        for (Path file : files(root)) {
            var picture = ImageIO.read(file.toFile());
            if (picture != null && picture.getWidth() >= 32) {
                found.add(file);
            }
        }
        return found;
    }

    private static List<Path> holding(Path root, byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        var found = new ArrayList<Path>();
        for (Path file : files(root)) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(wanted)) {
                found.add(file);
            }
        }
        return found;
    }

    private static List<Path> files(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** A stretch of a vector as it lies in files; the byte order is that of tensors. */
    private static byte[] bytes(float[] vector) {
        var buffer = ByteBuffer.allocate(4 * 8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector, 0, 8);
        return buffer.array();
    }

    @Test
    void aCleanCacheHoldsNoPictureAndNoVector() throws Exception {
        var bench = new Workbench(folder);
        var result = bench.done(bench.graph("""
                'photo': {'type': 'image.photo@1'},
                'face': {'type': 'face.align@1', 'in': {'photo': 'photo.image'}},
                'who': {'type': 'identity.encode@1', 'in': {'faces': 'face.face'}}""")
                .withSettings(Map.of("photo.file", Workbench.portrait().toString())));
        Identity identity = bench.value(result, "who", "identity", HeadValues.IDENTITY);
        Path cache = bench.cache.root();
        Path preview = Files.createDirectories(cache.resolve("previews")).resolve("abc.png");
        bench.value(result, "photo", "image", Values.IMAGE).writePng(preview);
        assertThat(pictures(cache)).contains(preview).hasSizeGreaterThan(1);
        assertThat(holding(cache, bytes(identity.embedding()))).isNotEmpty();

        bench.cache.room().clean();
        assertThat(pictures(cache)).isEmpty();
        assertThat(holding(cache, bytes(identity.embedding()))).isEmpty();
        String name = Workbench.portrait().getFileName().toString();
        assertThat(holding(cache, name.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
