// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs that are broken or mean harm: a message with file, node and parameter, exit code 3, and nothing written. */
@Timeout(120)
class BadGraphTest extends CommandFixture {
    /** Both commands that read a graph refuse it in the same words. */
    private void assertRefused(String... messages) throws IOException {
        for (String command : new String[] {"validate", "run"}) {
            assertThat(eidolon(command, "graphs/bad.eidolon"))
                    .as(command + " " + err)
                    .isEqualTo(ExitCode.GRAPH);
            assertThat(err).contains("graphs/bad.eidolon").contains(messages).doesNotContain("internal fault", "\tat ");
        }
        assertThat(out).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
        try (var files = Files.walk(folder.resolve("graphs"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void everyTruncatedFileIsToldWithItsPlace() throws Exception {
        for (int length = 0; length < GRAPH.length() - 2; length += 7) {
            graph("bad", GRAPH.substring(0, length));
            assertThat(eidolon("run", "graphs/bad.eidolon")).as("%d", length).isEqualTo(ExitCode.GRAPH);
            assertThat(err)
                    .containsPattern("error: graphs/bad.eidolon:\\d+:\\d+: ")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "test.slow@1       | test.slwo@1                    | nodes.slow: there is no node type 'test.slwo' | Did you mean 'test.slow'?",
                "test.slow@1       | test.slow@99                   | nodes.slow: the graph was made with test.slow@99 | Install a newer version",
                "\"read.text\"     | \"slow.text\"                | the links run in a circle: slow → repeat → slow | Remove one of these links",
                "\"slow.text\"     | \"export.files\"             | nodes.export | circle",
                "\"repeat.text\"   | \"export.files\"             | circle | →",
                "\"text\": \"repeat.text\" | \"steps\": \"repeat.text\" | nodes.slow.in.steps: 'repeat.text' gives a value of type text, but 'slow.steps' takes number | Link an output of type number",
                "assets/words.txt  | assets/gone.txt                | nodes.read.params.file: the file | Name another with --set read.file=FILE",
                "assets/words.txt  | ../key                         | nodes.read.params.file: '../key': the path leaves the graph's folder by '..' | Keep the file in the graph's folder",
                "assets/words.txt  | /etc/passwd                    | nodes.read.params.file: '/etc/passwd': the path is absolute | Keep the file in the graph's folder",
                "assets/words.txt  | assets/link                    | nodes.read.params.file: 'assets/link': a symbolic link leads out | Keep the file in the graph's folder",
                "assets/words.txt  | assets/dir/key                 | nodes.read.params.file: 'assets/dir/key': a symbolic link leads out | Keep",
                "assets/words.txt  | assets                         | ' is a folder, not a file | give another with --set read.file=FILE",
                "\"file\": \"assets/words.txt\" | \"file\": 3      | nodes.read.params.file: '3' is not a file name | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"times\": 10 }     | nodes.repeat.params.times: 10 is out of range (1 to 9 times) | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"times\": 1.5 }    | nodes.repeat.params.times: '1.5' is not a whole number | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"times\": 1e999 }  | nodes.repeat.params.times: the number 1e999 is too large | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"share\": \"NaN\" } | nodes.repeat.params.share: 'NaN' is not a number | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"share\": 1e400 }  | nodes.repeat.params.share: the number 1e400 is too large | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"share\": NaN }    | nodes.repeat.params.share: expected a value | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"share\": {} }     | nodes.repeat.params.share: | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"loud\": [true] }  | nodes.repeat.params.loud: | →",
                "\"text\": \"read.text\" } | \"text\": \"read.text\" }, \"params\": { \"letters\": null } | nodes.repeat.params.letters: a value is required | the default is \"as-it-is\"",
            })
    void whatIsWrongIsNamed(String good, String bad, String message, String advice) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "secret");
        Files.createSymbolicLink(folder.resolve("graphs/assets/link"), key);
        Files.createSymbolicLink(folder.resolve("graphs/assets/dir"), folder);
        String text = GRAPH.replaceAll("\\s+", " ").replace(good.strip(), bad.strip());
        assertThat(text).as("the damage is done").isNotEqualTo(GRAPH.replaceAll("\\s+", " "));
        graph("bad", text);
        assertRefused(message, advice);
        assertThat(err).doesNotContain("secret");
    }

    @Test
    void whatIsNoTextIsTold() throws Exception {
        Path file = folder.resolve("graphs/bad.eidolon");
        Files.write(file, new byte[0]);
        assertRefused("the file is empty");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});
        assertRefused("the file is not UTF-8 text");
        Files.write(file, GRAPH.getBytes(StandardCharsets.UTF_16LE));
        assertRefused("graphs/bad.eidolon");
        byte[] blanks = new byte[33 << 20];
        Arrays.fill(blanks, (byte) ' ');
        Files.write(file, blanks);
        assertRefused("larger than 32 MiB");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("this is a folder");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("bad.eidolon"));
        assertRefused("→");
    }

    @Test
    void sizesThatHurtAreRefusedSoon() throws Exception {
        var million = new StringBuilder("{\"eidolon\":1,\"nodes\":{");
        for (int i = 0; i < 1_000_000; i++) {
            million.append(i > 0 ? "," : "").append("\"n").append(i).append("\":{}");
        }
        graph("bad", million + "}}");
        assertRefused("more than 1000000 values", "Split the graph");
        graph("bad", "{\"eidolon\":1,\"x\":" + "[".repeat(1_000_000));
        assertRefused("nested more than 64 deep");
        graph("bad", "{\"eidolon\":1,\"x\":" + "{\"a\":".repeat(100_000));
        assertRefused("nested more than 64 deep");
    }

    /** The largest graph that is read: a chain, reroutes, and one node that takes everything. */
    @Test
    void theLargestGraphIsCheckedInReasonableTime() throws Exception {
        var text = new StringBuilder("{\"eidolon\":1,\"nodes\":{\"n0\":{\"type\":\"test.read@1\",\"params\":{\"file\":"
                + "\"assets/words.txt\"}}");
        for (int i = 1; i < 60_000; i++) {
            text.append(",\"n" + i + "\":{\"type\":\"test.picky@1\",\"in\":{\"text\":\"r" + (i - 1) + "\"}}");
        }
        text.append("},\"reroutes\":{");
        for (int i = 0; i < 39_999; i++) {
            text.append(i > 0 ? "," : "").append("\"r" + i + "\":\"n" + i + ".text\"");
        }
        graph("big", (text + "}}").replaceAll("\"r([4-9]\\d{4}|39999)\"", "\"n$1.text\""));
        var clock = ManagementFactory.getThreadMXBean();
        long begin = clock.getCurrentThreadCpuTime();
        assertThat(eidolon("validate", "graphs/big.eidolon"))
                .as(err.substring(0, Math.min(900, err.length())))
                .isZero();
        assertThat((clock.getCurrentThreadCpuTime() - begin) / 1e9)
                .as("seconds of the processor")
                .isLessThan(30);
    }

    private static String subgraphs(int count, String file) {
        var text = new StringBuilder("{\"eidolon\":1,\"nodes\":{");
        for (int i = 0; i < count; i++) {
            text.append(i > 0 ? "," : "")
                    .append("\"s" + i + "\":{\"type\":\"graph@1\",\"params\":{\"file\":\"" + file + "\"}}");
        }
        return text + "}}";
    }

    @Test
    void subgraphsThatMultiplyAreStopped() throws Exception {
        graph("bad", subgraphs(1, "bad.eidolon"));
        assertRefused("subgraphs are nested more than 16 deep", "Does a graph contain itself?");
        graph("bad", subgraphs(10, "bad.eidolon"));
        assertRefused("there are more than 1000 subgraphs", "Does a graph contain itself?");
        for (int i = 0; i < 12; i++) {
            graph("l" + i, subgraphs(9, "l" + (i + 1) + ".eidolon"));
        }
        graph("l12", GRAPH);
        graph("bad", subgraphs(9, "l0.eidolon"));
        assertRefused("there are more than 1000 subgraphs");
    }

    @Test
    void subgraphsStayInTheFolderAndAreNamed() throws Exception {
        Files.writeString(folder.resolve("outside.eidolon"), GRAPH);
        graph("bad", subgraphs(1, "../outside.eidolon"));
        assertRefused(
                "nodes.s0.params.file: the path leaves the graph's folder by '..'",
                "→ Put the subgraph into the folder");
        Files.createSymbolicLink(folder.resolve("graphs/in.eidolon"), folder.resolve("outside.eidolon"));
        graph("bad", subgraphs(1, "in.eidolon"));
        assertRefused("nodes.s0.params.file", "a symbolic link leads out of the graph's folder");
        graph("bad", subgraphs(1, "gone.eidolon"));
        assertRefused("nodes.s0.params.file", "gone.eidolon", "there is no such file");
        graph("broken", "{\"eidolon\": 1,");
        graph("bad", subgraphs(1, "broken.eidolon"));
        assertRefused("nodes.s0.params.file: the subgraph cannot be read", "the file ends too early");
    }
}
