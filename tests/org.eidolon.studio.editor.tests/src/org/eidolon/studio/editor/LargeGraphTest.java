// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.eclipse.draw2d.geometry.Point;
import org.eidolon.studio.editor.parts.RootPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph of 2,000 nodes stays workable. The bounds are wide: they catch what grows with the square of the size. */
class LargeGraphTest {
    @TempDir
    Path folder;

    /** Time that the window's thread has worked: other programs on the machine do not count. */
    private static long clock() {
        return ManagementFactory.getThreadMXBean()
                .getThreadCpuTime(Desk.display().getThread().threadId());
    }

    private static String graph(int size) {
        var nodes = new StringBuilder();
        var view = new StringBuilder();
        for (int i = 0; i < size; i++) {
            String in = i == 0 ? "" : ", \"in\": {\"image\": \"n" + (i - 1) + ".image\"}";
            String separator = i == 0 ? "" : ",";
            nodes.append(separator)
                    .append("\"n" + i + "\": {\"type\": \"test." + (i == 0 ? "plain" : "soften") + "@1\"" + in + "}");
            view.append(separator).append("\"n" + i + "\": [" + i % 50 * 300 + ", " + i / 50 * 140 + "]");
        }
        return "{\"eidolon\": 1, \"nodes\": {" + nodes + "}, \"view\": {" + view + "}}";
    }

    @Test
    void twoThousandNodesOpenAreEditedAndMoveUnderTheEye() throws Exception {
        try (Desk warm = Desk.open(folder, graph(20))) {
            assertThat(warm.node("n19")).isNotNull();
        }
        long begin = clock();
        try (Desk desk = Desk.open(folder, graph(2000))) {
            long opened = clock() - begin;
            begin = clock();
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit("mute", g -> g.getNodes().get(7).setMuted(true)));
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit("cut", g -> g.getNodes().get(9).getLinks().clear()));
            long edited = (clock() - begin) / 2;
            int frames = 30;
            begin = clock();
            for (int i = 0; i < frames; i++) {
                int step = i;
                Desk.uiDo(() -> {
                    ((RootPart) desk.editor().host().viewer().getRootEditPart())
                            .centre(new Point(2000 + 40 * step, 1500 + 10 * step));
                    desk.canvas().update();
                });
            }
            long frame = (clock() - begin) / frames;
            System.out.printf(
                    "2,000 nodes: opened in %d ms, edited in %d ms, a frame in %.1f ms%n",
                    opened / 1_000_000, edited / 1_000_000, frame / 1e6);
            assertThat(opened).as("opening").isLessThan(3_000_000_000L);
            assertThat(edited).as("an edit").isLessThan(500_000_000L);
            assertThat(frame).as("a frame").isLessThan(20_000_000L);
        }
    }
}
