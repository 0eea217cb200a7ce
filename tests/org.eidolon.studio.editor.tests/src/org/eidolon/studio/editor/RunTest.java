// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eidolon.api.Json;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from the editor, with the real engine. */
class RunTest {
    @TempDir
    Path folder;

    private static String graph(String nodes) {
        return "{\n  \"eidolon\": 1,\n  \"nodes\": {" + nodes + "}\n}\n";
    }

    private static RunState state(Desk desk, String node) {
        return Desk.ui(() -> desk.editor().runs().state(node));
    }

    private static void run(Desk desk) {
        desk.command("org.eidolon.studio.editor.run");
        Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
    }

    @Test
    void nodesShowThatTheyRanAndThenThatTheCacheAnswered() throws Exception {
        int level = (int) (System.nanoTime() % 200); // another one each time: the cache of a former test knows the rest
        try (Desk desk = Desk.open(
                folder,
                graph("\"plain\": {\"type\": \"test.plain@1\", \"params\": {\"level\": " + level + "}},"
                        + "\"soften\": {\"type\": \"test.soften@1\", \"in\": {\"image\": \"plain.image\"}}"))) {
            run(desk);
            boolean known = state(desk, "plain").phase() == Phase.CACHED;
            assertThat(state(desk, "soften").phase()).isIn(Phase.FINISHED, Phase.CACHED);
            assertThat(Desk.ui(() -> desk.editor().host().preview(desk.node("plain"))))
                    .as("the node shows a picture")
                    .isNotNull();
            desk.picture("ran");
            run(desk);
            assertThat(state(desk, "plain").phase()).isEqualTo(Phase.CACHED);
            assertThat(state(desk, "soften").phase()).isEqualTo(Phase.CACHED);
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit(
                            "test",
                            g -> desk.node("soften")
                                    .getParameters()
                                    .put("radius", new com.google.gson.JsonPrimitive(known ? 5 : 4))));
            run(desk);
            assertThat(state(desk, "plain").phase()).isEqualTo(Phase.CACHED);
            assertThat(state(desk, "soften").phase()).isIn(Phase.FINISHED, Phase.CACHED);
            if (state(desk, "soften").phase() == Phase.FINISHED) {
                assertThat(state(desk, "soften").reasons()).anyMatch(reason -> reason.contains("radius"));
            }
        }
    }

    @Test
    void aRunLeavesTheRecordAndTheEventsThatTheCommandLeaves() throws Exception {
        try (Desk desk = Desk.open(folder, graph("\"words\": {\"type\": \"test.words@1\"}"))) {
            run(desk);
            run(desk);
            Path out = folder.resolve("out/test");
            Map<String, Object> report = Json.parseObject(Files.readString(out.resolve("report.json")));
            assertThat(report).containsEntry("outcome", "done").containsKeys("machine", "nodes", "seed");
            assertThat(report.get("nodes")).asString().contains("test.words@1");
            List<String> events = Files.readAllLines(out.resolve("run.jsonl"));
            assertThat(events.getFirst()).contains("\"event\":\"planned\"");
            assertThat(events.getLast()).contains("\"event\":\"ended\"", "\"outcome\":\"done\"");
            assertThat(events)
                    .as("of the last run alone")
                    .filteredOn(line -> line.contains("\"planned\""))
                    .hasSize(1);
        }
    }

    @Test
    void aRunOutlivesItsEditorAndIsTakenUpByTheNext() throws Exception {
        int steps = 300 + (int) (System.nanoTime() % 100);
        String graph = graph("\"slow\": {\"type\": \"test.slow@1\", \"params\": {\"steps\": " + steps + "}}");
        try (Desk desk = Desk.open(folder, graph)) {
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("it has begun", () -> desk.editor().runs().state("slow").done() > 0);
        }
        try (Desk desk = Desk.open(folder, graph)) {
            assertThat(state(desk, "slow").phase()).isEqualTo(Phase.RUNNING);
            assertThat(Desk.ui(() -> desk.editor().runs().isRunning())).isTrue();
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            assertThat(state(desk, "slow").phase()).isEqualTo(Phase.FINISHED);
        }
    }

    @Test
    void aFailureIsToldOnTheNodeWithWhatToDo() throws Exception {
        try (Desk desk = Desk.open(folder, graph("\"bad\": {\"type\": \"test.failing@1\"}"))) {
            run(desk);
            assertThat(state(desk, "bad").phase()).isEqualTo(Phase.FAILED);
            assertThat(state(desk, "bad").text()).contains("there is no light").contains("Open the shutters");
            desk.picture("failed");
        }
    }

    @Test
    void aRunIsStoppedAndTheWindowAnswersMeanwhile() throws Exception {
        int steps = 4000 + (int) (System.nanoTime() % 1000);
        try (Desk desk = Desk.open(
                folder, graph("\"slow\": {\"type\": \"test.slow@1\", \"params\": {\"steps\": " + steps + "}}"))) {
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("it has begun", () -> desk.editor().runs().state("slow").done() > 0);
            assertThat(state(desk, "slow").text()).contains("slow").contains("/ " + steps);
            var answers = new ArrayList<Long>();
            for (int i = 0; i < 60; i++) {
                long begin = System.nanoTime();
                Desk.uiDo(() -> {});
                answers.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                TimeUnit.MILLISECONDS.sleep(10);
            }
            // nine of ten: on a busy machine the system itself lets a thread wait now and then
            assertThat(answers)
                    .as("milliseconds until the window answered")
                    .filteredOn(milliseconds -> milliseconds < 100)
                    .hasSizeGreaterThanOrEqualTo(54);
            desk.picture("running");
            desk.command("org.eidolon.studio.editor.cancel");
            Desk.await("it has stopped", () -> !desk.editor().runs().isRunning());
            assertThat(state(desk, "slow").phase()).isEqualTo(Phase.CANCELLED);
        }
    }

    @Test
    void aWorkerThatIsKilledFailsItsNodeAndTheWindowLivesOn() throws Exception {
        int steps = 6000 + (int) (System.nanoTime() % 1000);
        try (Desk desk = Desk.open(
                folder, graph("\"slow\": {\"type\": \"test.slow@1\", \"params\": {\"steps\": " + steps + "}}"))) {
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("it has begun", () -> desk.editor().runs().state("slow").done() > 0);
            List<ProcessHandle> workers = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().commandLine().orElse("").contains("--worker="))
                    .toList();
            assertThat(workers).as("the run is a process of its own").hasSize(1);
            workers.get(0).destroyForcibly();
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            assertThat(state(desk, "slow").phase()).isEqualTo(Phase.FAILED);
            assertThat(state(desk, "slow").text()).contains("SIGKILL");
            desk.picture("killed");
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit(
                            "test",
                            g -> desk.node("slow").getParameters().put("steps", new com.google.gson.JsonPrimitive(2))));
            run(desk);
            assertThat(state(desk, "slow").phase()).isIn(Phase.FINISHED, Phase.CACHED);
        }
    }

    @Test
    void aSecondRunWaitsAndMayBeTakenOutOfTheQueue() throws Exception {
        int steps = 2000 + (int) (System.nanoTime() % 1000);
        try (Desk desk = Desk.open(
                folder, graph("\"slow\": {\"type\": \"test.slow@1\", \"params\": {\"steps\": " + steps + "}}"))) {
            desk.command("org.eidolon.studio.editor.run");
            desk.command("org.eidolon.studio.editor.run");
            var logs = Desk.ui(() -> desk.editor().runs().logs());
            assertThat(logs).hasSize(2);
            assertThat(logs.get(1).isWaiting()).isTrue();
            Desk.uiDo(() -> desk.editor().runs().drop(logs.get(1)));
            desk.command("org.eidolon.studio.editor.cancel");
            Desk.await("all is over", () -> !desk.editor().runs().isRunning());
            assertThat(logs.get(1).isOver()).isTrue();
            assertThat(logs.get(1).steps()).isEmpty();
        }
    }

    @Test
    void aGraphThatCannotRunSaysWhereAndWhy() throws Exception {
        try (Desk desk = Desk.open(folder, graph("\"soften\": {\"type\": \"test.soften@1\"}"))) {
            Desk.await("the problem is told", () -> !desk.editor().problems().isEmpty());
            run(desk);
            assertThat(state(desk, "soften").phase()).isEqualTo(Phase.FAILED);
            assertThat(state(desk, "soften").text()).contains("not linked");
        }
    }

    @Test
    void whatANodeShowedIsThereAgainWhenTheCacheAnswers() throws Exception {
        int level = (int) (System.nanoTime() % 250);
        String graph = graph("\"shy\": {\"type\": \"test.shy@1\", \"params\": {\"level\": " + level + "}},"
                + "\"after\": {\"type\": \"test.everything@1\", \"in\": {\"text\": \"shy.text\"}}");
        try (Desk desk = Desk.open(folder, graph)) {
            run(desk);
            assertThat(Desk.ui(() -> desk.editor().host().preview(desk.node("shy"))))
                    .isNotNull();
        }
        try (Desk desk = Desk.open(folder, graph)) {
            assertThat(Desk.ui(() -> desk.editor().host().preview(desk.node("shy"))))
                    .isNull();
            run(desk);
            assertThat(state(desk, "shy").phase()).isEqualTo(Phase.CACHED);
            assertThat(Desk.ui(() -> desk.editor().host().preview(desk.node("shy"))))
                    .isNotNull();
        }
    }
}
