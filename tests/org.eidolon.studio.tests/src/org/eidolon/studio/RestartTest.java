// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studios that end in good and in bad ways, and that are started twice. */
class RestartTest {
    @TempDir
    Path home;

    private Path journal;

    @BeforeEach
    void name() {
        journal = home.resolve("steps.txt");
    }

    private Path graph(String name, int steps) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        return Files.writeString(folder.resolve(name + ".eidolon"), """
                {
                  "eidolon": 1,
                  "nodes": {
                    "carve": {
                      "type": "test.carve@1",
                      "params": {
                        "steps": STEPS,
                        "journal": "JOURNAL"
                      }
                    }
                  }
                }
                """.replace("STEPS", "" + steps)
                .replace("JOURNAL", journal.toString()));
    }

    private List<String> steps() throws IOException {
        return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    }

    private static void awaitSteps(RestartTest test, int count) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (test.steps().size() < count) {
            assertThat(System.nanoTime()).as("the run goes on").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void aStudioThatIsKilledComesBackWithItsEditAndItsRun() throws Exception {
        Path graph = graph("bust", 120);
        try (var studio = new StudioProcess(home, graph)) {
            studio.await("front", "bust.eidolon");
            studio.ask("run");
            studio.ask("run"); // a second waits
            studio.ask("set carve steps 7");
            awaitSteps(this, 10);
            studio.await("state carve", "RUNNING");
            assertThat(studio.ask("queue")).isEqualTo("runs,waits");
            Thread.sleep(1500); // the journal is written half a second after an edit
            studio.kill();
        }
        int before = steps().size();
        assertThat(before).isLessThan(120);
        try (var studio = new StudioProcess(home)) {
            studio.await("front", "bust.eidolon");
            assertThat(studio.ask("value carve steps")).as("the edit").isEqualTo("7");
            assertThat(studio.ask("dirty")).isEqualTo("true");
            assertThat(Files.readString(graph)).as("the file").contains("\"steps\": 120");
            studio.await("queue", "runs,waits");
            studio.await("state carve", "RUNNING");
            studio.await("queue", "");
        }
        List<String> steps = steps();
        assertThat(steps).as("all steps, to the end").contains("0", "60", "119");
        assertThat(steps)
                .as("the step that was cut off is the only one taken twice")
                .hasSizeBetween(120, 122);
    }

    @Test
    void whatWaitsAtAnOrderlyEndIsOfferedAndTheFileNamedAtTheStartIsInFront() throws Exception {
        Path first = graph("bust", 50);
        Path second = graph("torso", 50);
        try (var studio = new StudioProcess(home, second, first)) {
            studio.await("front", "bust.eidolon");
            studio.ask("run");
            studio.ask("run");
            awaitSteps(this, 5);
            studio.ask("quit");
            assertThat(studio.exit()).isZero();
        }
        int before = steps().size();
        try (var studio = new StudioProcess(home, second)) {
            studio.await("editors", "bust.eidolon,torso.eidolon");
            studio.await("front", "torso.eidolon");
            assertThat(studio.ask("queue")).isEqualTo("paused waits,waits");
            assertThat(steps()).hasSize(before);
            assertThat(studio.ask("front")).isEqualTo("torso.eidolon");
            studio.ask("pause false");
            studio.await("queue", "runs,waits");
            studio.await("queue", "");
        }
        assertThat(steps()).contains("49").hasSizeBetween(50, 52);
    }

    @Test
    void aSecondStartHandsItsFileToTheStudioThatIsOpenOnTheSameScreen() throws Exception {
        Path first = graph("bust", 1);
        Path second = graph("torso", 1);
        try (var studio = new StudioProcess(home, first)) {
            studio.await("front", "bust.eidolon");
            try (var again = new StudioProcess(home, second)) {
                assertThat(again.exit()).isZero();
            }
            studio.await("front", "torso.eidolon");
            assertThat(studio.ask("editors")).isEqualTo("bust.eidolon,torso.eidolon");
            assertThat(Files.readString(home.resolve("errors.txt"))).contains("has taken torso.eidolon");
            assertThat(home.resolve("state/studio-2")).doesNotExist();

            Files.writeString(home.resolve("state/studio/screen"), " :another");
            try (var other = new StudioProcess(home, first)) {
                other.await("front", "bust.eidolon");
                assertThat(studio.ask("front")).isEqualTo("torso.eidolon");
            }
            assertThat(home.resolve("state/studio-2/.metadata")).isDirectory();
        }
    }
}
