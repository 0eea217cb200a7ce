// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.gef.GraphicalEditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Event;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.figures.LinkFigure;
import org.eidolon.studio.editor.parts.RootPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canvas keeps what it has painted: what it shows is always what painting all of it anew would show. */
class TilesTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "plain": {"type": "test.plain@1"},
                "soften": {"type": "test.soften@1", "in": {"image": "plain.image"}},
                "words": {"type": "test.words@1"},
                "join": {"type": "test.join@1", "in": {"images": ["dot", "soften.image"]}},
                "far": {"type": "test.everything@1"}
              },
              "reroutes": {"dot": "plain.image"},
              "frames": {"frame": {"title": "Frame", "nodes": ["words"]}},
              "notes": {"note": "Look here"},
              "view": {"plain": [40, 40], "soften": [340, 40], "words": [40, 260], "join": [640, 40], "dot": [500, 200],
                       "far": [2600, 1900], "frame": [10, 210, 300, 200], "note": [340, 300, 220, 96]}
            }
            """;

    private static final int SHADE = 40;

    @TempDir
    Path folder;

    private static ImageData seen(Desk desk) throws Exception {
        for (int i = 0; i < 5; i++) { // what was put off follows
            desk.settle();
            Thread.sleep(60);
        }
        desk.settle();
        return Desk.ui(() -> {
            var size = desk.canvas().getSize();
            var image = new Image(Desk.display(), size.x, size.y);
            var gc = new GC(desk.canvas());
            gc.copyArea(image, 0, 0);
            gc.dispose();
            ImageData data = image.getImageData();
            image.dispose();
            return data;
        });
    }

    private static RootPart root(Desk desk) {
        return (RootPart) desk.editor().host().viewer().getRootEditPart();
    }

    private static void check(Desk desk, String after) throws Exception {
        // what the check of the graph finds shows on the nodes: not between the two pictures, please
        Desk.await(
                "the graph is checked",
                () -> Arrays.stream(Job.getJobManager().find(null))
                        .noneMatch(job -> job.getName().equals("eidolon-check")));
        ImageData kept = seen(desk);
        Desk.uiDo(() -> root(desk).repaintAll());
        ImageData anew = seen(desk);
        Rectangle differs = null;
        for (int y = 0; y < kept.height; y++) {
            for (int x = 0; x < kept.width; x++) {
                if (isOther(kept, anew, x, y)) {
                    differs = differs == null ? new Rectangle(x, y, 1, 1) : differs.union(x, y);
                }
            }
        }
        if (differs != null) { // to be looked at
            save(kept, "kept");
            save(anew, "anew");
        }
        assertThat(differs).as("what differs after " + after).isNull();
    }

    /** A rim that is painted in part may differ by a shade from one that is painted as a whole. */
    private static boolean isOther(ImageData kept, ImageData anew, int x, int y) {
        RGB one = kept.palette.getRGB(kept.getPixel(x, y));
        RGB other = anew.palette.getRGB(anew.getPixel(x, y));
        int most = Math.max(
                Math.abs(one.red - other.red),
                Math.max(Math.abs(one.green - other.green), Math.abs(one.blue - other.blue)));
        return most > SHADE;
    }

    private static void save(ImageData data, String name) {
        var loader = new ImageLoader();
        loader.data = new ImageData[] {data};
        loader.save(
                Path.of(System.getProperty("eidolon.pictures"), "tiles-" + name + ".png")
                        .toString(),
                SWT.IMAGE_PNG);
    }

    private static void edit(Desk desk, Runnable change) {
        Desk.uiDo(() -> desk.editor().document().edit("change", graph -> change.run()));
    }

    private static void wheel(Desk desk, int count) {
        Desk.uiDo(() -> {
            var event = new Event();
            event.x = 200;
            event.y = 150;
            event.count = count;
            desk.canvas().notifyListeners(SWT.MouseWheel, event);
        });
    }

    @Test
    void whatIsKeptIsWhatWouldBePaintedAnew() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            for (double zoom : new double[] {1, 0.45, 0.12}) {
                Desk.uiDo(() -> {
                    root(desk).zoom(zoom / root(desk).getZoomManager().getZoom(), new Point(0, 0));
                    root(desk).centre(new Point(300, 180));
                });
                check(desk, "zooming to " + zoom);
                edit(desk, () -> desk.node("plain").setX(desk.node("plain").getX() + 37));
                check(desk, "moving at " + zoom);
                edit(desk, () -> desk.node("words").setMuted(!desk.node("words").isMuted()));
                check(desk, "muting at " + zoom);
                edit(
                        desk,
                        () -> desk.node("soften")
                                .setCollapsed(!desk.node("soften").isCollapsed()));
                check(desk, "collapsing at " + zoom);
                desk.select("join", "note");
                check(desk, "selecting at " + zoom);
                edit(desk, () -> desk.node("join").getLinks().get(0).setFrom("soften.image"));
                check(desk, "linking at " + zoom);
                desk.command("org.eclipse.ui.edit.undo");
                Desk.uiDo(() -> root(desk).centre(new Point(420, 90)));
                check(desk, "scrolling at " + zoom);
            }
            desk.select();
            desk.drag(desk.title("words"), desk.corner());
            check(desk, "dragging");
        }
    }

    @Test
    void whileTheWheelTurnsTheOldPictureIsStretchedAndThenPaintedAnew() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            for (int i = 0; i < 12; i++) {
                wheel(desk, i < 8 ? 3 : -3);
                Desk.uiDo(() -> desk.canvas().update());
            }
            check(desk, "turning the wheel");
            desk.picture("wheel");
        }
    }

    @Test
    void linksEndAtTheirDotsAtEveryZoom() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Desk.uiDo(() -> root(desk).zoom(0.1 / root(desk).getZoomManager().getZoom(), new Point(0, 0)));
            desk.settle();
            edit(desk, () -> desk.node("plain").setX(53));
            desk.settle();
            Desk.uiDo(() -> root(desk).zoom(1 / root(desk).getZoomManager().getZoom(), new Point(0, 0)));
            desk.settle();
            Point end = Desk.ui(() -> {
                var link = new Wire.ToNode(desk.node("soften").getLinks().get(0));
                GraphicalEditPart part = desk.editor().host().part(link);
                Point start = ((LinkFigure) part.getFigure()).getStart().getCopy();
                part.getFigure().translateToAbsolute(start);
                return start;
            });
            assertThat(end).isEqualTo(desk.port("plain", "image", true));
        }
    }
}
