// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eidolon.cli.internal.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that does not arrive is never a good end. */
class StandardOutputTest extends CommandFixture {
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    private int intoFull(String... arguments) {
        var errBytes = new ByteArrayOutputStream();
        int code = new Eidolon(
                        Services.of(new TestNodes()),
                        new Results(new Full()),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                        TestNodes.environment(folder.resolve("cache")),
                        folder,
                        false)
                .run(arguments);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run graphs/shout.eidolon",
                "run graphs/shout.eidolon --dry-run",
                "run graphs/shout.eidolon --batch graphs/assets/*.txt",
                "run graphs/shout.eidolon --batch graphs/assets/*.txt --dry-run",
                "run graphs/shout.eidolon --sweep repeat.times=1,2",
                "validate graphs/shout.eidolon",
                "info graphs/shout.eidolon",
                "info graphs/shout.eidolon --json",
                "migrate graphs/shout.eidolon",
                "pack graphs/shout.eidolon",
                "nodes",
                "nodes --json",
                "nodes --markdown",
                "models list",
                "models list --json",
                "cache show",
                "cache limit 3G",
                "cache trim",
                "cache clean",
                "doctor",
                "doctor --json",
                "--help",
                "--version",
                "run --help",
                "cache --help",
            })
    void everyCommandTellsWhenItsResultIsLost(String line) {
        int good = eidolon(line.split(" "));
        boolean prints = !out.isEmpty();
        assertThat(prints).as("prints a result: %s", err).isTrue();
        int code = intoFull(line.split(" "));
        assertThat(code).as(err).isNotZero().isEqualTo(good == 0 ? ExitCode.INTERNAL : good);
        assertThat(err).contains("error: standard output: the result did not arrive: No space left on device", "→");
    }

    @Test
    void aRunThatFailsKeepsItsExitCode() throws Exception {
        graph("shout", GRAPH.replace("test.slow@1", "test.fail@1"));
        assertThat(intoFull("run", "graphs/shout.eidolon")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).contains("there is no face in the photo", "the result did not arrive");
    }

    @Test
    void whatTheRunMadeIsThere() throws Exception {
        assertThat(intoFull("run", "graphs/shout.eidolon")).isEqualTo(ExitCode.INTERNAL);
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
        assertThat(folder.resolve("out/shout/report.json")).exists();
        assertThat(err).contains("report.json");
    }

    /** The process itself, its output where the shell sends it. */
    private int process(String redirection) throws Exception {
        var command = new ArrayList<>(List.of("bash", "-c", "\"$@\" " + redirection, "bash"));
        command.addAll(COMMAND.line("run", "graphs/shout.eidolon"));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(new File("/dev/null"))
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("EIDOLON_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        err = Files.readString(folder.resolve("err"));
        return process.exitValue();
    }

    @Test
    void aFullDiskAClosedDescriptorAndAReaderThatEndedAreTold() throws Exception {
        assertThat(process("> /dev/full")).as(err).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("the result did not arrive: No space left on device");
        assertThat(process("1< /dev/null")).as(err).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("the result did not arrive: it is closed");
        assertThat(process("| true; exit ${PIPESTATUS[0]}")).as(err).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("the result did not arrive: what reads it has ended");
        assertThat(process("> good.json")).as(err).isZero();
        assertThat(folder.resolve("good.json"))
                .content()
                .startsWith("{\"outcome\":\"done\"")
                .endsWith("}\n");
    }
}
