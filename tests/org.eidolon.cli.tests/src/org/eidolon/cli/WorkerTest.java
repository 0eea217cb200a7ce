// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eidolon.api.Device;
import org.eidolon.api.value.Artifacts;
import org.eidolon.api.value.Image;
import org.eidolon.engine.NodeTypes;
import org.eidolon.engine.RunEvent;
import org.eidolon.engine.RunEvent.Outcome;
import org.eidolon.engine.worker.Worker;
import org.eidolon.engine.worker.WorkerRequest;
import org.eidolon.engine.worker.WorkerResult;
import org.eidolon.engine.worker.WorkerRun;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.GraphWriter;
import org.eidolon.graph.model.Graph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in a true worker process: whole, cancelled, and ended in all the ways in which processes end. */
class WorkerTest extends CommandFixture {
    private static final String DOOM = """
            {
              "eidolon": 1,
              "nodes": {
                "read": {
                  "type": "test.read@1",
                  "params": {
                    "file": "assets/words.txt"
                  }
                },
                "doom": {
                  "type": "test.doom@1",
                  "in": {
                    "text": "read.text"
                  }
                },
                "export": {
                  "type": "test.export@1",
                  "in": {
                    "texts": "doom.text"
                  }
                }
              }
            }
            """;

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeDoom() throws Exception {
        graph("doom", DOOM);
    }

    private Worker worker(Duration patience) {
        return new Worker(
                DoomNodes.command("-Xmx96m", "-XX:ErrorFile=" + folder.resolve("crash.log")),
                Map.of("EIDOLON_CACHE", folder.resolve("cache").toString()),
                new NodeTypes(new TestNodes(), new DoomNodes()),
                patience);
    }

    private WorkerRequest request(Path file) {
        return WorkerRequest.of(file).device(Device.CPU).out(folder.resolve("out"));
    }

    private WorkerRun start(String graph, Duration patience, Map<String, String> settings) throws Exception {
        var worker = worker(patience);
        WorkerRequest request = request(folder.resolve("graphs/" + graph + ".eidolon"));
        for (var setting : settings.entrySet()) {
            request = request.set(setting.getKey(), setting.getValue());
        }
        return worker.start(request, events::add);
    }

    private WorkerResult doom(String end) throws Exception {
        return start("doom", Duration.ofSeconds(20), Map.of("doom.end", end)).await();
    }

    @Test
    void whatIsNotSavedYetRunsWithTheFilesBesideIt() throws Exception {
        Files.writeString(folder.resolve("graphs/assets/other.txt"), "ho ");
        Path file = folder.resolve("graphs/shout.eidolon");
        Graph edited = GraphReader.read(GRAPH.replace("words.txt", "other.txt"));
        var request = request(file).unsaved(GraphWriter.write(edited));
        WorkerResult result =
                worker(Duration.ofSeconds(20)).start(request, events::add).await();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(folder.resolve("out/text.txt")).hasContent("ho ho 0");
        assertThat(file).as("the file itself").content().contains("words.txt");
        assertThat(result.manifest()).containsEntry("graph", file.toString());
        assertThat(result.keys()).containsOnlyKeys("read", "repeat", "slow", "export");
        try (var engine = Files.walk(folder.resolve("cache/entries"))) {
            assertThat(engine.map(entry -> entry.getFileName().toString()))
                    .containsAll(result.keys().values());
        }
    }

