// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.ui.PlatformUI;
import org.eidolon.api.Quality;
import org.eidolon.engine.Sweep;
import org.eidolon.testing.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue and what of it outlives a program: here an object that is dropped without a word is the program. */
class RunQueueTest {
    private static final String GRAPH = "{\n  \"eidolon\": 1\n}\n";

    @TempDir
    Path folder;

    private RunQueue queue;

    private static <T> T ui(Callable<T> work) {
        return Elsewhere.call(PlatformUI.getWorkbench().getDisplay()::syncExec, work);
    }

    private RunQueue open() {
        return ui(() -> new RunQueue(folder.resolve("queue"), folder.resolve("cache")));
    }

    @BeforeEach
    void openPaused() {
        queue = open();
        ui(() -> {
            queue.pause(true);
            return null;
        });
    }

    @AfterEach
    void close() {
        ui(() -> {
            queue.close();
            return null;
        });
    }

    private QueuedRun add(String name) {
        return ui(() -> queue.add(folder.resolve(name + ".eidolon"), GRAPH, List.of(name), Quality.HIGH));
    }

    private static List<String> names(RunQueue of) {
        return ui(() ->
                of.runs().stream().map(run -> run.log().targets().getFirst()).toList());
    }

    /** What another program finds. Closing writes what is still to be written. */
    private List<String> reopened() {
        close();
        queue = open();
        return names(queue);
    }

    @Test
    void whatWaitsIsThereAgainInItsOrder() {
        QueuedRun a = add("a");
        add("b");
        QueuedRun c = add("c");
        QueuedRun d = add("d");
        ui(() -> {
            queue.move(c, -1);
            queue.move(a, 2);
            queue.move(d, -100);
            queue.drop(a);
            queue.move(a, 1); // it is not there any more
            return null;
        });
        assertThat(names(queue)).containsExactly("d", "c", "b");
        assertThat(a.log().isOver()).isTrue();
        assertThat(reopened()).containsExactly("d", "c", "b");
        QueuedRun first = ui(() -> queue.runs().getFirst());
        assertThat(first.graph()).isEqualTo(folder.resolve("d.eidolon"));
        assertThat(first.text()).isEqualTo(GRAPH);
        assertThat(first.quality()).isEqualTo(Quality.HIGH);
        assertThat(first.asked()).isEqualTo(d.asked());
        assertThat(first.isInterrupted()).isFalse();
        assertThat(ui(() -> queue.isPaused())).isTrue();
    }

    @Test
    void aRunIsUnderWayOnlyAsLongAsItsLeaseIsRenewed() throws Exception {
        QueuedRun run = add("a");
        close();
        Path lease = folder.resolve("queue").resolve(run.id() + ".lease");
        Files.writeString(lease, "1");
        queue = open();
        assertThat(ui(() -> queue.runs().getFirst().isInterrupted())).isTrue();
        ui(() -> {
            queue.pause(false);
            return null;
        });
        assertThat(ui(() -> queue.isUnderWay(queue.runs().getFirst())))
                .as("the worker of the dead program may still be ending")
                .isFalse();
        var store = new QueueStore(folder.resolve("queue"));
        assertThat(store.left(run)).isBetween(Duration.ofSeconds(1), QueueStore.LEASE);
        Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minus(QueueStore.LEASE)));
        assertThat(store.left(run)).isEqualTo(Duration.ZERO);
        Files.setLastModifiedTime(lease, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        assertThat(store.left(run)).as("of a clock that was set back").isEqualTo(Duration.ZERO);
        ui(() -> {
            queue.next();
            return null;
        });
        assertThat(ui(() ->
                        queue.runs().isEmpty() || queue.isUnderWay(queue.runs().getFirst())))
                .isTrue();
        store.close();
    }

    @Test
    void aSweepIsThereAgainWithWhatHasRunAndWhatWaits() throws IOException {
        Path graph = folder.resolve("a.eidolon");
        var sweep = new Sweep("a.size", List.of("1", "2", "3"));
        SweepResults before = ui(() -> new Sweeps(queue).start(graph, GRAPH, sweep, null, run -> {}));
        ui(() -> {
            queue.drop(queue.runs().getFirst());
            return null;
        });
        assertThat(ui(() -> before.trials().getFirst().state())).isEqualTo(Trial.State.CANCELLED);
        close();
        queue = open();
        assertThat(ui(() -> queue.runs().stream()
                        .map(run -> run.variant().orElseThrow())
                        .toList()))
                .containsExactly(
                        new Variant("a.size", "2", folder.resolve("out/a/a.size/size-2")),
                        new Variant("a.size", "3", folder.resolve("out/a/a.size/size-3")));
        Sweeps sweeps = ui(() -> new Sweeps(queue));
        SweepResults after = ui(() -> sweeps.of(graph).getFirst());
        assertThat(after.target()).isEqualTo("a.size");
        assertThat(after.trials())
                .extracting(Trial::state)
                .containsExactly(Trial.State.CANCELLED, Trial.State.WAITING, Trial.State.WAITING);
        assertThat(ui(after::isRunning)).isTrue();
        ui(() -> {
            sweeps.stop(after);
            return null;
        });
        assertThat(ui(() -> queue.runs())).isEmpty();
        assertThat(Files.readString(folder.resolve("out/a/a.size/batch.json")))
                .contains("\"outcome\":\"cancelled\"")
                .doesNotContain("waiting", folder.toString());
    }

    @Test
    void aRecordNamesNoFolderOutsideItsOwn() throws IOException {
        Path of = Files.createDirectories(folder.resolve("out/a/x"));
        Files.writeString(
                of.resolve("batch.json"),
                "{\"sweep\": \"a.b\", \"items\": [{\"item\": \"../../../etc\", \"value\": \"1\"}]}");
        SweepResults found =
                ui(() -> new Sweeps(queue).of(folder.resolve("a.eidolon")).getFirst());
        assertThat(found.trials().getFirst().folder()).isEqualTo(of.resolve("etc"));
        Files.writeString(of.resolve("batch.json"), "{\"sweep\": 3}");
        assertThat(ui(() -> new Sweeps(queue).of(folder.resolve("a.eidolon")))).isEmpty();
    }

    @Test
    void aQueueThatCannotBeReadIsPutAside() throws IOException {
        add("a");
        close();
        Path order = folder.resolve("queue/queue.json");
        Files.writeString(order, Files.readString(order).substring(0, 20));
        queue = open();
        assertThat(names(queue)).isEmpty();
        assertThat(folder.resolve("queue/queue.json.damaged")).exists();
        add("b");
        assertThat(reopened()).containsExactly("b");
    }

    @Test
    void filesOfRunsThatAreNotInTheQueueAreSweptAway() throws IOException {
        add("a");
        close();
        Files.writeString(folder.resolve("queue/x.eidolon"), GRAPH);
        Files.writeString(folder.resolve("queue/x.lease"), "1");
        queue = open();
        try (var names = Files.list(folder.resolve("queue"))) {
            assertThat(names.map(name -> name.getFileName().toString())).noneMatch(name -> name.startsWith("x."));
        }
        assertThat(names(queue)).containsExactly("a");
    }
}
