// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordValueTest {
    @TempDir
    Path folder;

    enum Side {
        LEFT,
        RIGHT
    }

    record Part(String name, double weight, boolean open, Side side) {}

    record Everything(
            float[] floats,
            int[] ints,
            byte[] bytes,
            short[] shorts,
            long[] longs,
            double[] doubles,
            float[][] rows,
            List<Part> parts,
            Map<String, Float> weights,
            Part single,
            String missing,
            float notANumber,
            Path file) {}

    private Everything sample() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.bin"), "large");
        return new Everything(
                new float[] {1.5f, Float.NaN, -0f},
                new int[] {1, -2},
                new byte[] {-128, 127},
                new short[] {-3},
                new long[] {Long.MIN_VALUE},
                new double[] {Math.PI},
                new float[][] {{1}, {}, {2, 3}},
                List.of(new Part("a", 0.1, true, Side.RIGHT)),
                Map.of("smile", 0.3f),
                new Part("b", 2, false, Side.LEFT),
                null,
                Float.NaN,
                file);
    }

    @Test
    void recordsGoToDiskAndBack() throws IOException {
        var type = ValueType.ofRecord("everything", "#000000", Everything.class);
        var value = sample();
        Path stored = Files.createDirectory(folder.resolve("stored"));
        type.write(value, stored);
        var read = type.read(stored);
        assertThat(read)
                .usingRecursiveComparison()
                .withComparatorForType(Float::compare, Float.class)
                .ignoringFields("file")
                .isEqualTo(value);
        assertThat(read.file()).startsWith(stored).hasContent("large");
    }

    record Weighed(Map<String, int[]> weights) {}

    /** Maps of {@code Map.of} go round in another order in each process, and the files of heads hold such. */
    @Test
    void equalMapsGiveEqualBytesInWhateverOrder() throws IOException {
        var type = ValueType.ofRecord("weighed", "#000000", Weighed.class);
        var one = new LinkedHashMap<String, int[]>();
        var other = new LinkedHashMap<String, int[]>();
        for (int i = 0; i < 5; i++) {
            one.put("w" + i, new int[] {i});
            other.put("w" + (4 - i), new int[] {4 - i});
        }
        assertThat(type.hash(new Weighed(one))).isEqualTo(type.hash(new Weighed(other)));
        one.put("w0", new int[] {7});
        assertThat(type.hash(new Weighed(one))).isNotEqualTo(type.hash(new Weighed(other)));
    }

    @Test
    void hashDependsOnTheValueAlone() throws IOException {
        var type = ValueType.ofRecord("everything", "#000000", Everything.class);
        assertThat(type.hash(sample())).isEqualTo(type.hash(sample()));
        var parts = ValueType.ofRecord("part", "#000000", Part.class);
        assertThat(parts.hash(new Part("a", 1, true, Side.LEFT)))
                .isNotEqualTo(parts.hash(new Part("a", 1, true, Side.RIGHT)));
    }

    @Test
    void refusesFilesThatDoNotFit() throws IOException {
        record Data(float[] values) {}
        record Link(Path file) {}
        var type = ValueType.ofRecord("data", "#000000", Data.class);
        Path stored = Files.createDirectory(folder.resolve("stored"));
        type.write(new Data(new float[100]), stored);
        Files.write(stored.resolve("data.bin"), new byte[399]);
        assertThatThrownBy(() -> type.read(stored))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lies outside");
        Files.writeString(stored.resolve("value.json"), "{\"values\":[0,99999999999]}");
        assertThatThrownBy(() -> type.read(stored))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lies outside");
        Files.writeString(stored.resolve("value.json"), "{\"file\":\"../../etc/passwd\"}");
        assertThatThrownBy(
                        () -> ValueType.ofRecord("link", "#000000", Link.class).read(stored))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leaves the folder");
    }
}
