// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest extends CommandFixture {
    private String exported() throws Exception {
        return Files.readString(folder.resolve("out/shout/text.txt"));
    }

    @Test
    void runsAndPrintsOneManifest() throws Exception {
        assertThat(run()).as(err).isZero();
        assertThat(exported()).isEqualTo("hey hey 0");
        assertThat(out.lines()).hasSize(1);
        assertThat(manifest())
                .containsEntry("outcome", "done")
                .containsEntry("ran", 4L)
                .containsEntry("cached", 0L)
                .containsEntry("out", "out/shout")
                .containsEntry("graph", "graphs/shout.eidolon")
                .containsEntry("quality", "draft");
        assertThat(out).contains("\"path\":\"text.txt\",\"node\":\"export\",\"bytes\":9,\"sha256\":\"");
        assertThat(err)
                .contains(
                        "quality is draft because this runs on the CPU",
                        "warning: repeat: a warning of the node",
                        "noise on standard output",
                        "noise on standard error",
                        "done (4 ran");
    }

    @Test
    void writesReportAndEvents() throws Exception {
        run();
        Map<String, Object> report = Json.parseObject(Files.readString(folder.resolve("out/shout/report.json")));
        assertThat(report)
                .containsEntry("seed", 0L)
                .containsEntry("outcome", "done")
                .containsKeys("nodes", "machine");
        assertThat(report.toString()).contains("licence=none");
        List<String> lines = Files.readAllLines(folder.resolve("out/shout/run.jsonl"));
        assertThat(lines).allSatisfy(line -> assertThat(Json.parseObject(line)).containsKeys("event", "time"));
        assertThat(lines.get(0)).contains("\"planned\"");
        assertThat(lines.get(lines.size() - 1)).contains("\"ended\"");
    }

    @Test
    void reportOfANodeIsKeptInside() throws Exception {
        graph(
                "shout",
                GRAPH.replace(
                        "\"texts\": \"slow.text\"\n      }",
                        "\"texts\": \"read.text\"\n      },\n      \"params\": {\n        \"name\": \"report.json\"\n      }"));
        Files.writeString(folder.resolve("graphs/assets/words.txt"), "{\"similarity\": 0.5}");
        assertThat(run()).as(err).isZero();
        assertThat(run()).as(err).isZero();
        Map<String, Object> report = Json.parseObject(Files.readString(folder.resolve("out/shout/report.json")));
        assertThat(report.get("report")).isEqualTo(Map.of("similarity", 0.5));
    }

    @Test
    void secondRunIsAnsweredFromTheCacheAndSaysSo() {
        run();
        assertThat(run()).isZero();
        assertThat(manifest()).containsEntry("ran", 0L);
        assertThat(err).contains("export: from the cache", "nothing had changed: all from the cache");
    }

    @Test
    void changedParameterRunsOnlyWhatDependsOnIt() throws Exception {
        run();
        assertThat(run("--set", "slow.steps=3")).isZero();
        assertThat(manifest()).containsEntry("ran", 2L);
        assertThat(err).contains("slow: started (").doesNotContain("repeat: started");
    }

    @Test
    void setConvertsTypesAndResolvesPathsAgainstTheWorkingFolder() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "ho=");
        assertThat(run(
                        "--set",
                        "read.file=mine.txt",
                        "--set=repeat.times= 3 ",
                        "--set",
                        "repeat.letters=upper",
                        "--set",
                        "repeat.loud=true",
                        "--set",
                        "repeat.share=0.25",
                        "--seed",
                        "7",
                        "--out",
                        "made/here"))
                .as(err)
                .isZero();
        assertThat(Files.readString(folder.resolve("made/here/text.txt"))).isEqualTo("HO=HO=HO=7");
    }

    @Test
    void whatIsAutoIsSetAndToldByTheReport() throws Exception {
        assertThat(run("--set", "export.letters=3")).as(err).isZero();
        assertThat(Files.readString(folder.resolve("out/shout/text.txt"))).hasSize(3);
        assertThat(run("--set", "export.letters=auto")).as(err).isZero();
        String all = Files.readString(folder.resolve("out/shout/text.txt"));
        assertThat(all).hasSizeGreaterThan(3);
        Map<?, ?> nodes = (Map<?, ?>) Json.parseObject(Files.readString(folder.resolve("out/shout/report.json")))
                .get("nodes");
        assertThat((Map<?, ?>) ((Map<?, ?>) nodes.get("export")).get("parameters"))
                .extracting("letters")
                .isEqualTo("auto");
        assertThat(((Map<?, ?>) ((Map<?, ?>) nodes.get("export")).get("facts")).get("auto"))
                .isEqualTo(Map.of("letters", (long) all.length()));
        assertThat(run("--set", "export.letters=100")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("100 is out of range (1 to 99 letters, or auto)", "or auto: all that there are");
    }

    @Test
    void inputsAndParamsFileAndPrecedence() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "a");
        Files.writeString(
                folder.resolve("p.json"),
                "{\"set\": {\"repeat.times\": 9, \"slow.steps\": 2}, \"inputs\": {\"words\": \"mine.txt\"}}");
        assertThat(run("--params", "p.json", "--input", "times=4", "--set", "repeat.times=3"))
                .as(err)
                .isZero();
        assertThat(exported()).isEqualTo("aaa0");
        assertThat(run("--input", "times=4", "--input", "words=mine.txt"))
                .as(err)
                .isZero();
        assertThat(exported()).isEqualTo("aaaa0");
    }

    @Test
    void targetRunsOnlyWhatItNeeds() {
        assertThat(run("--to", "repeat")).isZero();
        assertThat(manifest()).containsEntry("ran", 2L);
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
    }

    @Test
    void dryRunRunsNothing() {
        run("--to", "repeat");
        assertThat(run("--dry-run", "--out", "nowhere")).as(err).isZero();
        assertThat(manifest().get("nodes"))
                .asString()
                .contains("node=slow")
                .containsPattern("run=true")
                .containsPattern("run=false")
                .contains("it has not run in this graph before");
        assertThat(err).contains("would run (it has not run in this graph before)");
        assertThat(folder.resolve("nowhere")).doesNotExist();
        run();
        assertThat(run("--dry-run")).isZero();
        assertThat(err).contains("nothing has changed").doesNotContain("would run (");
        assertThat(run("--dry-run", "--set", "repeat.times=5")).isZero();
        assertThat(err).contains("repeat would run (parameter times changed from");
        assertThat(run("--dry-run", "--fresh")).isZero();
        assertThat(err).contains("read would run (everything is to run afresh)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--set reed.file=x            | --set reed.file: graphs/shout.eidolon has no node 'reed' | Did you mean 'read'?",
                "--set repeat.tiems=3         | node 'repeat' (test.repeat) has no parameter 'tiems' | Did you mean 'times'?",
                "--set repeat.times=many      | --set repeat.times: 'many' is not a whole number (1 to 9 times) | Its type is integer",
                "--set repeat.times=10        | 10 is out of range (1 to 9 times) | integer",
                "--set repeat.share=NaN       | 'NaN' is not a number (0 to 1) | number",
                "--set repeat.letters=uper    | 'uper' is not one of as-it-is, upper | Did you mean 'upper'?",
                "--set repeat.text=hey        | is an input, which takes a link | parameters are times",
                "--set read.file=absent.txt   | there is no file 'absent.txt' that can be read | The path is taken from",
                "--set repeat                 | 'repeat' has no '=' | Write --set node.parameter=value",
                "--input tims=3               | declares no input 'tims' | Did you mean 'times'?",
                "--params none.json           | there is no such file | none.json",
                "--to exprt                   | has no node 'exprt' | Did you mean 'export'?",
                "--quality drafty             | 'drafty' is not one of auto, draft, standard, high | Did you mean 'draft'?",
                "--device cuda:3              | there is no device cuda:3 | doctor",
                "--device gpu                 | 'gpu' is not a device | cuda:0",
                "--seed x                     | 'x' is not a long | --help",
                "--sed 3                      | unknown option '--sed' | Did you mean '--seed'?",
                "--libtorch none              | there is no such folder | lib folder",
                "--out graphs/shout.eidolon   | the folder cannot be written | --out",
                "--cache graphs/shout.eidolon | the cache folder cannot be used | --cache",
            })
    void wrongArgumentsAreExitCode2(String option, String message, String advice) {
        assertThat(run(option.strip().split(" "))).as(err).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains(message).contains(advice);
        assertThat(out).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"eidolon\": 1,     | \"eidolon\": 1        | graphs/shout.eidolon:3:3: eidolon: expected ',' or '}'",
                "test.slow@1         | test.slwo@1           | graphs/shout.eidolon:21:13: nodes.slow: there is no node type 'test.slwo'",
                "test.slow@1         | test.slwo@1           | Did you mean 'test.slow'?",
                "\"repeat.text\"     | \"repaet.text\"       | nodes.slow.in.text: there is no node 'repaet'",
                "\"repeat.text\"     | \"repeat.txt\"        | has no output 'txt'",
                "\"read.text\"       | \"export.files\"      | circle",
                "assets/words.txt    | assets/gone.txt       | does not exist",
                "assets/words.txt    | ../outside.txt        | leaves the graph's folder",
                "\"file\": \"assets  | \"fiel\": \"assets    | Did you mean 'file'?",
                "test.repeat@2       | test.repeat@3         | Install a newer version",
            })
    void brokenGraphsAreExitCode3(String good, String bad, String message) throws Exception {
        graph("shout", GRAPH.replace(good.strip(), bad.strip()));
        assertThat(run()).as(err).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains(message);
        assertThat(out).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void missingGraphNamesTheNearestOne() {
        assertThat(eidolon("run", "graphs/shuot.eidolon")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("graphs/shuot.eidolon: there is no such file", "Did you mean 'shout.eidolon'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reason | 4 | fail: there is no face in the photo | Take another photo",
                "fault  | 4 | unexpected IllegalStateException: broken | please report it",
                "memory | 5 | 80 GiB were wanted | --device cpu",
            })
    void failedNodesAreToldWithAdvice(String how, int code, String message, String advice) throws Exception {
        graph(
                "shout",
                GRAPH.replace("test.slow@1", "test.fail@1")
                        .replace("\"slow\": {", "\"fail\": {")
                        .replace("slow.text", "fail.text"));
        assertThat(run("--set", "fail.how=" + how)).as(err).isEqualTo(code);
        assertThat(err).contains(message).contains(advice);
        assertThat(manifest())
                .containsEntry("outcome", code == 5 ? "out-of-gpu-memory" : "failed")
                .containsKey("failures");
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
    }

    @Test
    void everyLineOfJsonProgressIsAnObject() {
        assertThat(run("--progress", "json")).as(err).isZero();
        assertThat(events()).allSatisfy(event -> assertThat(event).containsKeys("event", "time"));
        assertThat(events())
                .extracting(event -> event.get("event"))
                .contains("planned", "started", "progress", "log", "finished", "ended", "output", "info");
        assertThat(run("--progress=json", "--set", "reed.file=x")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(events())
                .last()
                .satisfies(event ->
                        assertThat(event).containsEntry("event", "error").containsKeys("where", "message", "advice"));
        assertThat(run("--progress=json", "--unknown")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(events()).hasSize(1);
    }

    @Test
    void changedFileIsUsedWithAWarning() throws Exception {
        graph(
                "shout",
                GRAPH.replace(
                        "  }\n}\n",
                        "  },\n  \"files\": {\n    \"assets/words.txt\": \"" + "0".repeat(64) + "\"\n  }\n}\n"));
        assertThat(run()).as(err).isZero();
        assertThat(err)
                .contains("warning: graphs/shout.eidolon:35:25: files.assets/words.txt: the file "
                        + "'assets/words.txt' has changed");
        assertThat(out).contains("\"warnings\":[");
    }

    @Test
    void subgraphsRunWithTheirSettings() throws Exception {
        graph(
                "inner",
                GRAPH.replace("  \"nodes\"", "  \"outputs\": {\n    \"text\": \"slow.text\"\n  },\n  \"nodes\""));
        graph("outer", """
                {
                  "eidolon": 1,
                  "nodes": {
                    "sub": { "type": "graph@1", "params": { "file": "inner.eidolon" } },
                    "export": { "type": "test.export@1", "in": { "texts": "sub.text" } }
                  }
                }
                """);
        assertThat(eidolon(
                        "run",
                        "graphs/outer.eidolon",
                        "--set",
                        "sub/repeat.times=1",
                        "--set",
                        "sub/export.name=inner.txt"))
                .as(err)
                .isZero();
        assertThat(folder.resolve("out/outer/text.txt")).hasContent("hey 0");
        assertThat(eidolon("run", "graphs/outer.eidolon", "--set", "sub/repeat.times=99"))
                .isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("graphs/outer.eidolon:4:12: nodes.sub/repeat.params.times: 99 is out of range");
    }

    @Test
    void pathsOfTheGraphDoNotDependOnTheWorkingFolder() throws Exception {
        Path graph = folder.resolve("graphs/shout.eidolon");
        assertThat(eidolon("run", graph.toString())).as(err).isZero();
    }
}
