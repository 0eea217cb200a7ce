// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
    private static final float[] VALUES = {0, -1.5f, 3.25f, 65504, 1e-7f, -0.0078125f};

    private static byte[] fixture() throws IOException {
        try (InputStream in = SafeTensorsTest.class.getResourceAsStream("types.safetensors")) {
            return in.readAllBytes();
        }
    }

    /** A file that Python's safetensors wrote (releng/reference/torch_fixtures.py). */
    @Test
    void readsWhatPythonWrote(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("types.safetensors"), fixture());
        try (Scope scope = Scope.open(Device.cpu());
                SafeTensors in = SafeTensors.open(file)) {
            assertThat(in.metadata()).containsEntry("quote", "a \"b\" \u00e9");
            assertThat(in.tensors()).hasSize(9);
            assertThat(in.read(scope, "f32").toFloatArray()).containsExactly(VALUES);
            assertThat(in.read(scope, "f32").getShape().getShape()).containsExactly(2, 3);
            assertThat(in.read(scope, "f64").toFloatArray()).containsExactly(VALUES);
            assertThat(in.floats("f32")).containsExactly(VALUES);
            NDArray half = in.read(scope, "f16");
            assertThat(half.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(half.toFloatArray()).containsExactly(VALUES, within(3e-8f));
            float[] brain = in.read(scope, "bf16").toFloatArray();
            for (int i = 0; i < VALUES.length; i++) {
                assertThat(brain[i]).isCloseTo(VALUES[i], within(Math.abs(VALUES[i]) / 256));
            }
            assertThat(in.readHalf(scope, "f16").getDataType()).isEqualTo(DataType.FLOAT16);
            assertThat(in.readHalf(scope, "f32").getDataType()).isEqualTo(DataType.FLOAT16);
            assertThat(in.read(scope, "i64").toLongArray()).containsExactly(-(1L << 40), 7);
            assertThat(in.read(scope, "i32").toIntArray()).containsExactly(-5, 9);
            assertThat(in.read(scope, "u8").toUint8Array()).containsExactly(0, 200, 255);
            assertThat(in.read(scope, "scalar").toFloatArray()).containsExactly(2.5f);
            assertThat(in.read(scope, "scalar").getShape().dimension()).isZero();
            assertThat(in.read(scope, "empty").getShape().getShape()).containsExactly(0, 4);
            assertThatThrownBy(() -> in.read(scope, "absent")).hasMessageContaining("no tensor absent");
        }
    }

    @Test
    void whatIsWrittenIsReadBackInShards(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("w.safetensors");
        try (Scope scope = Scope.open(Device.cpu())) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put("a", scope.randn(10, 7));
            tensors.put("b", scope.of(new long[] {1, -2}));
            tensors.put("c.\"odd\" name\n", scope.zeros(0, 3));
            tensors.put("d", scope.randn(33));
            assertThat(SafeTensorsWriter.FLOAT.write(file, tensors, Map.of("key", "value")))
                    .containsExactly(file);
            same(scope, file, tensors, 0);
            assertThat(SafeTensorsWriter.HALF.write(file, tensors, Map.of())).containsExactly(file);
            same(scope, file, tensors, 2e-3f);
            List<Path> shards = new SafeTensorsWriter(false, 140).write(file, tensors, Map.of("key", "value"));
            assertThat(shards).hasSize(3).doesNotContain(file);
            assertThat(file).doesNotExist();
            same(scope, file, tensors, 0);
            Files.delete(shards.get(1));
            assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("2 shards found, but they say 00003");
            SafeTensorsWriter.FLOAT.write(file, tensors, Map.of());
            try (var left = Files.list(folder)) {
                assertThat(left).containsExactly(file);
            }
        }
    }

    private static void same(Scope scope, Path file, Map<String, NDArray> tensors, float tolerance) throws IOException {
        try (SafeTensors in = SafeTensors.open(file)) {
            assertThat(in.tensors().stream().map(SafeTensors.Info::name)).containsExactlyElementsOf(tensors.keySet());
            for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
                NDArray read = in.read(scope, entry.getKey());
                assertThat(read.getShape()).isEqualTo(entry.getValue().getShape());
                assertThat(read.getDataType()).isEqualTo(entry.getValue().getDataType());
                if (read.getDataType() == DataType.FLOAT32) {
                    assertThat(read.toFloatArray())
                            .containsExactly(entry.getValue().toFloatArray(), within(tolerance));
                } else {
                    assertThat(read.toLongArray())
                            .containsExactly(entry.getValue().toLongArray());
                }
            }
        }
    }

    /** More numbers than are read at once, none like its neighbours. */
    @Test
    void largeTensorsComeInPieces(@TempDir Path folder) throws Exception {
        int rows = 3, columns = 200_001, count = rows * columns;
        for (String type : List.of("F16", "BF16", "F64", "F32")) {
            int width = type.equals("F64") ? 8 : type.equals("F32") ? 4 : 2;
            String header = "{" + tensor("a", type, "[" + rows + "," + columns + "]", 0, (long) count * width) + "}";
            ByteBuffer bytes =
                    ByteBuffer.allocate(8 + header.length() + count * width).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
            float[] expected = new float[count];
            for (int i = 0; i < count; i++) {
                expected[i] = i % 251 - 100;
                switch (type) {
                    case "F16" -> bytes.putShort(Float.floatToFloat16(expected[i]));
                    case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(expected[i]) >>> 16));
                    case "F64" -> bytes.putDouble(expected[i]);
                    default -> bytes.putFloat(expected[i]);
                }
            }
            Path file = Files.write(folder.resolve(type), bytes.array());
            try (Scope scope = Scope.open(Device.cpu());
                    SafeTensors in = SafeTensors.open(file)) {
                assertThat(in.floats("a")).as(type).isEqualTo(expected);
                NDArray read = in.read(scope, "a");
                assertThat(read.getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(read.getShape().getShape()).containsExactly(rows, columns);
                assertThat(read.toFloatArray()).as(type).isEqualTo(expected);
            }
        }
    }

    private static void refused(Path folder, String header, int data, String message) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        Path file = Files.write(folder.resolve("bad.safetensors"), bytes.array());
        assertThatThrownBy(() -> SafeTensors.open(file).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.safetensors")
                .hasMessageContaining(message);
    }

    private static String tensor(String name, String type, String shape, long from, long to) {
        return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + from + ","
                + to + "]}";
    }

    @Test
    void hostileHeadersAreRefused(@TempDir Path folder) throws Exception {
        refused(
                folder,
                "{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 4, 12) + "}",
                12,
                "b overlaps");
        refused(
                folder,
                "{" + tensor("a", "F32", "[1]", 0, 4) + "," + tensor("b", "F32", "[1]", 8, 12) + "}",
                12,
                "hole");
        refused(folder, "{" + tensor("a", "F32", "[2]", -8, 0) + "}", 8, "outside");
        refused(folder, "{" + tensor("a", "F32", "[2]", 0, 8) + "}", 4, "outside");
        refused(folder, "{" + tensor("a", "F32", "[2]", 8, 0) + "}", 8, "outside");
        refused(folder, "{" + tensor("a", "F32", "[-1,-2]", 0, 8) + "}", 8, "negative dimension");
        refused(folder, "{" + tensor("a", "F32", "[4294967296,4294967296]", 0, 0) + "}", 0, "overflow");
        refused(folder, "{" + tensor("a", "F32", "[3]", 0, 8) + "}", 8, "needs 12 bytes, has 8");
        refused(folder, "{" + tensor("a", "F31", "[2]", 0, 8) + "}", 8, "unknown type F31");
        refused(
                folder,
                "{" + tensor("a", "F32", "[1]", 0, 4) + "," + tensor("a", "F32", "[1]", 4, 8) + "}",
                8,
                "twice");
        refused(folder, "{" + tensor("a", "F32", "[1]", 0, 4) + "}", 8, "4 bytes after the last");
        refused(folder, "{\"a\":{\"dtype\":\"F32\"}}", 4, "lacks");
        refused(folder, "{\"a\":[", 4, "malformed");
        refused(folder, "{\"a\":" + "[".repeat(100_000), 4, "malformed");
        refused(folder, "{} {}", 0, "malformed");
        refused(folder, "[1]", 0, "no JSON object");
        byte[] longHeader = fixture();
        ByteBuffer.wrap(longHeader).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        Path file = Files.write(folder.resolve("long.safetensors"), longHeader);
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("declares a header of");
        assertThatThrownBy(() -> SafeTensors.open(Files.write(file, new byte[3])))
                .hasMessageContaining("too short");
        assertThatThrownBy(() -> SafeTensors.open(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    /** Whatever bytes are changed or cut, the reader gives tensors or an IOException, nothing else. */
    @Property(tries = 300)
    void damagedFilesNeverBreakTheReader(
            @ForAll @Size(max = 6) List<@IntRange(max = 734) Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(max = 735) int length)
            throws Exception {
        byte[] bytes = java.util.Arrays.copyOf(fixture(), length);
        for (int place : places) {
            if (place < length) {
                bytes[place] = value;
            }
        }
        Path file = Files.createTempFile("damaged", ".safetensors");
        try {
            Files.write(file, bytes);
            assertThatCode(() -> {
                        try (SafeTensors in = SafeTensors.open(file)) {
                            for (SafeTensors.Info info : in.tensors()) {
                                if (info.type().startsWith("F") && !info.type().startsWith("F8")) {
                                    in.floats(info.name());
                                }
                            }
                        } catch (IOException e) {
                            assertThat(e).hasMessageContaining("damaged");
                        }
                    })
                    .doesNotThrowAnyException();
        } finally {
            Files.delete(file);
        }
    }
}
