// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.eidolon.torch.internal.PickleValues;
import org.eidolon.torch.internal.TensorPickle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code archive.bin} was written by {@code torch.save} ({@code releng/reference/archive_fixtures.py}). */
class TorchArchiveTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void copy() throws IOException {
        file = folder.resolve("archive.bin");
        try (InputStream in = TorchArchiveTest.class.getResourceAsStream("archive.bin")) {
            Files.copy(in, file);
        }
    }

    @Test
    void readsEveryType() throws Exception {
        try (TensorFile in = TensorFile.open(file);
                Scope s = Scope.open(Device.cpu())) {
            assertThat(in).isInstanceOf(TorchArchive.class);
            assertThat(in.tensors())
                    .extracting(SafeTensors.Info::name)
                    .hasSize(16)
                    .contains("inner.weight", "state.bias");
            assertThat(in.read(s, "plain").getShape().getShape()).containsExactly(2, 3);
            assertThat(in.read(s, "plain").toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(in.read(s, "half").toFloatArray()).containsExactly(0.5f, -2);
            assertThat(in.floats("bfloat")[0]).isEqualTo(1.5f);
            assertThat(in.floats("double")).containsExactly(1e-3f);
            assertThat(in.read(s, "int").toLongArray()).containsExactly(1, -2, 3, 4);
            assertThat(in.read(s, "bool").getDataType()).isEqualTo(DataType.UINT8);
            assertThat(in.read(s, "byte").toByteArray()).containsExactly(-1);
            assertThat(in.read(s, "scalar").getShape().dimension()).isZero();
            assertThat(in.floats("scalar")).containsExactly(4);
            assertThat(in.read(s, "empty").getShape().getShape()).containsExactly(0, 3);
            // columns 1 and 2 of rows of six
            assertThat(in.floats("transposed")).containsExactly(1, 7, 13, 19, 2, 8, 14, 20);
            assertThat(in.floats("part")).containsExactly(5, 6, 7, 8);
            assertThat(in.floats("state.weight")).isEqualTo(in.floats("inner.weight"));
            assertThatThrownBy(() -> in.read(s, "nothing")).hasMessageContaining("nothing");
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var e : zip.stream().toList()) {
                entries.put(e.getName(), zip.getInputStream(e).readAllBytes());
            }
        }
        return entries;
    }

    private Path write(Map<String, byte[]> entries, int method) throws IOException {
        Path made = folder.resolve("made.bin");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                entry.setMethod(method);
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(each.getValue());
            }
        }
        return made;
    }

    private void refused(Map<String, byte[]> entries, int method, String reason) throws IOException {
        Path made = write(entries, method);
        assertThatThrownBy(() -> TorchArchive.open(made))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made.bin")
                .hasMessageContaining(reason);
    }

    @Test
    void runsNothing() throws Exception {
        for (String program : new String[] {
            "cos\nsystem\n(X\u0005\u0000\u0000\u0000touchtR.",
            "cbuiltins\neval\n(X\u0001\u0000\u0000\u00001tR.",
            "ctorch\nload\n.",
            "ctorch._utils\n_rebuild_tensor\n.",
            "(X\u0002\u0000\u0000\u0000osX\u0006\u0000\u0000\u0000system\u0093."
        }) {
            Map<String, byte[]> entries = entries();
            entries.put("archive/data.pkl", program.getBytes(StandardCharsets.ISO_8859_1));
            refused(entries, ZipEntry.STORED, program.startsWith("(X") ? "os.system" : "the pickle wants ");
        }
        Map<String, byte[]> instance = entries();
        instance.put("archive/data.pkl", "(ios\nsystem\n.".getBytes(StandardCharsets.ISO_8859_1));
        refused(instance, ZipEntry.STORED, "instruction 0x69");
    }

    @Test
    void damageIsNamed() throws Exception {
        Map<String, byte[]> entries = entries();
        refused(entries, ZipEntry.DEFLATED, "compressed");
        Map<String, byte[]> missing = new LinkedHashMap<>(entries);
        assertThat(missing.remove("archive/data/3")).isNotNull();
        refused(missing, ZipEntry.STORED, "data/3, which is missing");
        Map<String, byte[]> brief = new LinkedHashMap<>(entries);
        brief.put("archive/data/0", new byte[8]);
        refused(brief, ZipEntry.STORED, "has 8 bytes");
        Map<String, byte[]> big = new LinkedHashMap<>(entries);
        big.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        refused(big, ZipEntry.STORED, "big-endian");
        refused(Map.of("other", new byte[3]), ZipEntry.STORED, "without data.pkl");
        Files.write(folder.resolve("old.bin"), new byte[] {(byte) 0x80, 2, 'N', 'N', 'N', 'N', 'N', 'N', 'N', '.'});
        assertThatThrownBy(() -> TensorFile.open(folder.resolve("old.bin"))).hasMessageContaining("before 1.6");
        Files.writeString(folder.resolve("cut.bin"), "PK\u0003\u0004 and nothing");
        assertThatThrownBy(() -> TensorFile.open(folder.resolve("cut.bin")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.bin");
    }

    private static String number(int n) {
        byte[] bytes =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array();
        return "J" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** More numbers than are read at once: of a part of a storage, and of every second one in it. */
    @Test
    void largeTensorsComeInPieces() throws Exception {
        int n = 600_000, part = 590_000, half = 295_000;
        for (String type : new String[] {"LongStorage", "ShortStorage", "HalfStorage", "FloatStorage", "ByteStorage"}) {
            int width = type.startsWith("L") ? 8 : type.startsWith("F") ? 4 : type.startsWith("B") ? 1 : 2;
            ByteBuffer storage = ByteBuffer.allocate(n * width).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < n; i++) {
                switch (type.charAt(0)) {
                    case 'L' -> storage.putLong(i % 101);
                    case 'H' -> storage.putShort(Float.floatToFloat16(i % 101));
                    case 'F' -> storage.putFloat(i % 101);
                    case 'B' -> storage.put((byte) (i % 101));
                    default -> storage.putShort((short) (i % 101));
                }
            }
            String begin = "ctorch._utils\n_rebuild_tensor_v2\n((\u008c\u0007storagectorch\n" + type
                    + "\n\u008c\u00010\u008c\u0003cpu" + number(n) + "tQK\u0007";
            String end = "\u0089NtR";
            String pickle = "}(\u008c\u0001a" + begin + number(part) + "\u0085K\u0001\u0085" + end + "\u008c\u0001b"
                    + begin + number(half) + "\u0085K\u0002\u0085" + end + "u.";
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("x/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
            entries.put("x/data/0", storage.array());
            try (TensorFile in = TensorFile.open(write(entries, ZipEntry.STORED));
                    Scope s = Scope.open(Device.cpu())) {
                if (type.equals("ShortStorage")) {
                    assertThatThrownBy(() -> in.read(s, "a")).hasMessageContaining("made.bin: tensor a has type I16");
                    continue;
                }
                Number[] a = in.read(s, "a").toArray(), b = in.read(s, "b").toArray();
                assertThat(a).as(type).hasSize(part);
                assertThat(b).as(type).hasSize(half);
                assertThat(IntStream.range(0, part).filter(i -> a[i].intValue() != (i + 7) % 101))
                        .isEmpty();
                assertThat(IntStream.range(0, half).filter(i -> b[i].intValue() != (2 * i + 7) % 101))
                        .isEmpty();
            }
        }
    }

    private static Map<String, PickleValues.Tensor> pickle(byte[] pickle) throws IOException {
        return TensorPickle.read(new ByteArrayInputStream(pickle), pickle.length, pickle.length);
    }

    @Test
    void dictionariesThatHoldThemselvesEnd() {
        // {} q0, then itself as its own value
        byte[] loop = "}q\u0000X\u0001\u0000\u0000\u0000ah\u0000s.".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> pickle(loop)).hasMessageContaining("nested too deeply");
        // each of seven dictionaries holds the one before it a thousand times: 10²¹ ways down
        ByteArrayOutputStream wide = new ByteArrayOutputStream();
        wide.writeBytes("}q\u0000".getBytes(StandardCharsets.ISO_8859_1));
        for (int level = 1; level < 8; level++) {
            wide.writeBytes(("}q" + (char) level + "(").getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                wide.writeBytes(new byte[] {'M', (byte) i, (byte) (i >> 8), 'h', (byte) (level - 1)});
            }
            wide.write('u');
        }
        wide.write('.');
        assertThatThrownBy(() -> pickle(wide.toByteArray())).hasMessageContaining("too much");
    }

    @Test
    void damagedPicklesGiveErrorsOnly() throws Exception {
        byte[] whole = entries().get("archive/data.pkl");
        assertThat(pickle(whole)).hasSize(16);
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                pickle(random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length)));
                read++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("pickle");
            }
        }
        assertThat(read).isBetween(1, 19_000);
    }
}
