// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One graph, many files. */
class BatchTest extends CommandFixture {
    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(folder.resolve("in/more"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve("in/" + name + ".txt"), name + " ");
        }
        Files.writeString(folder.resolve("in/more/d.txt"), "d ");
        graph("shout", GRAPH.replace("test.slow@1", "test.picky@1"));
    }

    private Map<String, Object> record() throws IOException {
        return Json.parseObject(Files.readString(folder.resolve("out/shout/batch.json")));
    }

    private List<Object> of(Map<String, Object> batch, String field) {
        return ((List<?>) batch.get("items"))
                .stream().<Object>map(item -> ((Map<?, ?>) item).get(field)).toList();
    }

    @Test
    void everyFileHasAFolderOfItsOwn() throws Exception {
        assertThat(run("--batch", "in/*.txt")).as(err).isZero();
        assertThat(folder.resolve("out/shout/a/text.txt")).hasContent("a a ");
        assertThat(folder.resolve("out/shout/c/report.json")).exists();
        assertThat(folder.resolve("out/shout/d")).doesNotExist();
        assertThat(out.lines()).hasSize(1);
        assertThat(manifest()).containsEntry("outcome", "done").containsEntry("done", 3L);
        assertThat(record()).isEqualTo(manifest());
        assertThat(of(record(), "item")).containsExactly("a", "b", "c");
        assertThat(of(record(), "file")).containsExactly("a.txt", "b.txt", "c.txt");
        assertThat(err).contains("— b (2 of 3)", "a     done", "3 of 3 items done");
    }

    /** What a file is called never leads out of the out folder, into it, or over what lies there. */
    @Test
    void namesOfItemsAreSafeAndUnique() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("odd"));
        for (String name :
                List.of("...txt", "..txt", "..hidden.txt", "run.jsonl.txt", "batch.json.txt", "\u001b[2J\n.txt")) {
            Files.writeString(odd.resolve(name), "x ");
        }
        Files.writeString(odd.resolve("ß".repeat(120) + ".txt"), "long ");
        assertThat(run("--batch", "odd/*")).as(err).isZero();
        assertThat(of(record(), "item"))
                .hasSize(7)
                .doesNotHaveDuplicates()
                .contains("item", "item-2", "hidden", "run.jsonl-2", "batch.json-2", "_[2J_", "ß".repeat(100));
        for (Object item : of(record(), "item")) {
            assertThat(folder.resolve("out/shout/" + item + "/text.txt")).isRegularFile();
        }
        assertThat(folder.resolve("out/text.txt")).doesNotExist();
        assertThat(folder.resolve("out/shout/text.txt")).doesNotExist();
    }

    @Test
    void failuresAreNamedAndCanBeRetried() throws Exception {
        Files.writeString(folder.resolve("in/b.txt"), "ugly ");
        Files.writeString(folder.resolve("in/e.txt"), "unreadable ");
        Files.delete(folder.resolve("in/e.txt"));
        Files.createSymbolicLink(folder.resolve("in/e.txt"), folder.resolve("in/more"));
        assertThat(run("--batch", "in/*.txt")).as(err).isEqualTo(ExitCode.BATCH_PARTLY_FAILED);
        assertThat(of(manifest(), "outcome")).containsExactly("done", "failed", "done");
        assertThat(out)
                .contains(
                        "\"errors\":[{\"where\":\"slow\",\"error\":\"this is ugly\",\"advice\":\"Write it nicely\"}]");
        assertThat(err)
                .contains("b     failed", "slow: this is ugly", "2 of 3 items done; the same command with --retry");
        assertThat(folder.resolve("out/shout/b/text.txt")).doesNotExist();

        Files.writeString(folder.resolve("in/b.txt"), "nice ");
        Files.delete(folder.resolve("out/shout/a/text.txt"));
        assertThat(run("--batch", "in/*.txt", "--retry")).as(err).isZero();
        assertThat(folder.resolve("out/shout/b/text.txt")).hasContent("nice nice ");
        assertThat(folder.resolve("out/shout/a/text.txt")).as("not run again").doesNotExist();
        assertThat(of(record(), "outcome")).containsExactly("done", "done", "done");
    }

    @Test
    void whatCannotBePlannedFailsAloneToo() throws Exception {
        Path secret = folder.resolve("in/b.txt");
        Files.delete(secret);
        Files.createSymbolicLink(secret, Path.of("nothing.txt"));
        Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(folder.resolve("out/shout"));
        Files.writeString(folder.resolve("out/shout/c"), "in the way");
        assertThat(run("--batch", "in/*.txt")).as(err).isEqualTo(ExitCode.BATCH_PARTLY_FAILED);
        assertThat(of(record(), "item")).as("a link to nothing is no file").containsExactly("a", "c");
        assertThat(of(record(), "outcome")).containsExactly("done", "failed");
        assertThat(err).contains("the folder cannot be written");
        assertThat(Files.readString(folder.resolve("out/shout/batch.json"))).doesNotContain(folder.toString());
    }

    @Test
    void itemsOfOneNameGetTheirExtensionOrANumber() throws Exception {
        Files.writeString(folder.resolve("in/a.md"), "A ");
        Files.writeString(folder.resolve("in/more/a.md"), "AA ");
        Files.writeString(folder.resolve("in/report.json"), "r ");
        assertThat(run("--batch", "words=in/**")).as(err).isZero();
        assertThat(of(record(), "item")).containsExactlyInAnyOrder("a-md", "a-txt", "b", "c", "a-md-2", "d", "report");
    }

    @Test
    void jsonEventsNameTheirItem() {
        assertThat(run("--batch", "in/[ab].txt", "--progress", "json")).as(err).isZero();
        assertThat(events()).allSatisfy(event -> assertThat(event).containsKeys("event", "time"));
        assertThat(events())
                .filteredOn(event -> "finished".equals(event.get("event")))
                .extracting(event -> event.get("item"))
                .containsOnly("a", "b");
        assertThat(events())
                .filteredOn(event -> "item".equals(event.get("event")))
                .extracting(event -> event.get("number"))
                .containsExactly(1L, 2L);
    }

    @Test
    void dryRunTellsOfEachAndWritesNothing() {
        assertThat(run("--batch", "in/*.txt", "--dry-run")).as(err).isZero();
        assertThat((List<?>) Json.parse(out)).hasSize(3);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in/*.jpg      | no file matches | quote it",
                "in            | this is a folder | Write 'in/*'",
                "in/[          | not a pattern | a backslash before a bracket",
                "times=in/*    | no file matches | quote it",
            })
    void wrongPatternsAreExitCode2(String glob, String message, String advice) {
        assertThat(run("--batch", glob)).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains(message, advice);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatIsWrongForAllIsToldOnce() throws Exception {
        assertThat(run("--batch", "in/*.txt", "--set", "repeat.tiems=3")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).containsOnlyOnce("has no parameter 'tiems'");
        graph("shout", GRAPH.replace("test.slow@1", "test.slwo@1"));
        assertThat(run("--batch", "in/*.txt")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).containsOnlyOnce("there is no node type 'test.slwo'");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void otherOptionsThatDoNotGoTogether() throws Exception {
        assertThat(run("--batch", "in/*.txt", "--input", "words=in/a.txt")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("the batch gives this input its files");
        assertThat(run("--retry")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("it goes with --batch and --sweep only");
        assertThat(run("--batch", "in/*.txt", "--retry")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("there is no record of a batch in out/shout");
        graph("shout", GRAPH.replace("\"words\": \"read.file\",", ""));
        assertThat(run("--batch", "in/*.txt")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("declares no input that takes a file", "Declare one in the graph");
    }
}
