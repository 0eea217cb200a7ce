// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.api.Json;
import org.eidolon.api.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingTest {
    @TempDir
    Path folder;

    /** Two devices of 100 bytes. */
    private static final class Gpus implements Accelerator {
        final List<Device> evicted = new ArrayList<>();

        @Override
        public List<Device> devices() {
            return List.of(new Device("cuda", 0), new Device("cuda", 1));
        }

        @Override
        public long memory(Device device) {
            return 100;
        }

        @Override
        public void evict(Device device) {
            evicted.add(device);
        }
    }

    private final Gpus gpus = new Gpus();

    private Workshop onGpus(int count) throws IOException {
        var shop = new Workshop(folder.resolve("cache"), new TestNodes(), gpus);
        shop.options = shop.options.withDevices(gpus.devices().subList(0, count));
        TestNodes.BUSY.set(0);
        TestNodes.MOST_BUSY.set(0);
        return shop;
    }

    private static Plan gpuNodes(Workshop shop, int count, long bytes) throws PlanException {
        var builder = shop.graph();
        for (int i = 0; i < count; i++) {
            builder.node("g" + i, "test.gpu", with("index", i, "bytes", bytes));
        }
        return builder.build(List.of());
    }

    @Test
    void leasesKeepWithinADevicesMemory() throws Exception {
        var shop = onGpus(1);
        assertThat(shop.run(gpuNodes(shop, 6, 40)).outcome()).isEqualTo(RunEvent.Outcome.DONE);
        assertThat(TestNodes.MOST_BUSY.get()).isEqualTo(2);
    }

    @Test
    void estimatesGoByTheQualityOfTheRun() throws Exception {
        for (var most : Map.of(Quality.DRAFT, 2, Quality.STANDARD, 1).entrySet()) {
            var shop = onGpus(1);
            shop.options = shop.options.withQuality(most.getKey());
            var builder = shop.graph();
            for (int i = 0; i < 4; i++) builder.node("g" + i, "test.better", with("index", i, "bytes", 40));
            assertThat(shop.run(builder.build(List.of())).outcome()).isEqualTo(RunEvent.Outcome.DONE);
            assertThat(TestNodes.MOST_BUSY.get()).as(most.getKey().toString()).isEqualTo(most.getValue());
        }
    }

    @Test
    void withoutAnEstimateANodeHasTheDeviceAlone() throws Exception {
        var shop = onGpus(1);
        shop.run(gpuNodes(shop, 4, 0));
        assertThat(TestNodes.MOST_BUSY.get()).isEqualTo(1);
    }

    @Test
    void twoDevicesAreTwoLanes() throws Exception {
        var shop = onGpus(2);
        shop.run(gpuNodes(shop, 6, 0));
        assertThat(TestNodes.MOST_BUSY.get()).isEqualTo(2);
        assertThat(shop.events(RunEvent.Started.class))
                .extracting(RunEvent.Started::device)
                .contains(new Device("cuda", 0), new Device("cuda", 1));
    }

    @Test
    void outOfMemoryEvictsAndTriesOnceMore() throws Exception {
        var shop = onGpus(1);
        for (int index : new int[] {0, 1}) { // 0 throws OutOfGpuMemory, 1 what the library says
            var plan = shop.graph()
                    .node("g", "test.gpu", with("index", index, "failures", 1))
                    .build(List.of());
            assertThat(shop.run(plan).outcome()).isEqualTo(RunEvent.Outcome.DONE);
            assertThat(TestNodes.runs("gpu" + index)).isEqualTo(2);
            assertThat(shop.started()).hasSize(1);
            assertThat(shop.events(RunEvent.Log.class).get(0).message()).contains("cuda:0 ran out of memory");
        }
        assertThat(gpus.evicted).hasSize(2);
    }

    @Test
    void outOfMemoryTwiceFailsWithAdvice() throws Exception {
        var shop = onGpus(1);
        for (int index : new int[] {0, 1}) {
            var plan = shop.graph()
                    .node("g", "test.gpu", with("index", index, "failures", 9))
                    .build(List.of());
            var result = shop.run(plan);
            assertThat(result.outcome()).isEqualTo(RunEvent.Outcome.OUT_OF_GPU_MEMORY);
            assertThat(result.outcome().exitCode()).isEqualTo(5);
            assertThat(result.failures().get(0).advice()).contains("--device cpu");
        }
    }

    @Test
    void aFailureIsToldAndWhatDependsOnItDoesNotRun() throws Exception {
        var shop = new Workshop(folder);
        var result = shop.run(shop.graph()
                .node("f", "test.fail", Map.of())
                .node("after", "test.add", Map.of())
                .link("f", "value", "after", "a")
                .build(List.of()));
        assertThat(result.outcome().exitCode()).isEqualTo(4);
        var failed = shop.events(RunEvent.Failed.class).get(0);
        assertThat(failed.error()).isEqualTo("no face was found");
        assertThat(failed.advice()).isEqualTo("Use a photo that shows one face");
        assertThat(shop.started()).containsExactly("f");
        assertThat(shop.cache.find(
                        (String) ((Map<?, ?>) ((Map<?, ?>) result.record().get("nodes")).get("f")).get("key")))
                .isEmpty();
    }

    @Test
    void aFaultOfANodeIsCalledOne() throws Exception {
        var shop = new Workshop(folder);
        var result = shop.run(
                shop.graph().node("f", "test.fail", with("expected", false)).build(List.of()));
        assertThat(result.failures().get(0).error()).isEqualTo("unexpected IllegalArgumentException: a fault");
        assertThat(result.failures().get(0).advice()).contains("fault of the node type test.fail@1");
        var undeclared =
                shop.run(shop.graph().node("u", "test.undeclared", Map.of()).build(List.of()));
        assertThat(undeclared.failures().get(0).error()).contains("must declare uses = Uses.SEED");
    }

    @Test
    void eventsComeInOrder() throws Exception {
        var shop = new Workshop(folder);
        shop.run(shop.graph()
                .node(
                        "l",
                        "test.long",
                        with(
                                "steps",
                                3,
                                "millis",
                                1,
                                "log",
                                folder.resolve("log").toString()))
                .node("after", "test.add", Map.of())
                .link("l", "value", "after", "a")
                .build(List.of()));
        var names = shop.events.stream().map(e -> e.getClass().getSimpleName()).toList();
        assertThat(names.get(0)).isEqualTo("Planned");
        assertThat(names.subList(1, 3)).containsExactly("Started", "Progress");
        assertThat(names.subList(names.size() - 5, names.size()))
                .containsExactly("Progress", "Finished", "Started", "Finished", "Ended");
        for (RunEvent event : shop.events) {
            var line = Json.parseObject(Json.write(EventJson.tree(event, Instant.now())));
            assertThat(line).containsKeys("event", "time");
        }
        assertThat(Json.parseObject(Json.write(EventJson.tree(shop.events.getLast(), Instant.now()))))
                .containsEntry("event", "ended")
                .containsEntry("outcome", "done")
                .containsEntry("ran", 2L);
    }

    @Test
    void cancelIsPromptAndLeavesNothingHalfWritten() throws Exception {
        var shop = new Workshop(folder.resolve("cache"));
        var plan = shop.graph()
                .node(
                        "l",
                        "test.long",
                        with("steps", 1000, "log", folder.resolve("log").toString()))
                .node("after", "test.add", Map.of())
                .link("l", "value", "after", "a")
                .build(List.of());
        var handle = shop.engine.start(plan, shop.options, shop.events::add);
        shop.await(RunEvent.Progress.class);
        handle.cancel();
        var result = handle.await();
        assertThat(Files.readAllLines(folder.resolve("log"))).as("steps taken").hasSizeLessThan(500);
        assertThat(result.outcome()).isEqualTo(RunEvent.Outcome.CANCELLED);
        assertThat(result.outcome().exitCode()).isEqualTo(130);
        assertThat(shop.events(RunEvent.Cancelled.class))
                .extracting(RunEvent.Cancelled::node)
                .containsExactly("l", "after");
        assertThat(shop.events.getLast()).isInstanceOf(RunEvent.Ended.class);
        assertThat(folder.resolve("cache/entries")).doesNotExist();
        try (var staging = Files.list(folder.resolve("cache/staging"))) {
            assertThat(staging).isEmpty();
        }
    }

    @Test
    void cancelDoesNotWaitForANodeThatIsDeaf() throws Exception {
        var shop = new Workshop(folder.resolve("cache"));
        var plan = shop.graph().node("d", "test.deaf", Map.of()).build(List.of());
        var handle = shop.engine.start(plan, shop.options, shop.events::add);
        shop.await(RunEvent.Progress.class);
        Thread deaf = TestNodes.Deaf.thread;
        handle.cancel();
        handle.await();
        assertThat(deaf.isAlive()).as("the node is still at it").isTrue();
        TestNodes.Deaf.wanted = false;
        assertThat(deaf.join(Duration.ofSeconds(30))).isTrue();
        assertThat(folder.resolve("cache/entries"))
                .as("what it made in the end is not kept")
                .doesNotExist();
    }
}