    @Test
    void aListenerThatFailsDoesNotStopTheRun() throws Exception {
        Path file = folder.resolve("graphs/shout.eidolon");
        var request = request(file);
        WorkerResult result = worker(Duration.ofSeconds(20))
                .start(request, event -> {
                    throw new IllegalStateException("no window any more");
                })
                .await();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.problems()).extracting(WorkerResult.Problem::message).anyMatch(m -> m.contains("no window"));
        assertThat(folder.resolve("out/text.txt")).hasContent("hey hey 0");
    }

    /** Files of a preview outlive the next one of its name, and are gone after that. */
    @Test
    void previewsMayBeFilesThatAreReadLater() throws Exception {
        var steps = new ArrayList<Artifacts>();
        var texts = new ArrayList<String>();
        Path file = folder.resolve("graphs/doom.eidolon");
        var request = request(file);
        WorkerRun run = worker(Duration.ofSeconds(20)).start(request, event -> {
            if (event instanceof RunEvent.Preview preview && preview.value() instanceof Artifacts files) {
                steps.add(files);
                texts.add(text(steps.getLast()) + " after " + text(steps.get(Math.max(0, steps.size() - 2))));
            }
            if (event instanceof RunEvent.Finished finished && finished.node().equals("doom")) {
                texts.add(Files.exists(steps.getFirst().folder()) ? "the first is there" : "the first is gone");
            }
        });
        assertThat(run.await().outcome()).isEqualTo(Outcome.DONE);
        assertThat(texts)
                .containsExactly(
                        "step 0 after step 0", "step 1 after step 0", "step 2 after step 1", "the first is gone");
        assertThat(steps.getLast().folder()).as("after the run").doesNotExist();
    }

    private static String text(Artifacts files) {
        try {
            return Files.readString(files.folder().resolve("step.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <E extends RunEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("a minute is over; %s", events).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void everythingThatAWindowShowsArrives() throws Exception {
        WorkerResult result = doom("none");
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.problems()).isEmpty();
        assertThat(result.manifest()).containsEntry("outcome", "done").containsKey("files");
        assertThat(folder.resolve("out/text.txt")).hasContent("spared");

        var planned = (RunEvent.Planned)
                events.get(events.indexOf(all(RunEvent.Planned.class).get(0)));
        assertThat(planned.nodes()).containsExactly("read", "doom", "export");
        assertThat(all(RunEvent.Started.class))
                .extracting(RunEvent.Started::node)
                .containsExactly("read", "doom", "export");
        assertThat(all(RunEvent.Started.class).get(1).reasons()).containsExactly("it has not run in this graph before");
        assertThat(all(RunEvent.Log.class))
                .contains(new RunEvent.Log("doom", RunEvent.Level.INFO, "about to end by NONE"));
        var preview = all(RunEvent.Preview.class).get(0);
        assertThat(preview.node() + "/" + preview.name()).isEqualTo("doom/swatch");
        assertThat(preview.value()).isInstanceOfSatisfying(Image.class, image -> {
            assertThat(image.width()).isEqualTo(2);
            assertThat(image.at(1, 0, 2)).isEqualTo(1);
        });
        var finished = all(RunEvent.Finished.class).get(1);
        assertThat(finished.facts()).containsEntry("licence", "CC0");
        assertThat(finished.key()).hasSize(64);
        assertThat(events).last().isInstanceOf(RunEvent.Ended.class);

        events.clear();
        assertThat(doom("none").outcome()).isEqualTo(Outcome.DONE);
        assertThat(all(RunEvent.Cached.class)).hasSize(3);
        assertThat(all(RunEvent.Started.class)).isEmpty();
    }

    @Test
    void progressTellsRateAndTimeLeft() throws Exception {
        assertThat(start("shout", Duration.ofSeconds(20), Map.of("slow.steps", "300"))
                        .await()
                        .outcome())
                .isEqualTo(Outcome.DONE);
        var progress = all(RunEvent.Progress.class);
        assertThat(progress).last().satisfies(last -> {
            assertThat(last.done()).isEqualTo(300);
            assertThat(last.total()).isEqualTo(300);
        });
        assertThat(progress).anySatisfy(some -> {
            assertThat(some.rate()).isBetween(10.0, 500.0);
            assertThat(some.left()).isPositive();
        });
        // what nodes print must not be lost, and must not be taken for events
        assertThat(all(RunEvent.Log.class)).extracting(RunEvent.Log::message).contains("noise on standard output");
    }

    @Test
    void cancelIsPromptAndWhatWasReachedIsKept() throws Exception {
        WorkerRun run = start("shout", Duration.ofSeconds(20), Map.of("slow.steps", "20000"));
        await(() -> all(RunEvent.Progress.class).size() > 2);
        run.cancel();
        WorkerResult result = run.await();
        assertThat(all(RunEvent.Progress.class).getLast().done()).isLessThan(10_000);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(all(RunEvent.Cancelled.class))
                .extracting(RunEvent.Cancelled::node)
                .containsExactly("slow", "export");
        assertThat(events).last().isInstanceOf(RunEvent.Ended.class);
        try (var kept = Files.list(folder.resolve("cache/checkpoints"))) {
            assertThat(kept).isNotEmpty();
        }
    }

    @Test
    void cancelledBeforeJavaIsUpEndsToo() throws Exception {
        WorkerRun run = start("shout", Duration.ofSeconds(20), Map.of());
        run.cancel();
        assertThat(run.await().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(events).last().isInstanceOf(RunEvent.Ended.class);
    }

    @ParameterizedTest
    @CsvSource({"segv,crashed (SIGSEGV", "kill,killed (SIGKILL)"})
    void aCrashFailsTheNodeThatRan(String end, String told) throws Exception {
        WorkerResult result = doom(end);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.node()).isEqualTo("doom");
            assertThat(failed.error()).contains(told);
            assertThat(failed.advice()).isNotEmpty();
            assertThat(failed.log()).contains("about to end by " + end.toUpperCase());
        });
        assertThat(all(RunEvent.Failed.class)).isEqualTo(result.failures());
        assertThat(all(RunEvent.Finished.class))
                .extracting(RunEvent.Finished::node)
                .containsExactly("read");
        assertThat(events).last().isEqualTo(all(RunEvent.Ended.class).get(0));
        assertThat(all(RunEvent.Ended.class)).singleElement().satisfies(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ended.ran()).isEqualTo(1);
        });

        events.clear();
        assertThat(doom("none").outcome()).as("the next run").isEqualTo(Outcome.DONE);
        assertThat(all(RunEvent.Cached.class)).extracting(RunEvent.Cached::node).containsExactly("read");
    }

    @Test
    void aFullHeapFailsTheNodeWithAdvice() throws Exception {
        WorkerResult result = doom("heap");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.node()).isEqualTo("doom");
            assertThat(failed.error()).contains("heap space");
            assertThat(failed.advice()).contains("-Xmx");
        });
    }

    @Test
    void aProcessThatHangsIsEnded() throws Exception {
        WorkerRun run = start("doom", Duration.ofSeconds(4), Map.of("doom.end", "stop"));
        WorkerResult result = run.await();
        assertThat(result.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.node()).isEqualTo("doom");
            assertThat(failed.error()).contains("no sign of life for 4 s");
        });
        assertThat(ProcessHandle.of(run.pid()).map(ProcessHandle::isAlive)).isNotEqualTo(java.util.Optional.of(true));
    }

    @Test
    void whatIsWrongWithTheGraphIsToldWithItsPlace() throws Exception {
        WorkerResult result = start("doom", Duration.ofSeconds(20), Map.of("doom.nosuch", "1"))
                .await();
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where() + problem.message()).contains("nosuch");
            assertThat(problem.advice()).isNotEmpty();
        });
    }

    /** A worker whose program has gone stops as if cancelled, so that it does not compute for nobody. */
    @Test
    void aWorkerThatNobodyReadsStops() throws Exception {
        var line = new ArrayList<>(COMMAND.line());
        line.addAll(List.of("run", "graphs/shout.eidolon", "--progress=json", "--worker", "previews", "--set"));
        line.add("slow.steps=20000");
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("o").toFile());
        builder.environment().put("EIDOLON_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        process.inputReader(); // nobody writes to it
        try (var events = process.errorReader()) {
            for (String text = events.readLine(); text != null && !text.contains("\"slow\",\"stage\""); ) {
                text = events.readLine();
            }
        }
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("o"))).contains("\"outcome\":\"cancelled\"");
    }

    @Test
    void aSupervisedRunWantsJson() {
        assertThat(run("--worker", "previews")).isEqualTo(ExitCode.ARGUMENTS);
        assertThat(err).contains("--progress json");
    }
}
