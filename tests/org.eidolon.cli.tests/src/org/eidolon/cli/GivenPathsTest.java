// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths on the command line: homes, nothing at all, and what comes through a pipe. */
class GivenPathsTest extends CommandFixture {
    private final String before = System.getProperty("user.home");
    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        home = Files.createDirectories(folder.resolve("home of ada"));
        System.setProperty("user.home", home.toString());
        Files.writeString(home.resolve("words.txt"), "ho ");
    }

    @AfterEach
    void putBack() {
        System.setProperty("user.home", before);
    }

    /** No command has made a folder that is called by the sign. */
    @AfterEach
    void nothingIsCalledSo() throws Exception {
        try (var files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("~");
        }
    }

    @Test
    void aTildeIsTheHomeAsInAShell() throws Exception {
        assertThat(run("--set", "read.file=~/words.txt", "--out=~/made"))
                .as(err)
                .isZero();
        assertThat(home.resolve("made/text.txt")).hasContent("ho ho 0");
        assertThat(Files.readString(home.resolve("made/report.json"))).contains("\"file\": \"words.txt\"");
        assertThat(run("--input", "words=~/words.txt")).as(err).isZero();
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("ho ho 0");

        Files.writeString(home.resolve("values.json"), "{\"inputs\": {\"words\": \"~/words.txt\"}}");
        assertThat(run("--params=~/values.json", "--cache=~/kept", "--out=~/again"))
                .as(err)
                .isZero();
        assertThat(home.resolve("again/text.txt")).hasContent("ho ho 0");
        assertThat(home.resolve("kept/entries")).isDirectory();
        assertThat(run("--batch=~/*.txt", "--out=~/many")).as(err).isZero();
        assertThat(home.resolve("many/words/text.txt")).hasContent("ho ho 0");

        Files.copy(folder.resolve("graphs/shout.eidolon"), home.resolve("own.eidolon"));
        assertThat(eidolon("info", "~/own.eidolon")).as(err).isZero();
        assertThat(eidolon("pack", "~/again", "--out=~/again.zip")).as(err).isZero();
        assertThat(home.resolve("again.zip")).exists();
        assertThat(run("--set", "read.file=~/gone.txt")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("there is no file '~/gone.txt' that can be read");
    }

    @Test
    void othersHaveHomesAndNamesWithoutAUserAreNames() throws Exception {
        String root = Files.readAllLines(Path.of("/etc/passwd")).stream()
                .filter(line -> line.startsWith("root:"))
                .map(line -> line.split(":")[5])
                .findFirst()
                .orElseThrow();
        assertThat(org.eidolon.api.UserPath.of(folder, "~root/me.jpg")).isEqualTo(Path.of(root, "me.jpg"));
        assertThat(org.eidolon.api.UserPath.of(folder, "~")).isEqualTo(home);
        assertThat(org.eidolon.api.UserPath.of(folder, "~nobody of that name/x"))
                .isEqualTo(folder.resolve("~nobody of that name/x"));
        assertThat(org.eidolon.api.UserPath.of(folder, "a/~/b")).isEqualTo(folder.resolve("a/~/b"));
        Files.delete(Files.createDirectories(folder.resolve("a/~")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--out", "--params", "--cache", "--libtorch", "--as"})
    void anEmptyPathIsRefused(String option) throws Exception {
        for (String empty : List.of("", " ")) {
            assertThat(run(option + "=" + empty)).as(err).isEqualTo(ExitCode.ARGUMENTS);
            assertThat(err).contains("error: " + option + ": the path is empty", "leave the option out");
        }
        assertThat(out).isEmpty();
        assertThat(folder.resolve("run.jsonl")).doesNotExist();
    }

    @Test
    void valuesMayBeginWithAByteOrderMark() throws Exception {
        Files.writeString(folder.resolve("values.json"), "\ufeff{\"set\": {\"repeat.times\": 3}}");
        assertThat(run("--params", "values.json")).as(err).isZero();
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey hey 0");
        Files.write(folder.resolve("values.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThat(run("--params", "values.json")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--params values.json: the file cannot be read: it is not UTF-8 text");
    }

    /** The command with something at standard input. */
    private int fed(byte[] input, String... arguments) throws Exception {
        Path file = Files.write(folder.resolve("input"), input);
        List<String> line = new java.util.ArrayList<>(List.of("sh", "-c", "cat input | \"$@\"", "sh"));
        line.addAll(COMMAND.line(arguments));
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.json").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("EIDOLON_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Files.delete(file);
        err = Files.readString(folder.resolve("err"));
        out = Files.readString(folder.resolve("out.json"));
        return process.exitValue();
    }

    @Test
    void aGraphComesThroughAPipe() throws Exception {
        byte[] graph =
                GRAPH.replace("assets/words.txt", "graphs/assets/words.txt").getBytes(StandardCharsets.UTF_8);
        assertThat(fed(graph, "run", "/dev/stdin")).as(err).isZero();
        assertThat(folder.resolve("out/stdin/text.txt"))
                .as("paths in it are beside the user")
                .hasContent("hey hey 0");
        assertThat(fed(graph, "validate", "/dev/stdin")).as(err).isZero();
        assertThat(fed("{".getBytes(StandardCharsets.UTF_8), "run", "/dev/stdin"))
                .isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("/dev/stdin:1:2");

        assertThat(eidolon("pack", "graphs/shout.eidolon", "--out", "shout.zip"))
                .as(err)
                .isZero();
        byte[] pack = Files.readAllBytes(folder.resolve("shout.zip"));
        assertThat(fed(pack, "run", "/dev/stdin", "--out", "out/packed"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("out/packed/text.txt")).hasContent("hey hey 0");
    }

    /** The folder of shared memory is a folder like any other. */
    @Test
    void pathsOfAGraphInSharedMemoryAreBesideIt() throws Exception {
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "graph");
        try {
            Files.createDirectories(shared.resolve("assets"));
            Files.writeString(shared.resolve("assets/words.txt"), "shm ");
            Files.writeString(shared.resolve("shout.eidolon"), GRAPH);
            assertThat(eidolon("run", shared + "/shout.eidolon")).as(err).isZero();
            assertThat(folder.resolve("out/shout/text.txt")).hasContent("shm shm 0");
        } finally {
            org.eidolon.api.Hashes.deleteTree(shared);
        }
    }

    @Test
    void aDeviceWithoutAnEndIsNotReadToItsEnd() {
        assertThat(eidolon("validate", "/dev/zero")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("the file is larger than");
        assertThat(run("--params", "/dev/zero")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--params /dev/zero: the file cannot be read: it is larger than 16 MiB");
    }
}
