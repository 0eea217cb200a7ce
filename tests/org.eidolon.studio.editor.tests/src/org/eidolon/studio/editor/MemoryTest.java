// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.studio.editor.bench.CanvasBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that was closed is gone. */
class MemoryTest {
    private static final int GRAPHS = 50;

    @TempDir
    Path folder;

    @Test
    void memoryAfterFiftyGraphsIsWhatItWasBefore() throws Exception {
        CanvasBench bench = Desk.ui(() -> new CanvasBench(Desk.page(), folder));
        Path file;
        try (Desk desk = Desk.open(Files.createDirectory(folder.resolve("first")), "{\"eidolon\": 1}")) {
            file = bench.graph("graph", 30, desk.editor().document().engines().types());
        }
        long[] used = Desk.ui(() -> bench.memory(file, GRAPHS));
        System.out.printf(
                "%d graphs: %.2f MiB before, %.2f MiB after%n", GRAPHS, used[0] / 1048576.0, used[1] / 1048576.0);
        assertThat(used[1]).isLessThan(used[0] + used[0] / 10);
    }

    @Test
    void nothingHoldsTheModelOfAGraphThatWasClosed() throws Exception {
        List<WeakReference<Object>> closed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Desk desk =
                    Desk.open(folder, "{\"eidolon\": 1, \"nodes\": {\"plain\": {\"type\": \"test.plain@1\"}}}")) {
                desk.select("plain");
                Desk.uiDo(() -> desk.editor()
                        .document()
                        .edit("mute", graph -> graph.getNodes().get(0).setMuted(true)));
                desk.command("org.eclipse.ui.edit.copy");
                closed.add(Desk.ui(
                        () -> new WeakReference<>(desk.editor().document().graph())));
            }
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (closed.stream().filter(reference -> reference.get() != null).count() > 1 && System.nanoTime() < end) {
            System.gc();
            Desk.uiDo(() -> {
                while (Desk.display().readAndDispatch()) {}
            });
            Thread.sleep(50);
        }
        // the workbench may remember what was in front last
        assertThat(closed.stream().filter(reference -> reference.get() != null).count())
                .isLessThanOrEqualTo(1);
    }
}
