// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.draw2d.geometry.Point;
import org.eidolon.studio.editor.parts.RootPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph of 2,000 nodes stays workable. The bounds are wide: they catch what grows with the square of the size. */
class LargeGraphTest {
    @TempDir
    Path folder;

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
        long begin = System.nanoTime();
        try (Desk desk = Desk.open(folder, graph(2000))) {
            long opened = System.nanoTime() - begin;
            begin = System.nanoTime();
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit("mute", g -> g.getNodes().get(7).setMuted(true)));
            Desk.uiDo(() -> desk.editor()
                    .document()
                    .edit("cut", g -> g.getNodes().get(9).getLinks().clear()));
            long edited = (System.nanoTime() - begin) / 2;
            int frames = 30;
            begin = System.nanoTime();
            for (int i = 0; i < frames; i++) {
                int step = i;
                Desk.uiDo(() -> {
                    ((RootPart) desk.editor().host().viewer().getRootEditPart())
                            .centre(new Point(2000 + 40 * step, 1500 + 10 * step));
                    desk.canvas().update();
                });
            }
            long frame = (System.nanoTime() - begin) / frames;
            System.out.printf(
                    "2,000 nodes: opened in %d ms, edited in %d ms, a frame in %.1f ms%n",
                    opened / 1_000_000, edited / 1_000_000, frame / 1e6);
            assertThat(opened).as("opening").isLessThan(12_000_000_000L);
            assertThat(edited).as("an edit").isLessThan(1_500_000_000L);
            assertThat(frame).as("a frame").isLessThan(150_000_000L);
        }
    }
}
