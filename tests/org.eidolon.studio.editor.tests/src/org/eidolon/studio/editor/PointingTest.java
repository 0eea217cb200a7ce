// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.gef.EditPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eidolon.graph.model.Element;
import org.eidolon.graph.model.Note;
import org.eidolon.studio.editor.edit.Wire;
import org.eidolon.studio.editor.parts.GraphPart;
import org.eidolon.studio.editor.parts.RootPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies under the pointer is what a click, and the menu that it opens, act on. */
class PointingTest {
    /** The link from left to right is far longer than the window is wide. */
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "left": {
                  "type": "test.plain@1"
                },
                "below": {
                  "type": "test.words@1"
                },
                "right": {
                  "type": "test.soften@1",
                  "in": {
                    "image": "left.image"
                  }
                }
              },
              "view": {
                "left": [40, 40],
                "below": [40, 260],
                "right": [2400, 40]
              }
            }
            """;

    @TempDir
    Path folder;

    private static List<Object> selected(Desk desk) {
        return Desk.ui(() -> ((List<?>) desk.editor().host().viewer().getSelectedEditParts())
                .stream()
                        .map(part -> ((EditPart) part).getModel())
                        .map(Object.class::cast)
                        .toList());
    }

    private static List<String> ids(Desk desk) {
        return selected(desk).stream().map(model -> ((Element) model).getId()).toList();
    }

    private static void full(Desk desk) {
        desk.command("org.eidolon.studio.editor.zoomFull");
        Desk.uiDo(() -> ((RootPart) desk.editor().host().viewer().getRootEditPart())
                .centre(new org.eclipse.draw2d.geometry.Point(300, 200)));
        desk.settle();
    }

    /** Clicks with the other button, opens the menu there and takes an entry. */
    private static void menu(Desk desk, Point at, String entry) {
        rightClick(desk, at);
        Desk.uiDo(() -> {
            Menu menu = desk.canvas().getMenu();
            menu.notifyListeners(SWT.Show, new Event());
            var item = Arrays.stream(menu.getItems())
                    .filter(one -> one.getText().replace("&", "").split("\t")[0].startsWith(entry))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no entry " + entry));
            assertThat(item.isEnabled()).as(entry).isTrue();
            menu.notifyListeners(SWT.Hide, new Event());
            item.notifyListeners(SWT.Selection, new Event());
        });
        desk.settle();
    }

    private static void rightClick(Desk desk, Point at) {
        desk.press(3, at);
        desk.release(3, at);
        desk.settle();
    }

    @Test
    void theMenuActsOnTheNodeUnderThePointer() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            full(desk);
            desk.click(desk.title("left"));
            assertThat(ids(desk)).containsExactly("left");
            menu(desk, desk.title("below"), "Delete");
            assertThat(desk.node("left")).as("what was selected before").isNotNull();
            assertThat(desk.node("below")).as("what was clicked").isNull();
        }
    }

    @Test
    void theOtherButtonSelectsTheNodeOfADotAndTheEmptyCanvas() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            full(desk);
            desk.click(desk.title("below"));
            rightClick(desk, desk.port("left", "image", true));
            assertThat(ids(desk)).containsExactly("left");
            rightClick(desk, desk.corner());
            assertThat(selected(desk)).isEmpty();
        }
    }

    @Test
    void severalStaySelectedWhenTheMenuIsOpenedOnOneOfThem() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            full(desk);
            desk.select("left", "below");
            full(desk);
            rightClick(desk, desk.title("below"));
            assertThat(ids(desk)).containsExactlyInAnyOrder("left", "below");
        }
    }

    @Test
    void aNoteFromTheMenuComesWhereTheMenuWasOpened() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            full(desk);
            Point at = new Point(desk.corner().x - 100, 60);
            Point there = Desk.ui(() -> {
                Point copy = at.getCopy();
                ((GraphPart) desk.editor().host().viewer().getContents())
                        .getFigure()
                        .translateToRelative(copy);
                return copy;
            });
            menu(desk, at, "Add note");
            Note note =
                    Desk.ui(() -> desk.editor().document().graph().getNotes().getFirst());
            assertThat(note.getX()).isEqualTo(there.x);
            assertThat(note.getY()).isEqualTo(there.y);
        }
    }

    private static Point view(Desk desk) {
        return Desk.ui(() -> ((RootPart) desk.editor().host().viewer().getRootEditPart())
                .visible()
                .getLocation());
    }

    @Test
    void aClickOnALinkLeavesTheCanvasWhereItIsAndTwoPutADotThere() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            full(desk);
            Point before = view(desk);
            Point port = desk.port("left", "image", true);
            Point on = new Point(port.x + 120, port.y);
            desk.click(on);
            assertThat(selected(desk)).singleElement().isInstanceOf(Wire.class);
            assertThat(view(desk)).isEqualTo(before);
            desk.doubleClick(on);
            assertThat(Desk.search()).as("the search").isNull();
            assertThat(view(desk)).isEqualTo(before);
            assertThat(desk.editor().document().graph().getReroutes()).hasSize(1);
        }
    }
}
