// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eidolon.api.Json;
import org.junit.jupiter.api.Test;

/** Runs in a process of their own that is cancelled or killed. */
class InterruptTest extends CommandFixture {
    private Process start(String... more) throws Exception {
        var command = COMMAND.line("run", "graphs/shout.eidolon", "--progress=json", "--set", "slow.steps=700");
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out.json").toFile());
        builder.environment().put("EIDOLON_CACHE", folder.resolve("cache").toString());
        return builder.start();
    }

    private void awaitProgress(Process process) throws Exception {
        for (int i = 0; i < 300; i++) {
            String text = Files.readString(folder.resolve("err"));
            if (text.contains("\"progress\"") && text.contains("\"slow\"")) {
                Thread.sleep(200);
                return;
            }
            assertThat(process.isAlive()).as(text).isTrue();
            Thread.sleep(50);
        }
        throw new AssertionError("no progress: " + Files.readString(folder.resolve("err")));
    }

    @Test
    void cancelledRunEndsPromptlyWith130AndResumes() throws Exception {
        Process process = start();
        awaitProgress(process);
        process.destroy(); // SIGTERM takes the way that Ctrl-C takes
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.CANCELLED);
        List<String> err = Files.readAllLines(folder.resolve("err"));
        assertThat(err).allSatisfy(line -> assertThat(Json.parseObject(line)).containsKey("event"));
        assertThat(err.get(err.size() - 1)).contains("\"outcome\":\"cancelled\"");
        assertThat(Json.parseObject(Files.readString(folder.resolve("out.json"))))
                .containsEntry("outcome", "cancelled");
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();

        assertThat(run("--resume", "--set", "slow.steps=700")).isZero();
        assertThat(this.err).contains("goes on at ");
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
    }

    @Test
    void killedRunResumesAndKeepsItsEvents() throws Exception {
        Process process = start();
        awaitProgress(process);
        process.destroyForcibly().waitFor();
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
        int events = Files.readAllLines(folder.resolve("out/shout/run.jsonl")).size();
        assertThat(events).isGreaterThan(3);
        assertThat(run("--resume", "--set", "slow.steps=700")).isZero();
        assertThat(err).contains("goes on at ", "read: from the cache");
        Path log = folder.resolve("out/shout/run.jsonl");
        assertThat(Files.readAllLines(log)).hasSizeGreaterThan(events);
        assertThat(run("--resume", "--set", "slow.steps=700")).isZero();
        assertThat(Files.readAllLines(log))
                .as("a run that came to its end is not gone on with")
                .filteredOn(line -> line.contains("\"event\":\"planned\""))
                .hasSize(1);
    }

    @Test
    void aCancelledBatchSaysHowFarItCameAndGoesOn() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".txt"), name);
        }
        Process process = start("--batch", "*.txt");
        awaitProgress(process);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.CANCELLED);
        var batch = Json.parseObject(Files.readString(folder.resolve("out/shout/batch.json")));
        assertThat(batch).containsEntry("outcome", "cancelled").containsEntry("done", 0L);
        assertThat(batch.toString()).contains("outcome=cancelled", "outcome=waiting");
        assertThat(Json.parseObject(Files.readString(folder.resolve("out.json"))))
                .isEqualTo(batch);

        assertThat(run("--batch", "*.txt", "--set", "slow.steps=700", "--resume", "--retry"))
                .as(err)
                .isZero();
        assertThat(err).contains("goes on at ", "3 of 3 items done");
        assertThat(folder.resolve("out/shout/c/text.txt")).hasContent("cc0");
    }
}
