// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlbFileTest {
    @TempDir
    Path folder;

    /** A GLB with a JSON part and eight bytes of something else. */
    static byte[] glb(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 3) / 4 * 4;
        ByteBuffer out = ByteBuffer.allocate(20 + padded + 16).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46546C67).putInt(2).putInt(out.capacity()).putInt(padded).putInt(0x4E4F534A);
        out.put(text);
        while (out.position() < 20 + padded) {
            out.put((byte) ' ');
        }
        return out.putInt(8).putInt(0x004E4942).putLong(42).array();
    }

    private Path file(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("a.glb"), bytes);
    }

    @Test
    void graphSeedAndQualityAreFound() throws Exception {
        Path file = file(glb("{\"asset\":{\"version\":\"2.0\",\"extras\":{\"eidolon\":{\"graph\":"
                + GraphFileTest.PORTRAIT + ",\"seed\":7,\"quality\":\"high\"}}}}"));
        assertThat(GraphFiles.kind(file)).isEqualTo(GraphFiles.Kind.GLB);
        GlbFile.Carried carried = GlbFile.read(file);
        assertThat(GraphWriter.write(carried.graph())).isEqualTo(GraphFileTest.PORTRAIT);
        assertThat(carried.seed()).isEqualTo(7);
        assertThat(carried.quality()).isEqualTo("high");
    }

    @Test
    void strippedFilesHoldNoExtrasAndTheSameRest() throws Exception {
        byte[] glb = glb("{\"asset\":{\"version\":\"2.0\",\"extras\":{\"eidolon\":{\"graph\":{\"eidolon\":1}}}},"
                + "\"nodes\":[{\"name\":\"a<b\",\"extras\":{\"who\":\"me\"}}],\"n\":1.50}");
        byte[] stripped = GlbFile.stripped(glb);
        assertThat(stripped)
                .isEqualTo(glb("{\"asset\":{\"version\":\"2.0\"},\"nodes\":[{\"name\":\"a<b\"}],\"n\":1.50}"));
        assertRefused(stripped, "carries no graph");
    }

    @Test
    void damagedAndHostileFilesAreTold() throws Exception {
        byte[] whole = glb("{\"asset\":{}}");
        assertRefused(whole, "carries no graph");
        assertRefused(Arrays.copyOf(whole, 12), "no binary glTF file");
        assertRefused(Arrays.copyOf(whole, 26), "ends too early");
        assertRefused(glb("{\"asset\":" + "[".repeat(500) + "}"), "nested more than 80 deep");
        assertRefused(glb("{\"asset\":{\"extras\":{\"eidolon\":{\"graph\":{\"eidolon\":9}}}}}"), "schema 9");
        assertRefused(glb("[]"), "no object");
        byte[] huge = whole.clone();
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(12, Integer.MAX_VALUE);
        assertRefused(huge, "larger than 48 MiB");
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(12, -4);
        assertRefused(huge, "larger than 48 MiB");
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 1);
        assertRefused(huge, "version 1");
    }

    private void assertRefused(byte[] bytes, String message) throws Exception {
        Path file = file(bytes);
        assertThatExceptionOfType(GraphFormatException.class)
                .isThrownBy(() -> GlbFile.read(file))
                .withMessageContaining(message);
    }
}
