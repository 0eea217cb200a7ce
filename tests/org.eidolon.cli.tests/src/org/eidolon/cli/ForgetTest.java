// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After {@code forget} no file that the program wrote holds a person's words, pictures or names. */
class ForgetTest extends CommandFixture {
    private static final String WORDS = "the secret of Ada ";
    private final String temporaryBefore = System.getProperty("java.io.tmpdir");
    private Path temporary;

    @BeforeEach
    void keepThings() throws Exception {
        temporary = Files.createDirectories(folder.resolve("tmp"));
        System.setProperty("java.io.tmpdir", temporary.toString());
        Files.writeString(folder.resolve("graphs/assets/words.txt"), WORDS);
        assertThat(command("run", "graphs/shout.eidolon")).as(err).isZero();
        for (String place : List.of(
                "cache/previews/abc.png",
                "cache/staging/left/half",
                "cache/checkpoints/" + Hashes.of("x") + "/3/state/at",
                "cache/start/123-command/crash-7.log",
                "state/eidolon/studio/.metadata/.plugins/queue/1.eidolon",
                "state/eidolon/studio/open",
                "state/eidolon/studio-2/journal",
                "tmp/eidolon-previews77/preview-1/image.png")) {
            Files.createDirectories(folder.resolve(place).getParent());
            Files.writeString(folder.resolve(place), WORDS);
        }
        Files.writeString(folder.resolve("cache/start/123-command/config.ini"), "osgi");
        Files.writeString(folder.resolve("tmp/other"), "somebody's own");
    }

    @AfterEach
    void putBack() {
        System.setProperty("java.io.tmpdir", temporaryBefore);
    }

    private int command(String... arguments) {
        var outBytes = new ByteArrayOutputStream();
        var errBytes = new ByteArrayOutputStream();
        int code = new Eidolon(
                        Services.of(new TestNodes()),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                        Map.of(
                                "EIDOLON_CACHE", folder.resolve("cache").toString(),
                                "XDG_STATE_HOME", folder.resolve("state").toString()),
                        folder,
                        false)
                .run(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private List<String> holding(String words) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void onlyWhatIsTheUsersStays() throws Exception {
        assertThat(holding(WORDS)).hasSizeGreaterThan(10);
        assertThat(command("forget")).as(err).isZero();
        assertThat(holding(WORDS)).containsExactly("graphs/assets/words.txt", "out/shout/text.txt");
        assertThat(holding("words.txt"))
                .as("names of files")
                .allMatch(file -> file.startsWith("out/") || file.startsWith("graphs/"));
        assertThat(folder.resolve("tmp/other")).exists();
        assertThat(folder.resolve("cache/start/123-command/config.ini")).exists();
        assertThat(manifest()).containsEntry("complete", true);
        assertThat(((List<?>) manifest().get("deleted")).toString()).contains("studio-2", "eidolon-previews77");
        assertThat(command("run", "graphs/shout.eidolon")).as(err).isZero();
        assertThat(manifest()).containsEntry("cached", 0L);
    }

    @Test
    void cleaningTheCacheTakesThePreviewsToo() throws Exception {
        assertThat(command("cache", "show")).isZero();
        long rest = (Long) manifest().get("otherBytes");
        assertThat(rest).as("previews count").isGreaterThan(2 * WORDS.length());
        assertThat(command("cache", "clean")).as(err).isZero();
        assertThat(holding(WORDS)).allMatch(file -> !file.startsWith("cache/") || file.startsWith("cache/start/"));
        assertThat(command("cache", "show")).isZero();
        assertThat(manifest()).containsEntry("otherBytes", 0L).containsEntry("results", 0L);
    }

    /** A flipped bit in an archive of classes crashes each later start, whose advice is to clean. */
    @Test
    void whatIsDerivedIsMadeAnewAfterCleaning() throws Exception {
        for (String derived :
                List.of("start/123-command/classes.jsa", "start/9-bundles/compute.jsa", "djl/pytorch/lib.so")) {
            Files.createDirectories(folder.resolve("cache/" + derived).getParent());
            Files.writeString(folder.resolve("cache/" + derived), "damaged");
        }
        assertThat(command("cache", "clean")).as(err).isZero();
        assertThat(holding("damaged")).isEmpty();
        assertThat(folder.resolve("cache/start/123-command/config.ini")).exists();
    }

    @Test
    void whatAnOpenStudioOrARunUsesStaysAndIsTold() throws Exception {
        Path lock = folder.resolve("state/eidolon/studio/.metadata/.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(command("forget")).isEqualTo(ExitCode.ARGUMENTS);
            assertThat(err).contains("eidolon/studio: a studio is open that works with it", "Close it");
            assertThat(manifest()).containsEntry("complete", false);
            assertThat(folder.resolve("state/eidolon/studio/open")).exists();
            assertThat(folder.resolve("state/eidolon/studio-2")).doesNotExist();
        }
        assertThat(command("forget")).as(err).isZero();
    }
}
