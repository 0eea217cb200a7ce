// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs, in threads and in processes of their own, on one cache. */
class SharedCacheTest {
    @TempDir
    Path folder;

    @Test
    void threadsMakeEachResultOnce() throws Exception {
        var shop = new Workshop(folder.resolve("cache"));
        Path log = folder.resolve("log");
        var plan = shop.graph()
                .node("l", "test.long", with("steps", 5, "millis", 5, "log", log.toString()))
                .node("after", "test.add", Map.of())
                .link("l", "value", "after", "a")
                .build(List.of());
        var runs = new ArrayList<Callable<RunResult>>();
        for (int i = 0; i < 4; i++) {
            runs.add(() -> shop.engine.run(plan, shop.options, event -> {}));
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (Future<RunResult> run : pool.invokeAll(runs)) {
                assertThat(run.get().outcome()).isEqualTo(RunEvent.Outcome.DONE);
                assertThat(shop.number(run.get(), "after")).isEqualTo(5);
            }
        }
        assertThat(TestNodes.runs("long")).isEqualTo(1);
        assertThat(TestNodes.runs("add")).isEqualTo(1);
    }

    @Test
    void aRunThatWaitsForAnotherSaysSo() throws Exception {
        var shop = new Workshop(folder.resolve("cache"));
        Plan plan = shop.graph().node("a", "test.constant", with("value", 3)).build(List.of());
        String key = ContentKey.of(plan, shop.options).get("a").hash();
        try (var pool = Executors.newSingleThreadExecutor()) {
            Future<RunResult> run;
            try (var other = shop.cache.lock(key, () -> {})) {
                assertThat(other).isNotNull();
                run = pool.submit(() -> shop.run(plan));
                await(() -> List.copyOf(shop.events).stream()
                        .anyMatch(event -> event instanceof RunEvent.Log log
                                && log.message().startsWith("waits for another run")));
                assertThat(run).isNotDone();
            }
            assertThat(run.get().outcome()).isEqualTo(RunEvent.Outcome.DONE);
        }
        assertThat(shop.events(RunEvent.Log.class)).hasSize(1);
    }

    @Test
    void processesMakeEachResultOnce() throws Exception {
        Path log = folder.resolve("log");
        Process one = child(log, 20, 20, false);
        Process two = child(log, 20, 20, false);
        assertThat(one.waitFor(60, TimeUnit.SECONDS) && two.waitFor(60, TimeUnit.SECONDS))
                .isTrue();
        assertThat(List.of(one.exitValue(), two.exitValue())).containsExactly(0, 0);
        assertThat(Files.readAllLines(log)).hasSize(20);
    }

    @Test
    void aKilledRunGoesOnWhereItWas() throws Exception {
        Path log = folder.resolve("log");
        Process killed = child(log, 400, 10, false);
        await(() -> Files.exists(log) && Files.readAllLines(log).size() > 10);
        killed.destroyForcibly().waitFor();
        int reached = Files.readAllLines(log).size();
        assertThat(reached).isLessThan(400);

        var shop = new Workshop(folder.resolve("cache"));
        shop.options = shop.options.withResume(true);
        var result = shop.run(ChildRun.plan(shop.types, log, 400, 10));
        assertThat(shop.number(result, "long")).isEqualTo(400);
        var lines = Files.readAllLines(log);
        // The step during which it was killed may have been done twice, no other.
        assertThat(lines.size() - reached).isBetween(400 - reached, 401 - reached);
        assertThat(lines.stream().distinct().toList())
                .isEqualTo(IntStream.range(0, 400).mapToObj(Integer::toString).toList());
        try (var left = Files.list(folder.resolve("cache/checkpoints"))) {
            assertThat(left).as("checkpoints of what is finished").isEmpty();
        }
    }

    @Test
    void withoutResumeItStartsAfresh() throws Exception {
        Path log = folder.resolve("log");
        Process killed = child(log, 60, 10, false);
        await(() -> Files.exists(log) && Files.readAllLines(log).size() > 5);
        killed.destroyForcibly().waitFor();
        Files.delete(log);
        var shop = new Workshop(folder.resolve("cache"));
        shop.run(ChildRun.plan(shop.types, log, 60, 10));
        assertThat(Files.readAllLines(log)).hasSize(60);
    }

    private Process child(Path log, int steps, long millis, boolean resume) throws IOException {
        return ChildRun.start(folder.resolve("cache"), log, steps, millis, resume);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited a minute").isLessThan(end);
            Thread.sleep(5);
        }
    }
}
