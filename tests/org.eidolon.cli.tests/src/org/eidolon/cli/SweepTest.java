// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eidolon.api.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One graph, many values of a parameter. */
class SweepTest extends CommandFixture {
    @BeforeEach
    void makePlate() throws IOException {
        graph("plate", "{\"eidolon\": 1, \"nodes\": {\"plate\": {\"type\": \"test.plate@1\"}}}");
    }

    private Map<String, Object> record(String folder) throws IOException {
        return Json.parseObject(Files.readString(this.folder.resolve(folder).resolve("batch.json")));
    }

    private static List<Object> of(Map<String, Object> batch, String field) {
        return ((List<?>) batch.get("items"))
                .stream().<Object>map(item -> ((Map<?, ?>) item).get(field)).toList();
    }

    private int plate(String... more) {
        var arguments = new java.util.ArrayList<>(List.of("run", "graphs/plate.eidolon"));
        arguments.addAll(List.of(more));
        return eidolon(arguments.toArray(String[]::new));
    }

    @Test
    void everyValueHasAFolderOfItsOwnAndTheGraphStaysAsItIs() throws Exception {
        String before = Files.readString(folder.resolve("graphs/shout.eidolon"));
        assertThat(run("--sweep", "repeat.times=1,3..5:2")).as(err).isZero();
        assertThat(folder.resolve("out/shout/repeat.times/times-1/text.txt")).hasContent("hey 0");
        assertThat(folder.resolve("out/shout/repeat.times/times-5/text.txt")).hasContent("hey hey hey hey hey 0");
        assertThat(out.lines()).hasSize(1);
        assertThat(manifest())
                .containsEntry("outcome", "done")
                .containsEntry("sweep", "repeat.times")
                .containsEntry("out", "out/shout/repeat.times")
                .containsEntry("done", 3L)
                .doesNotContainKey("sheet");
        assertThat(record("out/shout/repeat.times")).isEqualTo(manifest());
        assertThat(of(manifest(), "item")).containsExactly("times-1", "times-3", "times-5");
        assertThat(of(manifest(), "value")).containsExactly("1", "3", "5");
        assertThat(of(manifest(), "cached")).as("what comes before is shared").containsExactly(0L, 1L, 1L);
        assertThat(err).contains("— times-3 (2 of 3)", "times-1  done", "3 of 3 items done");
        assertThat(Files.readString(folder.resolve("graphs/shout.eidolon"))).isEqualTo(before);
    }

    @Test
    void theResultsAreOnOneSheet() throws Exception {
        assertThat(plate("--sweep", "plate.grey=10,13,90,200", "--out", "greys"))
                .as(err)
                .isEqualTo(ExitCode.BATCH_PARTLY_FAILED);
        assertThat(of(manifest(), "outcome")).containsExactly("done", "failed", "done", "done");
        assertThat(out).contains("\"where\":\"plate\",\"error\":\"an unlucky grey\"");
        assertThat(manifest()).containsEntry("sheet", "sweep.png");
        assertThat(err).contains("side by side: greys/sweep.png", "grey-13   failed", "plate: an unlucky grey");
        BufferedImage sheet = ImageIO.read(folder.resolve("greys/sweep.png").toFile());
        assertThat(sheet.getWidth()).as("side by side").isGreaterThan(4 * sheet.getHeight());
        for (int grey : new int[] {10, 90, 200}) {
            assertThat(share(sheet, grey)).as("grey " + grey).isGreaterThan(0.15);
        }
        assertThat(share(sheet, 0)).as("the larger picture").isLessThan(0.01);

        assertThat(plate("--sweep", "plate.grey=10,90", "--out", "greys", "--retry"))
                .isZero();
        assertThat(err).contains("2 of 2 items done");
    }

