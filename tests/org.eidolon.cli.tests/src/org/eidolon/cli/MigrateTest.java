// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eidolon.api.Json;
import org.junit.jupiter.api.Test;

class MigrateTest extends CommandFixture {
    private static final String OLD = GRAPH.replace("test.repeat@2", "test.repeat@1")
            .replace(
                    "\"text\": \"read.text\"\n      }",
                    "\"text\": \"read.text\"\n      },\n      \"params\": {\n        \"count\": 3\n      }");

    private String text(String name) throws Exception {
        return Files.readString(folder.resolve("graphs/" + name + ".eidolon"));
    }

    @Test
    void oldNodesAreBroughtUpToDateInPlace() throws Exception {
        graph("old", OLD);
        assertThat(eidolon("migrate", "--check", "graphs/old.eidolon")).as(err).isZero();
        assertThat(manifest()).containsEntry("changed", true).containsEntry("written", false);
        assertThat(text("old")).isEqualTo(OLD);
        assertThat(eidolon("migrate", "graphs/old.eidolon")).as(err).isZero();
        assertThat(manifest().get("steps")).isEqualTo(List.of("repeat: test.repeat@1 → test.repeat@2"));
        assertThat(text("old"))
                .isEqualTo(OLD.replace("test.repeat@1", "test.repeat@2").replace("\"count\"", "\"times\""));
        assertThat(eidolon("migrate", "graphs/old.eidolon")).isZero();
        assertThat(manifest()).containsEntry("changed", false);
        assertThat(err).contains("graphs/old.eidolon: nothing to do");
        assertThat(eidolon("run", "graphs/old.eidolon")).as(err).isZero();
        assertThat(folder.resolve("out/old/text.txt")).hasContent("hey hey hey 0");
    }

    @Test
    void canonicalFormIsWrittenAndWhatIsUnknownStays() throws Exception {
        graph(
                "loose",
                "{\"nodes\":{\"x\":{\"type\":\"elsewhere.thing@4\",\"odd\":1.50}},\"eidolon\":1,\"own\":[null]}");
        assertThat(eidolon("migrate", "graphs/loose.eidolon")).as(err).isZero();
        assertThat(err).contains("canonical form written");
        assertThat(text("loose"))
                .startsWith("{\n  \"eidolon\": 1")
                .contains("elsewhere.thing@4", "\"odd\": 1.50", "\"own\"");
    }

    @Test
    void whatNoMigrationLeadsToIsTold() throws Exception {
        graph("older", GRAPH.replace("test.export@1", "test.aged@1"));
        assertThat(eidolon("migrate", "graphs/older.eidolon")).as(err).isZero();
        assertThat(err).contains("no migration leads from test.aged@1 to the installed version, for node 'export'");
    }

    @Test
    void oneThatFailsLeavesTheOthersAndItself() throws Exception {
        graph("old", OLD);
        graph("bad", "{\"eidolon\": 1,");
        assertThat(eidolon("migrate", "graphs/bad.eidolon", "graphs/old.eidolon"))
                .isEqualTo(ExitCode.GRAPH);
        assertThat(err).contains("graphs/bad.eidolon:1:15", "the file ends too early");
        assertThat((List<?>) Json.parse(out)).hasSize(2);
        assertThat(text("old")).contains("test.repeat@2");
        assertThat(text("bad")).isEqualTo("{\"eidolon\": 1,");
        assertThat(eidolon("pack", "graphs/shout.eidolon", "--out", "p.zip"))
                .as(err)
                .isZero();
        assertThat(eidolon("migrate", "p.zip")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("only graph files are migrated");
        try (var files = Files.list(folder.resolve("graphs"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void theEngineIsMeasured() {
        assertThat(eidolon("bench", "engine", "--nodes", "120", "--repeat", "2"))
                .as(err)
                .isZero();
        assertThat(manifest())
                .containsEntry("nodes", 120L)
                .containsKeys(
                        "startSeconds", "computingSeconds", "readingSeconds", "planningSeconds", "answeringSeconds");
        assertThat(err).contains("answering, 120 nodes");
        assertThat(eidolon("bench", "engine", "--nodes", "0")).isEqualTo(ExitCode.ARGUMENTS);
    }
}
