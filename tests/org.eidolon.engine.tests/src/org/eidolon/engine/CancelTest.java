// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eidolon.engine.Workshop.with;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node hears of the end of a run that is cancelled. */
@Timeout(60)
class CancelTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @TempDir
    Path folder;

    public record Out(Scalar value) {}

    /** Runs until it is cancelled, and saves then, as a stage does; the second time it tells what it had saved. */
    @NodeType(id = "test.saves", category = "Test", uses = Uses.CHECKPOINTS)
    public record Saves() implements Node<Out> {
        @Override
        public Out run(Run run) throws Exception {
            var last = run.checkpoints().latest();
            if (last.isPresent()) {
                return new Out(new Scalar(Files.size(last.get().folder().resolve("state"))));
            }
            run.progress("wait", 0, 1, "step");
            while (!run.isCancelled()) {
                Thread.onSpinWait();
            }
            NEVER.await(300, TimeUnit.MILLISECONDS); // an interrupt would come now
            run.checkpoints().save(7, into -> {
                // a channel that an interrupt closes
                try (var channel =
                        FileChannel.open(into.resolve("state"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate(5));
                }
            });
            run.checkCancelled();
            throw new IllegalStateException("not cancelled");
        }
    }

    /** Waits for what never comes. */
    @NodeType(id = "test.waits", category = "Test")
    public record Waits() implements Node<Out> {
        @Override
        public Out run(Run run) throws Exception {
            run.progress("wait", 0, 1, "step");
            try {
                NEVER.await();
                return null;
            } catch (InterruptedException e) {
                run.log("interrupted");
                throw e;
            }
        }
    }

    private static final class Library implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Saves.class, Waits.class);
        }

        @Override
        public String version() {
            return "cancel 1";
        }
    }

    private static RunResult cancelled(Workshop shop, Plan plan) throws Exception {
        var handle = shop.engine.start(plan, shop.options, shop.events::add);
        shop.await(RunEvent.Progress.class);
        handle.cancel();
        return handle.await();
    }

    @Test
    void aNodeThatSavesCheckpointsIsNotInterruptedAndSavesInPeace() throws Exception {
        var shop = new Workshop(folder, new Library());
        var plan = shop.graph().node("n", "test.saves", Map.of()).build(List.of());
        assertThat(cancelled(shop, plan).outcome()).isEqualTo(RunEvent.Outcome.CANCELLED);
        shop.options = shop.options.withResume(true);
        assertThat(shop.number(shop.run(plan), "n")).isEqualTo(5);
    }

    @Test
    void anotherNodeIsInterruptedWhereItWaits() throws Exception {
        var shop = new Workshop(folder, new Library());
        var plan = shop.graph().node("n", "test.waits", with()).build(List.of());
        assertThat(cancelled(shop, plan).outcome()).isEqualTo(RunEvent.Outcome.CANCELLED);
        assertThat(shop.events(RunEvent.Log.class))
                .extracting(RunEvent.Log::message)
                .containsExactly("interrupted");
    }
}
