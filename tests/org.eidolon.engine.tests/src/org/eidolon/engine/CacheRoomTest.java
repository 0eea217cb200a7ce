// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Making room in a cache, also while others run. */
class CacheRoomTest {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder.resolve("cache"));
    }

    private Plan constant(double value) throws PlanException {
        return shop.graph().node("a", "test.constant", with("value", value)).build(List.of());
    }

    private Plan chain() throws PlanException {
        return shop.graph()
                .node("a", "test.constant", Map.of())
                .node("b", "test.add", Map.of())
                .link("a", "value", "b", "a")
                .build(List.of());
    }

    /** File times have a coarse grain on some systems. */
    private static void pause() throws InterruptedException {
        Thread.sleep(20);
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws Exception {
        for (int i = 1; i <= 3; i++) {
            shop.run(constant(i));
            pause();
        }
        shop.run(constant(1)); // from the cache: used again
        var usage = shop.cache.room().usage();
        assertThat(usage.entries()).isEqualTo(3);
        long one = usage.results() / 3;
        var freed = shop.cache.room().trim(usage.results() - one);
        assertThat(freed.entries()).isEqualTo(1);
        assertThat(shop.cache.room().usage().results()).isEqualTo(usage.results() - freed.bytes());
        shop.run(constant(1));
        assertThat(shop.started()).isEmpty();
        shop.run(constant(3));
        assertThat(shop.started()).isEmpty();
        shop.run(constant(2));
        assertThat(shop.started()).containsExactly("a");
    }

    @Test
    void chosenResultsAreRemovedAndTheOthersStay() throws Exception {
        for (int i = 1; i <= 3; i++) {
            shop.run(constant(i));
            pause();
        }
        CacheStore room = shop.cache.room();
        List<CacheStore.Item> items = room.items();
        assertThat(items).extracting(CacheStore.Item::type).containsOnly("test.constant");
        assertThat(items).isSortedAccordingTo(Comparator.comparing(CacheStore.Item::used));
        assertThat(items.stream().mapToLong(CacheStore.Item::bytes).sum())
                .isEqualTo(room.usage().results());
        var freed = room.remove(Set.of(items.get(1).key(), "nothing goes by this"));
        assertThat(freed).isEqualTo(new CacheStore.Freed(1, items.get(1).bytes(), 0));
        assertThat(room.items()).containsExactly(items.get(0), items.get(2));
        shop.run(constant(2));
        assertThat(shop.started()).as("it is made again").containsExactly("a");
    }

    @Test
    void aLimitIsKeptByEveryRunThatComputes() throws Exception {
        assertThat(shop.cache.room().limit()).isEqualTo(CacheStore.USUAL_LIMIT);
        shop.run(constant(1));
        long one = shop.cache.room().usage().results();
        shop.cache.room().limit(one + one / 2);
        pause();
        shop.run(constant(2));
        assertThat(new Cache(folder.resolve("cache")).room().usage().entries()).isEqualTo(1);
        assertThat(new Cache(folder.resolve("cache")).room().limit()).isEqualTo(one + one / 2);
        shop.run(constant(2));
        assertThat(shop.started()).as("its own result is not what went").isEmpty();
        Files.writeString(folder.resolve("cache/limit"), "a lot");
        assertThat(shop.cache.room().limit()).isEqualTo(CacheStore.USUAL_LIMIT);
    }

    @Test
    void factsOfEvictedNodesStayInTheRecord() throws Exception {
        var first = nodes(shop.run(chain()).record());
        shop.cache.room().trim(0);
        shop.run(chain());
        shop.cache.discard(ContentKey.of(chain(), shop.options).get("a").hash());
        pause();
        // only the source is gone: what follows it answers
        var keys = ContentKey.of(chain(), shop.options);
        shop.run(chain());
        assertThat(shop.started()).isEmpty();
        var a = (Map<?, ?>) nodes(shop.run(chain()).record()).get("a");
        assertThat(a.get("facts")).isEqualTo(((Map<?, ?>) first.get("a")).get("facts"));
        assertThat(shop.cache.find(keys.get("a").hash())).isEmpty();
    }

    private static Map<?, ?> nodes(Map<String, Object> record) {
        return (Map<?, ?>) record.get("nodes");
    }

    @Test
    void whatARunUsesIsNotEvicted() throws Exception {
        String key = ContentKey.of(constant(1), shop.options).get("a").hash();
        shop.run(constant(1));
        shop.run(constant(2));
        try (var hold = shop.cache.holds().hold(Set.of(key))) {
            shop.cache.holds().hold(Set.of(key, EntryHolds.ANY)).close(); // another run of this process comes and goes
            var freed = shop.cache.room().clean();
            assertThat(freed.entries()).isEqualTo(1);
            assertThat(freed.inUse()).isEqualTo(1);
            assertThat(shop.cache.find(key)).isPresent();
        }
        assertThat(shop.cache.room().trim(-1).entries()).isEqualTo(1);
        assertThat(shop.cache.find(key)).isEmpty();
    }

    @Test
    @Timeout(120)
    void cleaningLeavesARunOfAnotherProcessAlone() throws Exception {
        Path log = folder.resolve("log");
        Process other = ChildRun.start(folder.resolve("cache"), log, 200, 10, false);
        try {
            for (int i = 0; i < 6000 && (!Files.exists(log) || Files.size(log) < 20); i++) {
                Thread.sleep(10);
            }
            while (other.isAlive()) {
                shop.cache.room().clean();
                Thread.sleep(20);
            }
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        assertThat(Files.readAllLines(log)).hasSize(200);
        shop.cache.room().clean();
        assertThat(shop.cache.room().usage()).isEqualTo(new CacheStore.Usage(0, 0, 0, 0));
    }

    @Test
    void runsAndEvictionAtTheSameTimeGiveRightResults() throws Exception {
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var failure = new java.util.concurrent.atomic.AtomicReference<Throwable>();
        Thread evictor = Thread.ofPlatform().start(() -> {
            try {
                while (!stop.get()) {
                    shop.cache.room().trim(-1);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                var result = shop.run(chain());
                assertThat(result.outcome()).isEqualTo(RunEvent.Outcome.DONE);
                assertThat(nodes(result.record()).get("a")).asString().contains("CC0");
            }
        } finally {
            stop.set(true);
            evictor.join();
        }
        assertThat(failure.get()).isNull();
    }
}
