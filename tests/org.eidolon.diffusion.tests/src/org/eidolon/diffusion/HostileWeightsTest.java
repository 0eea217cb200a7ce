// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.TensorFile;
import org.eidolon.torch.TorchArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Safetensors and archives that were made to take memory: the worst that we know of, each with what it takes, as a multiple
 * of the file.
 */
class HostileWeightsTest {
    private static final int SIZE = 2 << 20;
    private static final String EMPTY = ":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";

    @TempDir
    Path folder;

    /** Different texts with a comma between, as many as a file of our size holds. */
    static String many(int size, IntFunction<String> each) {
        StringBuilder text = new StringBuilder(size + 100);
        for (int i = 0; text.length() < size; i++) {
            text.append(i == 0 ? "" : ",").append(each.apply(i));
        }
        return text.toString();
    }

    static String name(int i) {
        return '"' + Integer.toString(i, 36) + '"';
    }

    private Path safe(String header, int data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("x.safetensors"),
                bytes.putLong(json.length).put(json).array());
    }

    /** Opens a file of that header, looks for a tensor and a text. */
    private String header(double factor, String header) throws IOException {
        Path file = safe(header, 0);
        return Reserved.atMost(factor, Reserved.SMALL, Files.size(file), header.substring(0, 20), () -> {
            try (SafeTensors in = SafeTensors.open(file)) {
                assertThat(in.contains("nothing")).isFalse();
                assertThat(in.metadata()).doesNotContainKey("nothing");
            }
        });
    }

    @Test
    void headersOfManyTensors() throws IOException {
        String all = many(SIZE, i -> name(i) + EMPTY);
        assertThat(header(1.9, "{" + all + "}")).isEmpty();
        assertThat(header(1.9, "{" + all)).contains("ends early");
        assertThat(header(1.9, "{" + all + "," + name(7) + EMPTY + "}")).contains("names 7 twice");
    }

    /** Names with one hash: "Aa" and "BB" have the same, in any number, in a row. */
    @Test
    void headersOfEqualHashes() throws IOException {
        String all = many(SIZE, i -> {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return "\"" + name + "\"" + EMPTY;
        });
        assertThat(header(1.3, "{" + all + "}")).isEmpty();
    }

    @Test
    void headersOfLongTexts() throws IOException {
        String text = "\u20ac" + "a".repeat(SIZE);
        assertThat(header(0, "{\"__metadata__\":{\"a\":\"" + text + "\"}}")).isEmpty();
        assertThat(header(0, "{\"__metadata__\":{" + many(SIZE, i -> name(i) + ":\"\"") + "}}"))
                .isEmpty();
        assertThat(header(0, "{\"" + text + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,1]}}"))
                .contains("aaa…: data from 0 to 1 lies outside");
        assertThat(header(0, "{\"a\":{\"dtype\":\"" + text + "\"}}")).contains("unknown type \u20acaaa");
        // asked for, a text takes two bytes for each of its letters once one is beyond Latin-1, and copies
        Path file = safe("{\"__metadata__\":{\"a\":\"" + text + "\"}}", 0);
        Reserved.atMost(5, Reserved.SMALL, Files.size(file), "a text", () -> {
            try (SafeTensors in = SafeTensors.open(file)) {
                assertThat(in.metadata().get("a").length()).isEqualTo(SIZE + 1);
            }
        });
    }

    @Test
    void headersOfListsAndDepth() throws IOException {
        String ones = many(SIZE, i -> "1");
        assertThat(header(0, "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + ones + "],\"data_offsets\":[0,0]}}"))
                .contains("more than 64 dimensions");
        assertThat(header(0, "{\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[" + ones + "]}}"))
                .contains("two data_offsets");
        assertThat(header(
                        0,
                        "{\"a\":{\"x\":[" + many(SIZE, i -> "[]") + "],\"dtype\":\"U8\",\"shape\":[0],"
                                + "\"data_offsets\":[0,0]}}"))
                .isEmpty();
        assertThat(header(0, "{\"a\":{\"x\":" + "[".repeat(SIZE))).contains("nested too deeply");
    }

    /** A length that is not in the file leads nowhere. */
    @Test
    void lengthsThatTheFileDoesNotHave() throws IOException {
        Path file = safe("{}", 0);
        byte[] bytes = Files.readAllBytes(file);
        for (long length : new long[] {99_000_000, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            Files.write(file, bytes);
            assertThat(Reserved.atMost(
                            0,
                            Reserved.SMALL,
                            10,
                            "a length",
                            () -> SafeTensors.open(file).close()))
                    .contains("declares a header");
        }
        for (String op : new String[] {"X", "T", "B", "r", "j"}) {
            for (String number : new String[] {"\u00ff\u00ff\u00ff\u007f", "\u00ff\u00ff\u00ff\u00ff"}) {
                assertThat(pickle(0, "N" + op + number, " ", "")).contains("damaged");
            }
        }
    }

    /** Half precision doubles; beside the numbers there is a piece of them. */
    @Test
    void tensorsTakeTheirOwnSize() throws IOException {
        int piece = 2 << 20;
        for (String type : new String[] {"F16", "BF16", "F32", "F64"}) {
            int width = type.equals("F64") ? 8 : type.equals("F32") ? 4 : 2;
            Path safe = safe(
                    "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[" + 4 * SIZE / width + "],\"data_offsets\":[0,"
                            + 4 * SIZE + "]}}",
                    4 * SIZE);
            floats(4.0 / width, piece + Reserved.SMALL, safe);
        }
        Path archive = archive("}\u008c\u0001a" + tensor("HalfStorage", "0", 2 * SIZE, "K\u0001") + "s.", 4 * SIZE, 1);
        floats(2, piece + Reserved.SMALL, archive);
        // every second number: the storage must lie there whole
        archive = archive("}\u008c\u0001a" + tensor("FloatStorage", "0", SIZE, "K\u0002") + "s.", 8 * SIZE, 1);
        floats(1.5, piece + Reserved.SMALL, archive);
    }

    private static void floats(double factor, int around, Path file) throws IOException {
        assertThat(Reserved.atMost(factor, around, Files.size(file), "numbers", () -> {
                    try (TensorFile in = TensorFile.open(file)) {
                        in.floats("a");
                    }
                }))
                .isEmpty();
    }

    private static String number(int n) {
        byte[] bytes =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A tensor of one dimension; its storage has as many numbers, times the stride. */
    private static String tensor(String type, String key, int count, String stride) {
        int stored = stride.equals("K\u0001") ? count : 2 * count;
        return "ctorch._utils\n_rebuild_tensor_v2\n((\u008c\u0007storagectorch\n" + type + "\n\u008c"
                + (char) key.length() + key + "\u008c\u0003cpuJ" + number(stored) + "tQK\u0000J" + number(count)
                + "\u0085" + stride + "\u0085\u0089ccollections\nOrderedDict\n)RtR";
    }

    private static void entry(ZipOutputStream zip, String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
    }

    private Path archive(String pickle, int storage, int storages) throws IOException {
        Path file = folder.resolve("x.bin");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "a/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
            byte[] zeros = new byte[storage];
            for (int i = 0; i < storages; i++) {
                entry(zip, "a/data/" + i, zeros);
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            bytes.writeTo(out);
        }
        return file;
    }

    /** Opens an archive of a pickle in which something stands very often. */
    private String pickle(double factor, String begin, String each, String end) throws IOException {
        int times = Math.max((SIZE - begin.length()) / each.length(), 1);
        Path file = archive(begin + each.repeat(times) + end, 0, 0);
        return Reserved.atMost(
                factor,
                Reserved.PICKLE,
                Files.size(file),
                "the pickle " + begin.substring(0, Math.min(begin.length(), 9)) + each,
                () -> TorchArchive.open(file).close());
    }

    /** Instructions of one or two bytes that make objects. */
    @Test
    void picklesOfSmallInstructions() throws IOException {
        String[] begins = {"", "", "", "(", "}", "(", "", "N", "(", "}", "}", ""};
        String[] each = {
            "}",
            "]",
            "(",
            "N",
            "\u0094",
            "K\u00ff",
            "N\u0085",
            "\u0085",
            "\u008c\u0000",
            "\u008c\u0001aNs",
            "K\u0001Ns",
            "}0"
        };
        for (int i = 0; i < each.length; i++) {
            assertThat(pickle(2, begins[i], each[i], ".")).contains("too much of itself");
        }
    }

    @Test
    void picklesOfLongTexts() throws IOException {
        String length = "X" + number(SIZE);
        assertThat(pickle(2, length + "a".repeat(SIZE), ".", "")).isEmpty();
        assertThat(pickle(2, length + "\u00ff".repeat(SIZE), ".", "")).contains("too much of itself");
        assertThat(pickle(0, "c", "a", "")).contains("a name without its end");
        // one name in front of many others, and of dictionaries that are said once
        StringBuilder inside = new StringBuilder("}(");
        for (int i = 0; i < 40_000; i++) {
            inside.append("J").append(number(i)).append("}");
        }
        inside.append("u");
        String key = "X" + number(1 << 20) + "a".repeat(1 << 20);
        assertThat(pickle(2, "}(" + key + inside + "u", ".", "")).contains("too much of itself");
    }

    /** As torch.save writes them, a number each: nothing has more pickle for its bytes, and it must be read. */
    @Test
    void archivesOfScalarsAreRead() throws IOException {
        int n = 10_000;
        StringBuilder pickle = new StringBuilder("\u0080\u0002}q\u0000(");
        for (int i = 0; i < n; i++) {
            String name = "model.diffusion_model.input_blocks." + i, key = "" + i;
            int at = 8 * i + 20;
            pickle.append("X").append(number(name.length())).append(name).append("r" + number(at));
            pickle.append(i == 0 ? "ctorch._utils\n_rebuild_tensor_v2\nq\u0001" : "h\u0001")
                    .append("((");
            pickle.append(i == 0 ? "X" + number(7) + "storageq\u0002ctorch\nFloatStorage\nq\u0003" : "h\u0002h\u0003");
            pickle.append("X").append(number(key.length())).append(key).append("r" + number(at + 1));
            pickle.append(i == 0 ? "X" + number(3) + "cpuq\u0004" : "h\u0004").append("K\u0001tr" + number(at + 2));
            pickle.append("QK\u0000))\u0089").append(i == 0 ? "ccollections\nOrderedDict\nq\u0005" : "h\u0005");
            pickle.append(")Rr" + number(at + 3)).append("tr" + number(at + 4)).append("Rr" + number(at + 5));
        }
        Path file = archive(pickle + "u.", 4, n);
        try (TorchArchive in = TorchArchive.open(file)) {
            assertThat(in.tensors()).hasSize(n);
            assertThat(in.floats("model.diffusion_model.input_blocks." + (n - 1)))
                    .hasSize(1);
        }
    }

    /** What an archive's end says of entries that it does not have; Java's own reader believes the long one. */
    @Test
    void contentsThatTheArchiveDoesNotHave() throws IOException {
        byte[] zip = Files.readAllBytes(archive("}.", 0, 0));
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        end.putShort(zip.length - 14, (short) 65534).putShort(zip.length - 12, (short) 65534);
        assertThat(opened(zip)).contains("damaged archive");
        for (long entries : new long[] {100_000_000, 3_000_000_000L, -1}) {
            ByteBuffer large = ByteBuffer.allocate(46 + 56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
            large.putInt(0, 0x02014b50).putInt(46, 0x06064b50).putLong(50, 44).putInt(58, 0x002d002d);
            large.putLong(70, entries).putLong(78, entries).putLong(86, 46);
            large.putInt(102, 0x07064b50).putLong(110, 46).putInt(118, 1);
            large.putInt(122, 0x06054b50).putInt(130, -1).putInt(134, -1).putInt(138, -1);
            assertThat(opened(large.array())).contains("have no room for them");
        }
    }

    private String opened(byte[] zip) throws IOException {
        Path file = Files.write(folder.resolve("end.bin"), zip);
        return Reserved.atMost(
                0,
                Reserved.PICKLE,
                zip.length,
                "an archive",
                () -> TorchArchive.open(file).close());
    }
}
