// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eidolon.api.Kept;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.api.value.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmTest {
    private static final AtomicInteger OPENED = new AtomicInteger(), CLOSED = new AtomicInteger();

    @TempDir
    Path folder;

    private final Warm warm = new Warm();

    WarmTest() {
        OPENED.set(0);
        CLOSED.set(0);
    }

    /** What is costly to open. */
    private static final class Network implements AutoCloseable {
        Network() {
            OPENED.incrementAndGet();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    private Kept<Network> lend(String key) throws Exception {
        return warm.lend(key, Network.class, Network::new);
    }

    private void opened(int opened, int closed) {
        assertThat(OPENED).hasValue(opened);
        assertThat(CLOSED).hasValue(closed);
    }

    @Test
    void withoutAKeeperTheLastWhoGivesItBackClosesIt() throws Exception {
        Kept<Network> first = lend("a"), second = lend("a");
        assertThat(first.value()).isSameAs(second.value());
        first.close();
        first.close();
        opened(1, 0);
        second.close();
        opened(1, 1);
        assertThat(warm.size()).isZero();
        lend("a").close();
        opened(2, 2);
    }

    @Test
    void aKeeperKeepsItOpenAndTheLastKeeperClosesIt() throws Exception {
        var outer = warm.keep();
        try (var inner = warm.keep()) {
            for (int i = 0; i < 5; i++) {
                lend("a").close();
                lend("b").close();
            }
            opened(2, 0);
        }
        opened(2, 0);
        Kept<Network> lent = lend("a");
        outer.close();
        outer.close();
        opened(2, 1);
        lent.close();
        opened(2, 2);
        assertThat(warm.size()).isZero();
    }

    @Test
    void evictingLeavesAloneWhatIsInUse() throws Exception {
        try (var keeper = warm.keep();
                Kept<Network> used = lend("used")) {
            lend("idle").close();
            warm.evict();
            opened(2, 1);
            assertThat(lend("used").value()).isSameAs(used.value());
        }
    }

    @Test
    void whatCannotBeOpenedIsNotRemembered() throws Exception {
        try (var keeper = warm.keep()) {
            assertThatThrownBy(() -> warm.lend("a", Network.class, () -> {
                        throw new IOException("torn");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(warm.size()).isZero();
            lend("a").close();
            assertThatThrownBy(() -> warm.lend("a", Other.class, Other::new))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not a");
        }
        opened(1, 1);
    }

    private static final class Other implements AutoCloseable {
        @Override
        public void close() {}
    }

    @Test
    void manyThreadsOpenItOnce() throws Exception {
        var ready = new CountDownLatch(8);
        try (var keeper = warm.keep();
                var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                pool.submit(() -> {
                    ready.countDown();
                    ready.await(10, TimeUnit.SECONDS);
                    for (int k = 0; k < 200; k++) {
                        lend("a").close();
                    }
                    return null;
                });
            }
        }
        opened(1, 1);
    }

    /** Uses a network that it does not own. */
    @NodeType(id = "test.asks", category = "Test")
    record Asks(@Param double value) implements Node<Asks.Out> {
        record Out(Scalar value) {}

        Asks() {
            this(0);
        }

        @Override
        public Out run(Run run) throws Exception {
            try (Kept<Network> network = run.keep("network", Network.class, Network::new)) {
                assertThat(network.value()).isNotNull();
                return new Out(new Scalar(value));
            }
        }
    }

    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Asks.class);
        }

        @Override
        public String version() {
            return "test 1";
        }
    }

    @Test
    void runsThatFollowOneAnotherShareAndARunAloneLeavesNothingOpen() throws Exception {
        var workshop = new Workshop(folder, new Library());
        for (int i = 0; i < 2; i++) {
            workshop.run(workshop.graph()
                    .node("a", "test.asks", Workshop.with("value", (double) i))
                    .build(List.of()));
        }
        opened(2, 2);
        try (var warm = workshop.engine.keepWarm()) {
            for (int i = 2; i < 5; i++) {
                workshop.run(workshop.graph()
                        .node("a", "test.asks", Workshop.with("value", (double) i))
                        .build(List.of()));
            }
            opened(3, 2);
        }
        opened(3, 3);
    }
}
