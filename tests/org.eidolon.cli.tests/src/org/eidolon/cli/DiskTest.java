// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks that are full and places that may not be written: an error that says where, and nothing half-written. */
class DiskTest extends CommandFixture {
    private static final String BIG = "--set=repeat.times=9";

    /** Runs a shell script in which {@code "$@"} is the command; its exit code. */
    private int shell(String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(COMMAND.line(arguments));
        return launch(command);
    }

    private int launch(List<String> command) throws Exception {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out.json").toFile());
        builder.environment().put("EIDOLON_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        err = Files.readString(folder.resolve("err"));
        out = Files.readString(folder.resolve("out.json"));
        return process.exitValue();
    }

    /** A disk of a few kilobytes at a place, in a name space of the process's own; skipped where that is not allowed. */
    private int onSmallDisk(String place, int kilobytes, String... arguments) throws Exception {
        Files.createDirectories(folder.resolve(place));
        String mount = "mount -t tmpfs -o size=" + kilobytes + "k,nr_inodes=400 tmpfs '" + folder.resolve(place) + "'";
        assumeTrue(
                launch(List.of("unshare", "-rm", "sh", "-c", mount)) == 0,
                "full disks need unprivileged name spaces (unshare -rm), which this machine forbids");
        var command = new ArrayList<>(List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                mount + " && { \"$@\"; code=$?; find '" + folder.resolve(place) + "' -type f > left; exit $code; }",
                "sh"));
        command.addAll(COMMAND.line(arguments));
        return launch(command);
    }

    private String left() throws Exception {
        return Files.readAllLines(folder.resolve("left")).stream()
                .map(line -> folder.relativize(Path.of(line)).toString())
                .collect(Collectors.joining("\n"));
    }

    private void longWords() throws Exception {
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "0123456789".repeat(6_000));
    }

    @Test
    void aFullCacheFailsTheNodeAndKeepsNothingHalfWritten() throws Exception {
        longWords();
        int code = onSmallDisk("cache", 300, "run", "graphs/shout.eidolon", BIG, "--set=slow.steps=1");
        assertThat(err)
                .contains("error: repeat: reading or writing failed: ", "No space left", "Is the disk full")
                .doesNotContain("internal fault", "\tat ");
        assertThat(code).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(out).contains("\"outcome\":\"failed\"");
        assertThat(left()).doesNotContain("staging/");
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
    }

    @Test
    void aFullOutFolderFailsTheNodeThatDelivers() throws Exception {
        longWords();
        int code = onSmallDisk("out", 300, "run", "graphs/shout.eidolon", BIG, "--set=slow.steps=1");
        assertThat(err)
                .contains(
                        "error: export: its files cannot be written into the out folder: ",
                        "out/shout/text.txt.part: No space left",
                        "another folder with --out")
                .doesNotContain("cache/entries", "internal fault", "\tat ");
        assertThat(code).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(left()).doesNotContain("text.txt").doesNotContain(".part").doesNotContain(".tmp");
        assertThat(run(BIG, "--set=slow.steps=1"))
                .as("with room again: %s", err)
                .isZero();
        assertThat(manifest()).as("nothing is computed twice").containsEntry("ran", 0L);
    }

    /** A limit on the size of files stops a write in its middle, as a quota does. */
    @Test
    void aWriteThatBreaksOffLeavesNothing() throws Exception {
        longWords();
        int code = shell("ulimit -f 400; exec \"$@\"", "run", "graphs/shout.eidolon", BIG, "--set=slow.steps=1");
        assertThat(code).as(err).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).contains("error: repeat: reading or writing failed: ", "File too large");
        try (var files = Files.walk(folder.resolve("cache/staging"))) {
            assertThat(files).hasSize(1);
        }
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
        code = shell("ulimit -f 400; exec \"$@\"", "pack", "graphs/shout.eidolon");
        assertThat(code).as("a small one fits: %s", err).isZero();
        byte[] noise = new byte[900_000];
        new java.util.Random(7).nextBytes(noise);
        Files.write(folder.resolve("graphs/assets/words.txt"), noise);
        byte[] before = Files.readAllBytes(folder.resolve("shout.eidolon.zip"));
        code = shell("ulimit -f 400; exec \"$@\"", "pack", "graphs/shout.eidolon");
        assertThat(code).as(err).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--out shout.eidolon.zip", "the pack cannot be written", "File too large");
        assertThat(Files.readAllBytes(folder.resolve("shout.eidolon.zip"))).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run graphs/shout.eidolon --out /proc/none/there | 2 | --out /proc/none/there: the folder cannot be written",
                "run graphs/shout.eidolon --out /proc/none/there --batch 'graphs/assets/*' | 2 | the folder cannot be written",
                "run graphs/shout.eidolon --cache /proc/none     | 2 | --cache /proc/none: the cache folder cannot be used",
                "run graphs/shout.eidolon --out graphs/shout.eidolon | 2 | the folder cannot be written",
                "pack graphs/shout.eidolon --out /proc/none.zip  | 2 | --out /proc/none.zip: the pack cannot be written",
                "cache limit 3G --cache /proc/none               | 2 | the cache folder cannot be used",
            })
    void placesThatMayNotBeWritten(String line, int code, String message) {
        assertThat(eidolon(line.replace("'", "").split(" "))).as(err).isEqualTo(code);
        assertThat(err).contains(message).contains("→").doesNotContain("internal fault");
        assertThat(out).isEmpty();
    }

    @Test
    void aReadOnlyOutFolderKeepsTheOldFiles() throws Exception {
        assertThat(run()).as(err).isZero();
        String mount = "mount --bind out out && mount -o remount,bind,ro out";
        assumeTrue(
                launch(List.of("unshare", "-rm", "sh", "-c", mount)) == 0,
                "read-only folders for everybody need unprivileged name spaces (unshare -rm), which this machine forbids");
        var command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"));
        command.addAll(COMMAND.line("run", "graphs/shout.eidolon", "--seed=9"));
        assertThat(launch(command)).as(err).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("the folder cannot be written", "Read-only file system", "Name another with --out");
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
    }

    @Test
    void aReadOnlyCacheIsTold() throws Exception {
        assertThat(run()).as(err).isZero();
        String mount = "mount --bind cache cache && mount -o remount,bind,ro cache";
        assumeTrue(
                launch(List.of("unshare", "-rm", "sh", "-c", mount)) == 0,
                "read-only folders for everybody need unprivileged name spaces (unshare -rm), which this machine forbids");
        var command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"));
        command.addAll(COMMAND.line("run", "graphs/shout.eidolon", "--seed=9"));
        assertThat(launch(command)).as(err).isEqualTo(ExitCode.INTERNAL);
        assertThat(err).contains("the cache cannot be used: ", "Read-only file system", "--cache or EIDOLON_CACHE");
        assertThat(err).doesNotContain("internal fault");
    }

    @Test
    void damagedCachesAreMadeAgain() throws Exception {
        assertThat(run()).as(err).isZero();
        List<Path> files;
        try (var walk = Files.walk(folder.resolve("cache"))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(8);
        String deep = "[".repeat(100_000);
        for (Path file : files) {
            for (String damage : List.of("", "{\"files\":{\"../../../x\":{\"size\":1}}}", deep, "\0\1\2")) {
                byte[] whole = Files.readAllBytes(file);
                Files.writeString(file, damage);
                assertThat(run()).as("%s with %.20s: %s", file, damage, err).isZero();
                assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
                if (Files.size(file) == damage.length()) {
                    Files.write(file, whole);
                }
            }
        }
    }
}