    private static double share(BufferedImage sheet, int grey) {
        int[] pixels = sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth());
        int wanted = 0xff000000 | grey << 16 | grey << 8 | grey;
        return java.util.Arrays.stream(pixels).filter(pixel -> pixel == wanted).count() / (double) pixels.length;
    }

    @Test
    void theSeedOfTheRunIsSwept() throws Exception {
        assertThat(run("--sweep", "seed=7..9")).as(err).isZero();
        assertThat(folder.resolve("out/shout/seed/seed-7/text.txt")).hasContent("hey hey 7");
        assertThat(folder.resolve("out/shout/seed/seed-9/text.txt")).hasContent("hey hey 9");
        assertThat(run("--sweep", "seed=1,2", "--seed", "3")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--seed", "the sweep gives this parameter its values");
    }

    @Test
    void dryRunTellsOfEachAndWritesNothing() {
        assertThat(plate("--sweep", "plate.letters=upper,as-it-is", "--dry-run"))
                .as(err)
                .isZero();
        assertThat((List<?>) Json.parse(out)).hasSize(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plate.grey            | has no '='                      | node.parameter=value,value",
                "=3                    | has no name                     | node.parameter=value,value",
                "plate=3               | names no parameter              | node.parameter=value,value",
                "plte.grey=3           | has no node 'plte'              | plate",
                "plate.gray=3          | has no parameter 'gray'         | grey",
                "plate.grey=3,red      | 'red' is not a whole number     | integer",
                "plate.grey=3,300      | 300 is out of range             | integer",
                "plate.grey=           | is not a whole number           | integer",
                "plate.grey=3,03       | '03' is there twice             | integer",
                "plate.grey=1..3:9     | only 3 whole numbers            | integer",
                "plate.grey=1..3:many  | 'many' is no count              | integer",
                "plate.share=0..1      | write 0..1:5                    | number",
                "plate.share=0..1:999  | more than the 200               | number",
                "plate.letters=uper    | 'uper' is not one of            | upper",
            })
    void whatIsWrongIsToldBeforeAnythingRuns(String sweep, String message, String advice) {
        assertThat(plate("--sweep", sweep)).as(err).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--sweep", message, advice).doesNotContain("--set");
        assertThat(out).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void allFilesOfASweepAreLookedForFirst() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "a ");
        assertThat(run("--sweep", "read.file=a.txt,b.txt")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--sweep read.file", "there is no file 'b.txt'");
        assertThat(folder.resolve("out")).doesNotExist();
        Files.writeString(folder.resolve("b.txt"), "b ");
        assertThat(run("--sweep", "read.file=a.txt,b.txt")).as(err).isZero();
        assertThat(folder.resolve("out/shout/read.file/file-b.txt/text.txt")).hasContent("b b 0");
    }

    @Test
    void otherOptionsThatDoNotGoTogether() throws Exception {
        assertThat(run("--sweep", "repeat.times=1", "--batch", "in/*")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("it does not go together with --batch");
        assertThat(run("--sweep", "repeat.times=1", "--set", "repeat.times=2")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("the sweep gives this parameter its values");
        assertThat(run("--sweep", "times=1")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("The input sets --sweep repeat.times");
        graph("shout", GRAPH.replace("test.slow@1", "test.slwo@1"));
        assertThat(run("--sweep", "repeat.times=1,2")).isEqualTo(ExitCode.GRAPH);
        assertThat(err).containsOnlyOnce("there is no node type 'test.slwo'");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aNodeInsideASubgraphIsSweptByItsPath() throws Exception {
        graph("inner", """
                {"eidolon": 1, "outputs": {"files": "plate.files"},
                 "nodes": {"plate": {"type": "test.plate@1"}}}
                """);
        graph("plate", """
                {"eidolon": 1, "nodes": {"part": {"type": "graph@1", "params": {"file": "inner.eidolon"}}}}
                """);
        assertThat(plate("--sweep", "part/plate.share=0..1:3")).as(err).isZero();
        assertThat(of(manifest(), "value")).containsExactly("0", "0.5", "1");
        assertThat(manifest()).containsEntry("out", "out/plate/part-plate.share");
        assertThat(plate("--sweep", "part/plate.sahre=1")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("part/plate.sahre");
    }
}
