// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files with graphs, honest ones and others. */
class GraphPackTest {
    private static final GraphPack.Limits SMALL = new GraphPack.Limits(10, 1 << 20);

    @TempDir
    Path place;

    private Path pack;
    private Path into;

    @BeforeEach
    void make() throws IOException {
        pack = place.resolve("a.zip");
        into = Files.createDirectories(place.resolve("into"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A pack as a stranger might write it: the list's JSON, then entries by name and content. */
    private void stranger(String list, Object... entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(pack))) {
            zip.putNextEntry(new ZipEntry("eidolon-pack/pack.json"));
            zip.write(list.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write((byte[]) entries[i + 1]);
            }
        }
    }

    private static String list(String graph, Object... files) {
        var text = new StringBuilder("{\"pack\":1,\"graph\":\"" + graph + "\",\"files\":{");
        for (int i = 0; i < files.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(files[i])
                    .append("\":\"")
                    .append(sha256((byte[]) files[i + 1]))
                    .append('"');
        }
        return text + "}}";
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(GraphFormatException.class)
                .isThrownBy(() -> GraphPack.unpack(pack, into, SMALL))
                .withMessageContaining(message);
        assertThat(place.resolve("outside")).doesNotExist();
        assertThat(place.resolve("into2")).doesNotExist();
    }

    @Test
    void whatIsPackedIsUnpackedAndTheBytesDependOnNothingElse() throws Exception {
        var files = new TreeMap<String, GraphPack.Content>();
        files.put("g.eidolon", () -> new ByteArrayInputStream("{\"eidolon\": 1}".getBytes(StandardCharsets.UTF_8)));
        files.put("assets/a photo.jpg", () -> new ByteArrayInputStream(new byte[100_000]));
        GraphPack.write(pack, "g.eidolon", files);
        byte[] first = Files.readAllBytes(pack);
        Thread.sleep(5);
        GraphPack.write(pack, "g.eidolon", files);
        assertThat(Files.readAllBytes(pack)).isEqualTo(first);
        Path graph = GraphPack.unpack(pack, into, SMALL);
        assertThat(graph).hasContent("{\"eidolon\": 1}").hasFileName("g.eidolon");
        assertThat(graph.resolveSibling("assets/a photo.jpg")).hasSize(100_000);
        assertThat(GraphFiles.kind(pack)).isEqualTo(GraphFiles.Kind.PACK);
        try (var all = Files.list(place)) {
            assertThat(all).as("nothing half-written stays").hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "/outside",
                "a/../../outside",
                "C:/outside",
                "a\\\\outside",
                "",
                ".",
                "a//b",
                "a/./b",
                "a\\u0000b"
            })
    void pathsThatClimbAreRefused(String name) throws Exception {
        byte[] bytes = {1};
        String json = list("g", "g", bytes).replace("}}", ",\"" + name + "\":\"" + sha256(bytes) + "\"}}");
        stranger(json, "g", bytes, "x", bytes);
        assertRefused("pack.json");
        try (var all = Files.walk(into)) {
            assertThat(all).as("nothing is unpacked").hasSize(1);
        }
    }

    @Test
    void entriesOutsideTheListAreRefused() throws Exception {
        byte[] bytes = {1};
        stranger(list("g", "g", bytes), "g", bytes, "../outside", bytes);
        assertRefused("does not name");
        stranger(list("g", "g", bytes, "b", bytes), "g", bytes);
        into = Files.createDirectory(place.resolve("two"));
        assertRefused("lacks this file");
        stranger(list("g", "g", bytes), "g", new byte[] {2});
        into = Files.createDirectory(place.resolve("three"));
        assertRefused("not what the pack's list says");
        stranger(list("g", "g", bytes, "G", bytes), "g", bytes, "G", bytes);
        into = Files.createDirectory(place.resolve("four"));
        assertRefused("differ by capitals");
        stranger(list("h", "g", bytes), "g", bytes);
        into = Files.createDirectory(place.resolve("five"));
        assertRefused("results and no graph");
    }

    @Test
    void bombsAreStoppedWhileTheyUnpack() throws Exception {
        byte[] zeros = new byte[8 << 20];
        stranger(list("g", "g", zeros), "g", zeros);
        assertThat(Files.size(pack)).isLessThan(20_000);
        assertRefused("larger than 1 MiB");
        assertThat(Files.size(into.resolve("g"))).isLessThanOrEqualTo(SMALL.bytes());
        byte[] half = new byte[700_000];
        stranger(list("g", "g", half, "h", half), "g", half, "h", half);
        into = Files.createDirectory(place.resolve("two"));
        assertRefused("larger than 1 MiB");
        var many = new Object[24];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "f" + i;
            many[i + 1] = new byte[0];
        }
        stranger(list("f0", many), many);
        into = Files.createDirectory(place.resolve("three"));
        assertRefused("more than 10 files");
        stranger("{\"pack\":1,\"files\":" + "[".repeat(5000) + "}");
        assertRefused("nested more than 8 deep");
        stranger(" ".repeat(5 << 20));
        assertRefused("larger than 4 MiB");
    }

    @Test
    void whatIsNoPackOrWasCutShortIsTold() throws Exception {
        byte[] noise = new byte[300_000];
        new java.util.Random(1).nextBytes(noise);
        stranger(list("g", "g", noise), "g", noise);
        byte[] whole = Files.readAllBytes(pack);
        for (int length = 0; length < whole.length - 400; length += 9973) {
            Files.write(pack, Arrays.copyOf(whole, length));
            into = Files.createDirectory(place.resolve("cut" + length));
            assertRefused("");
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(pack))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertRefused("this zip file is no pack");
        for (String text : List.of("[]", "{}", "{\"pack\":2}", "{\"pack\":1}", "{\"pack\":1,\"files\":{\"a\":{}}}")) {
            stranger(text);
            assertRefused("");
        }
    }

    @Test
    void bitsThatFlipAreNoticedOrHarmless() throws Exception {
        byte[] content = "{\"eidolon\": 1}".repeat(20).getBytes(StandardCharsets.UTF_8);
        stranger(list("g", "g", content), "g", content);
        byte[] whole = Files.readAllBytes(pack);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(pack, flipped);
            into = Files.createDirectory(place.resolve("flip" + at));
            try {
                assertThat(GraphPack.unpack(pack, into, SMALL)).hasBinaryContent(content);
            } catch (GraphFormatException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
    }
}
