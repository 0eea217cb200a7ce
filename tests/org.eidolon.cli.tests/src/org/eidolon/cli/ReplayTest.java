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
import org.eidolon.api.NodeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are run again from their records, and what is told where they are not as they were. */
class ReplayTest extends CommandFixture {
    private static final Services THEN = Services.of(new TestNodes(), ReplayNodes.then());

    private static Services now(NodeLibrary library) {
        return Services.of(new TestNodes(), library);
    }

    /** What a check or a plan says of each node. */
    private Map<String, String> results() {
        var results = new LinkedHashMap<String, String>();
        ((List<?>) manifest().get("nodes")).forEach(row -> {
            Map<?, ?> node = (Map<?, ?>) row;
            results.put((String) node.get("node"), (String) node.get("result"));
        });
        return results;
    }

    private Path report() {
        return folder.resolve("out/shout/report.json");
    }

    private void chain(String... nodes) throws IOException {
        var text = new StringBuilder("{\"eidolon\": 1, \"nodes\": {");
        for (int i = 0; i < nodes.length; i++) {
            text.append(i == 0 ? "" : ", ").append("\"n" + i + "\": {\"type\": \"" + nodes[i] + "\"");
            text.append(i == 0 ? "}" : ", \"in\": {\"text\": \"n" + (i - 1) + ".text\"}}");
        }
        graph("chain", text + "}}");
        assertThat(eidolon(THEN, "run", "graphs/chain.eidolon")).as(err).isZero();
    }

