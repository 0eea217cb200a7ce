// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Hashes;
import org.eidolon.api.In;
import org.eidolon.api.Json;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Text;
import org.eidolon.engine.FolderClaim;
import org.junit.jupiter.api.Test;

/** What a run leaves in its out folder and on standard output. */
class RunOutputTest extends CommandFixture {
    private Map<?, ?> report() throws IOException {
        return Json.parseObject(Files.readString(folder.resolve("out/shout/report.json")));
    }

    /** Of every node all that a replay or a reader of licences needs. */
    private Map<String, Object> facts() throws IOException {
        var facts = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) report().get("nodes")).forEach((id, node) -> {
            var fields = new LinkedHashMap<Object, Object>((Map<?, ?>) node);
            fields.remove("state");
            facts.put((String) id, fields);
        });
        return facts;
    }

    @Test
    void reportOfAnAnsweredRunHoldsTheFactsOfTheFirst() throws Exception {
        assertThat(run("--seed", "3")).as(err).isZero();
        Map<String, Object> first = facts();
        assertThat(first.get("repeat").toString()).contains("licence=none", "outputs=", "seconds=");
        assertThat(run("--seed", "3")).as(err).isZero();
        assertThat(manifest()).containsEntry("ran", 0L);
        assertThat(facts()).isEqualTo(first);
        assertThat(report().get("seed")).isEqualTo(3L);
    }

    @Test
    void reportNamesFilesAndNoFolders() throws Exception {
        Path photos = Files.createDirectories(folder.resolve("my photos"));
        Files.writeString(photos.resolve("me.txt"), "me ");
        assertThat(run("--set", "read.file=my photos/me.txt")).as(err).isZero();
        String text = Files.readString(folder.resolve("out/shout/report.json"));
        assertThat(text).contains("\"file\": \"me.txt\"").doesNotContain("my photos");
        assertThat(run()).as(err).isZero();
        assertThat(Files.readString(folder.resolve("out/shout/report.json")))
                .contains("\"file\": \"assets/words.txt\"", "\"name\": \"shout.eidolon\"");
        assertNothingNamesTheFolder();
    }

    @Test
    void failuresNameNoFoldersInFiles() throws Exception {
        graph(
                "shout",
                GRAPH.replace("test.slow@1", "test.fail@1")
                        .replace("\"slow\": {", "\"fail\": {")
                        .replace("slow.text", "fail.text"));
        assertThat(run("--set", "fail.how=path")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).as("people are told where").contains("/srv/faces/in/face.png", "/var/log/faces/today.log");
        for (String name : List.of("report.json", "run.jsonl")) {
            assertThat(Files.readString(folder.resolve("out/shout/" + name)))
                    .contains("face.png", "See today.log")
                    .doesNotContain("/var/log", "/in/face");
        }
        assertThat(out).contains("face.png").doesNotContain("/var/log");
        assertNothingNamesTheFolder();
    }

    private void assertNothingNamesTheFolder() throws IOException {
        try (var files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(folder.toString());
            }
        }
        assertThat(out).doesNotContain(folder.toString());
    }

    @Test
    void whatTheRunNoLongerMakesIsRemovedAndNothingElse() throws Exception {
        assertThat(run("--set", "export.name=old.txt")).as(err).isZero();
        Path made = folder.resolve("out/shout");
        Files.writeString(made.resolve("mine.txt"), "the user's own");
        assertThat(run("--set", "export.name=new.txt")).as(err).isZero();
        assertThat(made.resolve("old.txt")).doesNotExist();
        assertThat(made.resolve("new.txt")).exists();
        assertThat(made.resolve("mine.txt")).exists();
        assertThat(manifest().get("removed")).isEqualTo(List.of("old.txt"));
    }

    @Test
    void whatSomebodyChangedStaysAndIsTold() throws Exception {
        assertThat(run("--set", "export.name=old.txt")).as(err).isZero();
        Path old = folder.resolve("out/shout/old.txt");
        Files.writeString(old, "painted over");
        assertThat(run("--set", "export.name=new.txt")).as(err).isZero();
        assertThat(old).hasContent("painted over");
        assertThat(manifest().get("earlier")).isEqualTo(List.of("old.txt"));
        assertThat(err).contains("warning: out/shout: a file is of an earlier run, not of this one: old.txt");
        assertThat(run("--set", "export.name=new.txt")).as(err).isZero();
        assertThat(manifest()).as("the user's from now on").doesNotContainKey("earlier");
    }

    @Test
    void whatTheRunWritesIsNotANodesToOverwrite() throws Exception {
        for (String name : List.of("run.jsonl", "RUN.jsonl", "batch.json", ".eidolon-files.json")) {
            assertThat(run("--set", "export.name=" + name)).as(name).isEqualTo(ExitCode.NODE_FAILED);
            assertThat(err).contains("export: its file " + name + " would overwrite", "Give it another file name");
        }
        assertThat(Files.readAllLines(folder.resolve("out/shout/run.jsonl")))
                .allMatch(line -> line.startsWith("{\"event\":"));
    }

    @Test
    void aLineThatAKilledRunLeftHalfWrittenStaysALineOfItsOwn() throws Exception {
        Path log = folder.resolve("out/shout/run.jsonl");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "{\"event\":\"started\",\"node\":\"read\"}\n{\"event\":\"prog");
        assertThat(run("--resume")).as(err).isZero();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.get(1)).isEqualTo("{\"event\":\"prog");
        assertThat(lines.subList(2, lines.size()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parseObject(line)).containsKey("event"));
    }

    /** Links that somebody has put into the out folder lead no write out of it. */
    @Test
    void linksInTheOutFolderAreNotFollowed() throws Exception {
        Path made = Files.createDirectories(folder.resolve("out/shout"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        var names = List.of("run.jsonl", "report.json", "text.txt", "text.txt.part", ".eidolon-files.json");
        for (String name : names) {
            Files.writeString(elsewhere.resolve(name), "somebody's own");
            Files.createSymbolicLink(made.resolve(name), elsewhere.resolve(name));
        }
        Files.createSymbolicLink(made.resolve("sub"), elsewhere);
        assertThat(run()).as(err).isZero();
        assertThat(made.resolve("text.txt")).hasContent("hey hey 0");
        assertThat(run("--resume")).as(err).isZero();
        for (String name : names) {
            assertThat(elsewhere.resolve(name)).hasContent("somebody's own");
        }
        assertThat(Files.isSymbolicLink(made.resolve("run.jsonl"))).isFalse();
        assertThat(run("--set", "export.name=sub/new.txt")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).contains("out/shout/sub: a link would lead out of the folder");
        assertThat(elsewhere.resolve("new.txt")).doesNotExist();
    }

    /** Removes a folder once a file has come into it, as somebody may who tidies up while a run lasts. */
    @NodeType(id = "test.wreck", category = "Test")
    public record Wreck(
            @In Text text, @Param String folder, @Param String after) implements Node<TestNodes.TextOut> {
        public Wreck() {
            this(null, "", "");
        }

        @Override
        public TestNodes.TextOut run(Run run) throws Exception {
            Path wrecked = Path.of(folder);
            while (!Files.exists(wrecked.resolve(after))) {
                run.checkCancelled();
                Thread.sleep(2);
            }
            Thread.sleep(100); // the engine is through with it
            Hashes.deleteTree(wrecked);
            return new TestNodes.TextOut(text);
        }
    }

    private static final class Wreckers implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Wreck.class);
        }
    }

    @Test
    void aFolderThatIsRemovedDuringTheRunIsWrittenAgain() throws Exception {
        graph("shout", GRAPH.replace("\"slow\": {", """
                "wreck": {
                  "type": "test.wreck@1",
                  "in": { "text": "repeat.text" },
                  "params": { "folder": "%s", "after": "text.txt" }
                },
                "slow": {""".formatted(folder.resolve("out/shout"))));
        Services services = Services.of(new TestNodes(), new Wreckers());
        assertThat(eidolon(services, "run", "graphs/shout.eidolon", "--set", "slow.steps=1"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("out/shout/text.txt")).hasContent("hey hey 0");
        assertThat(folder.resolve("out/shout/report.json")).exists();
        assertThat(err)
                .contains("removed from the out folder while the run lasted, and written again: text.txt")
                .contains("out/shout/run.jsonl: it was removed while the run lasted");
        assertThat(((List<?>) manifest().get("files")).toString())
                .contains("text.txt")
                .doesNotContain("run.jsonl");
        assertThat(eidolon(
                        services, "run", "graphs/shout.eidolon", "--set=slow.steps=1", "--set=export.name=text2.txt"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("out/shout/text.txt"))
                .as("still known as ours")
                .doesNotExist();
    }

    @Test
    void oneRunAtATimeWritesIntoAFolder() throws Exception {
        Files.createDirectories(folder.resolve("out/shout"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("out"));
        try (var other = FolderClaim.take(folder.resolve("out/shout"))) {
            assertThat(other).isNotNull();
            for (String name : List.of("out/shout", "link/shout", "link/../out/shout")) {
                for (String cache : List.of("cache", "another cache")) {
                    assertThat(run("--out", name, "--cache", cache)).isEqualTo(ExitCode.ARGUMENTS);
                    assertThat(err)
                            .contains("--out " + name + ": another run is writing into this folder")
                            .contains("Wait until it is done");
                }
            }
            assertThat(folder.resolve("out/shout/run.jsonl")).doesNotExist();
            var process = new ProcessBuilder(COMMAND.line("run", "graphs/shout.eidolon", "--out", "link/shout"))
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            assertThat(process.waitFor()).as("another process").isEqualTo(ExitCode.ARGUMENTS);
            assertThat(Files.readString(folder.resolve("err"))).contains("another run is writing into this folder");
            assertThat(run("--out", "out/other")).as("elsewhere: %s", err).isZero();
        }
        assertThat(run()).as(err).isZero();
    }

    @Test
    void aRunThatFailsOrIsOfAPartRemovesNothing() throws Exception {
        assertThat(run("--set", "export.name=old.txt")).as(err).isZero();
        assertThat(run("--to", "repeat")).as(err).isZero();
        assertThat(folder.resolve("out/shout/old.txt")).exists();
        assertThat(manifest().get("earlier")).isEqualTo(List.of("old.txt"));
        graph("shout", GRAPH.replace("test.slow@1", "test.fail@1"));
        assertThat(run()).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(folder.resolve("out/shout/old.txt")).exists();
        assertThat(manifest().get("earlier")).isEqualTo(List.of("old.txt"));
        assertThat((List<?>) manifest().get("files")).hasSize(2);
    }
}
