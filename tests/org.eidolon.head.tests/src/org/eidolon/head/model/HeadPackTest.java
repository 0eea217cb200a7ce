// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadPackTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void pack() throws IOException {
        file = folder.resolve("tiny.ehd");
        HeadPack.write(TinyHead.model(), file);
    }

    @Test
    void everythingComesBackAndOffsetsAreWithinHalfAQuantum() throws IOException {
        HeadModel before = TinyHead.model();
        HeadModel after = HeadPack.open(file);
        assertThat(after.neutral()).isEqualTo(before.neutral());
        assertThat(after.triangles()).isEqualTo(before.triangles());
        assertThat(after.landmarks()).isEqualTo(before.landmarks());
        assertThat(after.parts()).isEqualTo(before.parts());
        assertThat(after.shapeNames()).isEqualTo(before.shapeNames());
        assertQuantised(before.identities(), after.identities());
        assertQuantised(before.shapes(), after.shapes());
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    static void assertQuantised(List<float[]> before, List<float[]> after) {
        assertThat(after).hasSameSizeAs(before);
        for (int m = 0; m < before.size(); m++) {
            float largest = 0, worst = 0;
            for (int i = 0; i < before.get(m).length; i++) {
                largest = Math.max(largest, Math.abs(before.get(m)[i]));
                worst = Math.max(worst, Math.abs(before.get(m)[i] - after.get(m)[i]));
            }
            assertThat(worst).isLessThanOrEqualTo(largest / 127 * 0.501f).isGreaterThan(0);
        }
    }

    @Test
    void aModeOfZerosStaysZero() throws IOException {
        HeadModel tiny = TinyHead.model();
        List<float[]> still = List.of(new float[tiny.neutral().length]);
        HeadPack.write(
                new HeadModel(
                        tiny.neutral(), still, List.of(), List.of(), tiny.triangles(), tiny.parts(), tiny.landmarks()),
                file);
        assertThat(HeadPack.open(file).identities().getFirst()).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.02, 0.3, 0.7, 0.99})
    void aPackThatWasCutOffIsRefused(double share) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (whole.length * share)));
        assertThatThrownBy(() -> HeadPack.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tiny.ehd is cut off");
    }

    /** The stream of the pack's own making, shortened before it was deflated: nothing but the reader can notice. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8, 1000, 30_000})
    void aPackWhoseContentEndsEarlyIsRefused(int length) throws IOException {
        rewrite(Arrays.copyOf(content(), length));
        assertThatThrownBy(() -> HeadPack.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void theLastModeMayNotBeShort() throws IOException {
        byte[] content = content();
        rewrite(Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("cut off");
        rewrite(Arrays.copyOf(content, content.length + 1));
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("goes on behind");
    }

    @Test
    void declaredCountsAreBoundedBeforeAnythingIsReserved() throws IOException {
        for (int vertices : new int[] {-1, Integer.MAX_VALUE, 1 << 21}) {
            rewrite(header(vertices));
            assertThatThrownBy(() -> HeadPack.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("declares " + vertices + " vertices");
        }
        // as many as are allowed, in a file of a few bytes
        rewrite(header(1 << 20));
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("cut off");
    }

    @Test
    void damagedBytesNeverEscapeAsAnythingButAnIoException() throws IOException {
        byte[] whole = Files.readAllBytes(file), content = content();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, damaged);
            assertThatThrownBy(() -> HeadPack.open(file)).isInstanceOf(IOException.class);
        }
        for (int at : new int[] {4, 5, content.length / 90}) {
            byte[] damaged = content.clone();
            damaged[at] = (byte) 0x7f;
            damaged[at + 1] = (byte) 0xff;
            damaged[at + 2] = (byte) 0xff;
            rewrite(damaged);
            assertThatThrownBy(() -> HeadPack.open(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoPackIsToldApart() throws IOException {
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("is not a head pack");
        rewrite(new byte[100]);
        assertThatThrownBy(() -> HeadPack.open(file)).hasMessageContaining("is not a head pack");
        assertThatThrownBy(() -> HeadPack.open(folder.resolve("none.ehd")))
                .hasMessageContaining("there is no head model at")
                .hasMessageContaining("train pack");
        assertThatThrownBy(() -> HeadPack.open(folder)).hasMessageContaining("holds no generic_neutral_mesh.obj");
    }

    private byte[] content() throws IOException {
        try (var in = new InflaterInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private void rewrite(byte[] content) throws IOException {
        try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }

    private static byte[] header(int vertices) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x45484431);
        out.writeInt(vertices);
        out.write(new byte[64]);
        return bytes.toByteArray();
    }
}