    @Test
    void aRunIsMadeAgainWithAllThatTheUserHadSet() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "ho ");
        assertThat(run("--input", "words=mine.txt", "--set", "repeat.times=3", "--seed", "7"))
                .as(err)
                .isZero();
        Files.delete(folder.resolve("graphs/shout.eidolon"));
        assertThat(eidolon("replay", "out/shout")).as(err).isZero();
        assertThat(manifest())
                .containsEntry("out", "out/shout-replay")
                .containsEntry("ran", 0L)
                .containsEntry("asRecorded", true);
        assertThat(folder.resolve("out/shout-replay/text.txt")).hasContent("ho ho ho 7");
        assertThat(eidolon(
                        "replay", "out/shout/report.json", "--out", "again", "--cache", "other", "--files", "mine.txt"))
                .as(err)
                .isZero();
        assertThat(manifest()).containsEntry("ran", 4L).containsEntry("asRecorded", true);
        assertThat(folder.resolve("again/text.txt")).hasContent("ho ho ho 7");
        assertThat(Files.readString(report())).doesNotContain(folder.toString());
    }

    @Test
    void aCheckRunsEverythingElsewhereAndFindsTheSame() throws Exception {
        assertThat(run("--seed", "3")).as(err).isZero();
        List<String> before = Hashes.files(folder);
        assertThat(eidolon("replay", "out/shout", "--check")).as(err).isZero();
        assertThat(manifest()).containsEntry("outcome", "same").containsEntry("versions", List.of());
        assertThat(results())
                .containsExactly(
                        Map.entry("read", "same"),
                        Map.entry("repeat", "same"),
                        Map.entry("slow", "same"),
                        Map.entry("export", "same"));
        assertThat(err).contains("slow: started (everything is to run afresh)", "the same as recorded");
        assertThat(Hashes.files(folder)).as("nothing is kept").isEqualTo(before);
        assertThat(eidolon("replay", "out/shout", "--plan")).as(err).isZero();
        assertThat(manifest()).containsEntry("outcome", "planned").containsEntry("same", true);
        assertThat(err).doesNotContain("started");
    }

    @Test
    void aNewVersionOfANodeIsToldWithWhatFollowsIt() throws Exception {
        chain("test.say@1", "test.picky@1", "test.carry@1");
        for (String mode : List.of("--plan", "--check")) {
            assertThat(eidolon(now(ReplayNodes.updated()), "replay", "out/chain", mode))
                    .isEqualTo(ExitCode.NODE_FAILED);
            assertThat(results()).containsEntry("n0", "differs").containsEntry("n1", "differs");
            assertThat(err)
                    .contains("n0    differs       node version test.say@1 then, test.say@2 now")
                    .contains("n1    differs       its input text comes from n0, which differs")
                    .contains("3 nodes of 3 are not as recorded");
        }
    }

    @Test
    void anotherBuildThatMakesTheSameIsTheSame() throws Exception {
        chain("test.say@1", "test.picky@1", "test.carry@1");
        assertThat(eidolon(now(ReplayNodes.rebuilt()), "replay", "out/chain", "--plan"))
                .isEqualTo(ExitCode.NODE_FAILED);
        assertThat(eidolon(now(ReplayNodes.rebuilt()), "replay", "out/chain", "--check"))
                .as(err)
                .isZero();
        assertThat(manifest()).containsEntry("outcome", "same");
        assertThat(out).contains("\"ranWithTheSame\":false", "other code: say 1 then, 2 now");
    }

    @Test
    void otherWeightsAreTold() throws Exception {
        ReplayNodes.weights = Map.of("prior/a", "a".repeat(64));
        chain("test.weighty@1");
        ReplayNodes.weights = Map.of("prior/a", "b".repeat(64));
        assertThat(eidolon(THEN, "replay", "out/chain", "--check")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err)
                .contains(
                        "other weights prior/a: sha256 aaaaaaaa… then, bbbbbbbb… now",
                        "1 node of 1 is not as recorded");
    }

    @Test
    void whatAnotherMachineDecidesIsAnotherKeyAndIsTold() throws Exception {
        ReplayNodes.precision = "bfloat16";
        chain("test.precise@1");
        assertThat(eidolon(THEN, "replay", "out/chain", "--check")).as(err).isZero();
        ReplayNodes.precision = "float32";
        assertThat(eidolon(THEN, "run", "graphs/chain.eidolon")).as(err).isZero();
        assertThat(manifest()).as("the cache has what the other one made").containsEntry("ran", 1L);
        assertThat(err).contains("machine precision changed from bfloat16 to float32");
        ReplayNodes.precision = "bfloat16";
        assertThat(eidolon(THEN, "replay", "out/chain", "--check")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).contains("machine precision float32 then, bfloat16 now");
    }

    @Test
    void chanceThatNoSeedGivesIsFoundOut() throws Exception {
        chain("test.say@1", "test.noise@1", "test.picky@1");
        assertThat(eidolon(THEN, "replay", "out/chain", "--plan")).as(err).isZero();
        assertThat(eidolon(THEN, "replay", "out/chain", "--check")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(results())
                .containsEntry("n0", "same")
                .containsEntry("n1", "differs")
                .containsEntry("n2", "differs");
        assertThat(err)
                .contains("it ran with the same and gave other bytes", "draws chance that no seed gives")
                .contains("which differs; text: value is another");
        assertThat(eidolon(THEN, "replay", "out/chain", "--check", "--cache", "other"))
                .isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err).as("what was recorded is not there").doesNotContain("is another");
    }

    @Test
    void anotherDeviceIsTold() throws Exception {
        graph("where", "{\"eidolon\": 1, \"nodes\": {\"w\": {\"type\": \"test.where@1\"}}}");
        Services gpu = ReplayNodes.withGpu(new TestNodes());
        assertThat(eidolon(gpu, "run", "graphs/where.eidolon")).as(err).isZero();
        assertThat(eidolon(gpu, "replay", "out/where", "--check")).as(err).isZero();
        assertThat(eidolon("replay", "out/where", "--check")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(err)
                .contains("warning: out/where: the run was recorded on cuda:0, and this goes to cpu")
                .contains("device cuda then, cpu now", "devices: [cuda:0] then, [cpu] now")
                .doesNotContain("quality standard then");
        assertThat(run()).as(err).isZero();
        assertThat(eidolon(gpu, "replay", "out/shout", "--check"))
                .as("a record of the CPU stays there: %s", err)
                .isZero();
    }

    @Test
    void aMissingInputIsNamedWithWhatToDo() throws Exception {
        run();
        Files.move(folder.resolve("graphs/assets/words.txt"), folder.resolve("elsewhere.txt"));
        for (String mode : List.of("--check", "--plan", "--out=again")) {
            assertThat(eidolon("replay", "out/shout", mode)).isEqualTo(ExitCode.GRAPH);
            assertThat(err)
                    .contains(
                            "out/shout: read.file: the file 'assets/words.txt' of the recorded run is not found (sha256 "
                                    + Hashes.of("hey "))
                    .contains("Give it, or the folder where it lies, by --files");
            assertThat(out).isEmpty();
        }
        assertThat(eidolon("replay", "out/shout", "--check", "--files", "elsewhere.txt"))
                .as(err)
                .isZero();
        assertThat(eidolon("replay", "out/shout", "--files", "gone")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--files gone: there is no such file or folder that can be read");
    }

    @Test
    void aChangedInputIsRefusedAndComparedByACheck() throws Exception {
        run();
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "hi ");
        assertThat(eidolon("replay", "out/shout", "--files", "graphs")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("words.txt' is not the file of the recorded run", "--check runs with the changed one");
        assertThat(eidolon("replay", "out/shout", "--check", "--files", "graphs"))
                .isEqualTo(ExitCode.NODE_FAILED);
        assertThat(results()).containsValue("differs").doesNotContainValue("same");
        assertThat(err)
                .contains("read    differs       another file file: sha256 "
                        + Hashes.of("hey ").substring(0, 8));
    }

    @Test
    void settingsInSubgraphsAndFilesOfOneNameAreKept() throws Exception {
        Files.createDirectories(folder.resolve("graphs/inner"));
        Files.createDirectories(folder.resolve("far"));
        Files.writeString(folder.resolve("graphs/inner/words.txt"), "in ");
        Files.writeString(folder.resolve("far/words.txt"), "far ");
        Files.writeString(folder.resolve("words.txt"), "near ");
        graph("inner/graph", """
                {"eidolon": 1, "inputs": {"times": "r.times"}, "outputs": {"said": "r.text"}, "nodes": {
                  "f": {"type": "test.read@1", "params": {"file": "words.txt"}},
                  "r": {"type": "test.repeat@2", "in": {"text": "f.text"}}}}
                """);
        graph("outer", """
                {"eidolon": 1, "nodes": {
                  "a": {"type": "graph@1", "params": {"file": "inner/graph.eidolon"}},
                  "b": {"type": "graph@1", "params": {"file": "inner/graph.eidolon", "times": 1}},
                  "top": {"type": "test.read@1"},
                  "all": {"type": "test.export@1", "in": {"texts": ["a.said", "b.said", "top.text"]}},
                  "carry": {"type": "test.carry@1", "in": {"text": "top.text"}}}}
                """);
        assertThat(eidolon(
                        THEN,
                        "run",
                        "graphs/outer.eidolon",
                        "--set",
                        "a/f.file=far/words.txt",
                        "--set",
                        "a.times=3",
                        "--set",
                        "top.file=words.txt"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("out/outer/text.txt")).hasContent("far far far in near ");
        Hashes.deleteTree(folder.resolve("graphs/inner"));
        Files.writeString(folder.resolve("in.txt"), "in ");
        assertThat(eidolon(THEN, "replay", "out/outer", "--check", "--files", "in.txt", "--files", "far"))
                .as(err)
                .isZero();
        assertThat(results()).hasSize(7).containsEntry("a/f", "same").containsEntry("carry", "same");
        assertThat(eidolon(THEN, "replay", "out/outer", "--files", "in.txt", "--out", "again"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("again/text.txt")).hasContent("far far far in near ");
    }

    @Test
    void aPartIsReplayedAsThatPart() throws Exception {
        assertThat(run("--to", "repeat")).as(err).isZero();
        assertThat(eidolon("replay", "out/shout", "--check")).as(err).isZero();
        assertThat(results()).containsOnlyKeys("read", "repeat");
    }

    @Test
    void aGlbLeadsToTheRecordOfItsRunAlone() throws Exception {
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "glTF");
        assertThat(run("--set", "export.name=deep/head.glb")).as(err).isZero();
        assertThat(eidolon("replay", "out/shout/deep/head.glb", "--check"))
                .as(err)
                .isZero();
        Files.copy(folder.resolve("out/shout/deep/head.glb"), folder.resolve("lonely.glb"));
        assertThat(eidolon("replay", "lonely.glb", "--check")).isEqualTo(ExitCode.GRAPH);
        assertThat(err)
                .contains(
                        "lonely.glb: no record of the run lies beside this GLB",
                        "'eidolon run lonely.glb' runs the graph");
        Files.writeString(folder.resolve("out/shout/deep/head.glb"), "glTFx");
        assertThat(eidolon("replay", "out/shout/deep/head.glb")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("of another run, or the GLB was changed since");
        assertThat(eidolon("replay", "out/shout", "--check")).as(err).isZero();
        assertThat(err).contains("warning: deep/head.glb: the file was changed since the recorded run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"times\": 2          | \"times\": 3          | out/shout: nodes.repeat: what the record says of this node does not give its key",
                "\"seed\": 0           | \"seed\": 1           | out/shout: nodes.slow: what the record says",
                "\"schema\": 2         | \"schema\": 1         | this record is of an older version (record schema 1)",
                "\"schema\": 2         | \"schema\": 3         | this record is of a newer version",
                "\"quality\": \"draft\"| \"quality\": \"deep\" | its quality or its devices cannot be read",
                "\"asRun\"             | \"asrun\"             | out/shout: graph.asRun: the record lacks a text",
                "shout.eidolon\"      | ../shout.eidolon\"   | out/shout: graph.name: the record should have the name of a file here",
                "\"read.text\"         | \"raed.text\"         | nodes.repeat.inputs.text: the record has no node before it for 'raed.text'",
                "\"state\":            | \"state               | this is no record of a run: line",
                "assets/words.txt\"    | ../words.txt\"        | the path leaves the graph's folder by '..'",
            })
    void aRecordThatWasChangedIsRefused(String before, String after, String message) throws Exception {
        run();
        String text = Files.readString(report());
        assertThat(text).contains(before.strip());
        Files.writeString(report(), text.replace(before.strip(), after.strip()));
        assertThat(eidolon("replay", "out/shout", "--check")).as(err).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains(message);
        assertThat(out).isEmpty();
    }

    @Test
    void whatIsNoRecordIsSaid() throws Exception {
        assertThat(eidolon("replay", "nowhere")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("nowhere: there is no such file or folder");
        assertThat(eidolon("replay", "graphs")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("there is no report.json in this folder", "Name the out folder of a run");
        assertThat(eidolon("run", "graphs/shout.eidolon", "--batch", "words=graphs/assets/*.txt", "--out", "many"))
                .as(err)
                .isZero();
        assertThat(eidolon("replay", "many")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("name the folder of one of its items");
        assertThat(eidolon("replay", "many/words", "--check")).as(err).isZero();
        assertThat(eidolon("replay", "graphs/shout.eidolon")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("schema: the record lacks a whole number");
        assertThat(eidolon("replay", "many/words", "--progress", "loud")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--progress: 'loud' is not one of auto, plain, json");
        assertThat(eidolon("replay", "many/words", "--check", "--plan")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("mutually exclusive");
    }

    @Test
    void aRunThatFailedIsComparedAsFarAsItCame() throws Exception {
        chain("test.say@1", "test.picky@1");
        graph(
                "half",
                "{\"eidolon\": 1, \"nodes\": {\"s\": {\"type\": \"test.say@1\"}, "
                        + "\"f\": {\"type\": \"test.fail@1\", \"in\": {\"text\": \"s.text\"}}}}");
        assertThat(eidolon(THEN, "run", "graphs/half.eidolon")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(eidolon(THEN, "replay", "out/half", "--check")).isEqualTo(ExitCode.NODE_FAILED);
        assertThat(results()).containsEntry("s", "same").containsEntry("f", "not recorded");
        assertThat(err)
                .contains("warning: out/half: the recorded run did not come to its good end (failed)")
                .contains("the same as recorded; 1 node without a recorded result");
    }

    @Test
    void aNodeThatFailsNowIsItsOwnExitCode() throws Exception {
        graph(
                "ugly",
                "{\"eidolon\": 1, \"nodes\": {\"r\": {\"type\": \"test.read@1\", \"params\": {\"file\": \"assets/words.txt\"}}, \"p\": {\"type\": \"test.picky@1\", \"in\": {\"text\": \"r.text\"}}}}");
        assertThat(eidolon("run", "graphs/ugly.eidolon")).as(err).isZero();
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "ugly");
        assertThat(eidolon("replay", "out/ugly", "--check", "--files", "graphs"))
                .isEqualTo(ExitCode.NODE_FAILED);
        assertThat(manifest()).containsEntry("outcome", "failed");
        assertThat(results()).containsEntry("r", "differs").containsEntry("p", "not run");
    }
}
