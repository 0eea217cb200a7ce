// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Hashes;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.Quality;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingTest {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder.resolve("cache"));
    }

    private Plan sums(double a, double b, double bias) throws PlanException {
        return shop.graph()
                .node("a", "test.constant", with("value", a))
                .node("b", "test.constant", with("value", b))
                .node("c", "test.add", with("bias", bias))
                .node("d", "test.add", Map.of())
                .link("a", "value", "c", "a")
                .link("b", "value", "c", "b")
                .link("b", "value", "d", "a")
                .build(List.of());
    }

    @Test
    void secondRunIsAnsweredFromTheCache() throws Exception {
        var first = shop.run(sums(1, 2, 0.5));
        assertThat(shop.number(first, "c")).isEqualTo(3.5);
        assertThat(shop.started()).containsExactlyInAnyOrder("a", "b", "c", "d");
        var second = shop.run(sums(1, 2, 0.5));
        assertThat(shop.started()).isEmpty();
        assertThat(shop.number(second, "c")).isEqualTo(3.5);
        assertThat(second.outcome()).isEqualTo(RunEvent.Outcome.DONE);
        assertThat(shop.events(RunEvent.Cached.class)).hasSize(4);
    }

    @Test
    void warningsAreSaidAgainWhereTheCacheAnswers() throws Exception {
        for (int run = 0; run < 3; run++) {
            var graph = shop.graph()
                    .node("d", "test.doubtful", Map.of())
                    .node("c", "test.add", with("bias", run / 2)) // the third run computes it anew from what is kept
                    .link("d", "value", "c", "a")
                    .build(List.of());
            var result = shop.run(graph);
            assertThat(shop.started()).hasSize(new int[] {2, 0, 1}[run]);
            assertThat(shop.events(RunEvent.Log.class))
                    .as("run %d", run)
                    .containsExactly(new RunEvent.Log("d", RunEvent.Level.WARNING, "it is doubtful"));
            assertThat(result.record().toString()).contains("it is doubtful");
        }
    }

    @Test
    void onlyWhatDependsOnAChangeRunsAgainAndSaysWhy() throws Exception {
        shop.run(sums(1, 2, 0.5));
        assertThat(shop.engine.stale(sums(1, 2, 0.75), shop.options))
                .isEqualTo(Map.of("c", List.of("parameter bias changed from 0.5 to 0.75")));
        shop.run(sums(1, 2, 0.75));
        assertThat(shop.started()).containsExactly("c");
        assertThat(shop.reasons("c")).containsExactly("parameter bias changed from 0.5 to 0.75");
        shop.run(sums(3, 2, 0.75));
        assertThat(shop.started()).containsExactly("a", "c");
        assertThat(shop.reasons("a")).containsExactly("parameter value changed from 1 to 3");
        assertThat(shop.reasons("c")).containsExactly("input a changed");
        shop.run(sums(1, 2, 0.5));
        assertThat(shop.started()).as("an earlier state is still there").isEmpty();
    }

    @Test
    void equalWorkInOneGraphIsDoneOnceAndIdsDoNotMatter() throws Exception {
        shop.run(sums(7, 7, 0));
        assertThat(TestNodes.runs("constant")).isEqualTo(1);
        var other =
                shop.graph().node("another", "test.constant", with("value", 7)).build(List.of());
        shop.run(other);
        assertThat(TestNodes.runs("constant")).isEqualTo(1);
    }

    @Test
    void whatLiesBehindAnAnsweredNodeIsNotNeeded() throws Exception {
        var result = shop.run(sums(1, 2, 0));
        shop.cache.discard(result.entry("a").orElseThrow().key());
        shop.run(sums(1, 2, 0));
        assertThat(shop.started()).isEmpty();
        shop.run(sums(1, 2, 4));
        assertThat(shop.started()).containsExactly("a", "c");
        assertThat(shop.reasons("a")).containsExactly("its result is no longer in the cache, or is damaged");
    }

    @Test
    void fileBytesCountAndTheirNamesDoNot() throws Exception {
        Path one = Files.writeString(folder.resolve("one.txt"), "same");
        Path two = Files.writeString(folder.resolve("two.txt"), "same");
        shop.run(read(one));
        shop.run(read(two));
        assertThat(TestNodes.runs("read")).isEqualTo(1);
        Files.writeString(one, "other");
        var result = shop.run(read(one));
        assertThat(shop.text(result, "r")).isEqualTo("other");
        assertThat(shop.reasons("r")).containsExactly("file file changed");
    }

    private Plan read(Path file) throws PlanException {
        return shop.graph().node("r", "test.read", with("file", file)).build(List.of());
    }

    @Test
    void seedQualityDeviceAndWeightsCountWhereDeclared() throws Exception {
        RunOptions plain = shop.options;
        Plan plan = environment("a1");
        assertThat(shop.text(shop.run(plan), "e")).isEqualTo("0 draft cpu");
        for (RunOptions changed : List.of(
                plain.withSeed(5),
                plain.withQuality(Quality.HIGH),
                plain.withDevices(List.of(new Device("cuda", 1))))) {
            shop.options = changed;
            shop.run(plan);
            assertThat(shop.started()).containsExactly("e");
            shop.run(plan);
            assertThat(shop.started()).isEmpty();
        }
        shop.options = plain.withDevices(List.of(new Device("cuda", 0)));
        shop.run(plan);
        assertThat(shop.started())
                .as("the kind of device counts, not which one")
                .isEmpty();
        shop.options = plain;
        shop.run(environment("b2"));
        assertThat(shop.reasons("e")).contains("weights test-weights changed");
        shop.options = plain.withSeed(99);
        shop.run(sums(1, 2, 0));
        shop.options = plain;
        shop.run(sums(1, 2, 0));
        assertThat(shop.started()).as("nodes that use no seed").isEmpty();
    }

    private Plan environment(String weights) throws PlanException {
        return shop.graph()
                .node("e", "test.environment", with("weights", weights))
                .build(List.of());
    }

    @Test
    void anotherVersionOfTheLibraryRunsAgain() throws Exception {
        shop.run(sums(1, 2, 0));
        var newer = new Workshop(folder.resolve("cache"), new NodeLibrary() {
            @Override
            public List<Class<? extends Node<?>>> nodes() {
                return new TestNodes().nodes();
            }

            @Override
            public String version() {
                return "test 2";
            }
        });
        newer.run(newer.graph().node("a", "test.constant", with("value", 1)).build(List.of()));
        assertThat(newer.reasons("a")).containsExactly("library changed from test 1 to test 2");
    }

    /** A key that changes by itself would throw every user's cache away: change it knowingly. */
    @Test
    void goldenKey() throws Exception {
        var keys = ContentKey.of(sums(1, 2, 0.5), shop.options);
        assertThat(keys.get("c").ingredients())
                .containsEntry("parameter bias", "0.5")
                .containsEntry("node", "test.add@1");
        assertThat(keys.get("c").hash()).isEqualTo("5ce3b7efdd9e71c816a02991bf5b0baf80ed01587a56ff5c31f88d7e8f4f6eaf");
    }

    @Test
    void damagedEntriesAreMadeAgain() throws Exception {
        var result = shop.run(sums(1, 2, 0));
        Path value = result.entry("c").orElseThrow().folder().resolve("value/value.json");
        String whole = Files.readString(value);
        Files.writeString(value, whole.replace('3', '4'));
        var later = new Workshop(folder.resolve("cache"));
        var again = later.run(sums(1, 2, 0));
        assertThat(later.started()).containsExactly("c");
        assertThat(later.number(again, "c")).isEqualTo(3);
        assertThat(value).hasContent(whole);

        Files.delete(value);
        later.run(sums(1, 2, 0));
        assertThat(later.started()).containsExactly("c");
        Files.writeString(result.entry("c").orElseThrow().folder().resolve("manifest.json"), "{\"half");
        later.run(sums(1, 2, 0));
        assertThat(later.started()).containsExactly("c");
        later.run(sums(1, 2, 0));
        assertThat(later.started()).isEmpty();
    }

    @Test
    void freshRunsAllAndReplacesTheEntries() throws Exception {
        shop.run(sums(1, 2, 0));
        shop.options = shop.options.withFresh(true);
        shop.run(sums(1, 2, 0));
        assertThat(shop.started()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void artifactsAreDeliveredFromRunAndCacheAlike() throws Exception {
        Plan plan = shop.graph()
                .node("a", "test.constant", Map.of())
                .node("x", "test.export", with("name", "deep/er.txt"))
                .link("a", "value", "x", "text") // through the conversion
                .build(List.of());
        for (String out : List.of("first", "second")) {
            shop.options = shop.options.withOut(folder.resolve(out));
            var result = shop.run(plan);
            assertThat(folder.resolve(out).resolve("deep/er.txt")).hasContent("1.0");
            assertThat(result.artifacts()).containsExactly(Map.entry("x", List.of("deep/er.txt")));
            assertThat(result.record().get("artifacts")).isEqualTo(Map.of("deep/er.txt", Hashes.of("1.0")));
        }
        assertThat(TestNodes.runs("export")).isEqualTo(1);
    }

    @Test
    void twoNodesThatDeliverOneNameAreTold() throws Exception {
        shop.options = shop.options.withOut(folder.resolve("out"));
        var result = shop.run(shop.graph()
                .node("a", "test.constant", Map.of())
                .node("b", "test.constant", with("value", 2))
                .node("x", "test.export", Map.of())
                .node("y", "test.export", Map.of())
                .link("a", "value", "x", "text")
                .link("b", "value", "y", "text")
                .build(List.of()));
        assertThat(result.outcome()).isEqualTo(RunEvent.Outcome.FAILED);
        assertThat(result.failures().get(0).error()).contains("write text.txt into the out folder");
    }

    @Test
    void recordKeepsFactsOfCachedNodes() throws Exception {
        shop.run(sums(1, 2, 0));
        var record = shop.run(sums(1, 2, 0)).record();
        var c = (Map<?, ?>) ((Map<?, ?>) record.get("nodes")).get("c");
        assertThat(c.get("state")).isEqualTo("cached");
        assertThat(c.get("inputs")).isEqualTo(Map.of("a", List.of("a.value"), "b", List.of("b.value")));
        var a = (Map<?, ?>) ((Map<?, ?>) record.get("nodes")).get("a");
        assertThat(a.get("facts")).as("of a node behind an answered one").isEqualTo(Map.of("licence", "CC0"));
        var alone = shop.run(shop.graph().node("k", "test.constant", Map.of()).build(List.of()))
                .record();
        assertThat(((Map<?, ?>) ((Map<?, ?>) alone.get("nodes")).get("k")).get("facts"))
                .isEqualTo(Map.of("licence", "CC0"));
    }

    /** Twenty chains of fifty. A second of processor time, and some slack for a virtual machine that is cold. */
    @Test
    void aThousandCachedNodesAreAnsweredQuickly() throws Exception {
        var builder = shop.graph().node("end", "test.sum", Map.of());
        for (int chain = 0; chain < 20; chain++) {
            builder.node(chain + "-0", "test.constant", with("value", chain));
            for (int i = 1; i < 50; i++) {
                String id = chain + "-" + i;
                builder.node(id, "test.add", with("bias", i)).link(chain + "-" + (i - 1), "value", id, "a");
            }
            builder.link(chain + "-49", "value", "end", "items");
        }
        shop.options = shop.options.withThreads(20);
        var first = shop.run(builder.build(List.of()));
        assertThat(shop.started()).hasSize(1001);
        assertThat(shop.number(first, "end")).isEqualTo(20 * (49 * 50 / 2) + 19 * 20 / 2);
        var clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        shop.run(builder.build(List.of()));
        double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf("1001 cached nodes answered in %.3f s of processor time%n", seconds);
        assertThat(shop.started()).isEmpty();
        assertThat(seconds).isLessThan(3);
    }
}
