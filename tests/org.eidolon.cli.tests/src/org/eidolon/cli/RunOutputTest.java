// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
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
    void oneRunAtATimeWritesIntoAFolder() throws Exception {
        var cache = new org.eidolon.engine.Cache(folder.resolve("cache"));
        try (var other = cache.claim(folder.resolve("out/shout"))) {
            assertThat(other).isNotNull();
            assertThat(run()).isEqualTo(ExitCode.ARGUMENTS);
            assertThat(err)
                    .contains("--out out/shout: another run is writing into this folder", "Wait until it is done");
            assertThat(folder.resolve("out")).doesNotExist();
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
