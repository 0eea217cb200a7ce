// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.studio.editor.parts.RootPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does on the canvas, by real events in the real workbench. */
class CanvasTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "plain": {
                  "type": "test.plain@1"
                },
                "soften": {
                  "type": "test.soften@1"
                },
                "words": {
                  "type": "test.words@1"
                },
                "join": {
                  "type": "test.join@1"
                }
              },
              "view": {
                "plain": [40, 40],
                "soften": [340, 40],
                "words": [40, 220],
                "join": [640, 40]
              }
            }
            """;

    private static final String UNDO = "org.eclipse.ui.edit.undo";
    private static final String REDO = "org.eclipse.ui.edit.redo";

    @TempDir
    Path folder;

    private void everythingUndoes(Desk desk) {
        while (Desk.ui(() -> desk.editor().document().stack().canUndo())) {
            desk.command(UNDO);
        }
        assertThat(desk.text()).isEqualTo(GRAPH);
    }

    @Test
    void aNodeIsMovedByItsTitleAndComesBack() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            double zoom =
                    Desk.ui(() -> ((RootPart) desk.editor().host().viewer().getRootEditPart())
                            .getZoomManager()
                            .getZoom());
            Point from = desk.title("words");
            desk.drag(from, new Point(from.x + (int) (100 * zoom), from.y + (int) (60 * zoom)));
            assertThat(desk.node("words").getX()).isEqualTo(140);
            assertThat(desk.node("words").getY()).isEqualTo(280);
            assertThat(Desk.ui(() -> desk.editor().isDirty())).isTrue();
            everythingUndoes(desk);
            desk.command(REDO);
            assertThat(desk.node("words").getX()).isEqualTo(140);
        }
    }

    @Test
    void aLinkIsDrawnFromPortToPort() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.drag(desk.port("plain", "image", true), desk.port("soften", "image", false));
            assertThat(desk.node("soften").getLinks()).hasSize(1);
            assertThat(desk.node("soften").getLinks().get(0).getFrom()).isEqualTo("plain.image");
            // backwards, and into an input that takes several
            desk.drag(desk.port("join", "images", false), desk.port("soften", "image", true));
            desk.drag(desk.port("plain", "image", true), desk.port("join", "images", false));
            assertThat(desk.node("join").getLinks())
                    .extracting(link -> link.getFrom())
                    .containsExactly("soften.image", "plain.image");
            desk.picture("linked");
            everythingUndoes(desk);
        }
    }

    @Test
    void aWrongLinkIsRefusedWithTheReason() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Point to = desk.port("soften", "image", false);
            desk.dragTo(desk.port("words", "text", true), to);
            desk.picture("refused");
            var verdict =
                    Desk.ui(() -> desk.editor().document().wiring().check("words.text", desk.node("soften"), "image"));
            assertThat(verdict.allowed()).isFalse();
            assertThat(verdict.reason()).contains("text").contains("image");
            desk.mouse(SWT.MouseUp, to, 1, SWT.BUTTON1);
            desk.settle();
            assertThat(desk.text()).isEqualTo(GRAPH);
        }
    }

    @Test
    void aDoubleClickSearchesAndEnterAdds() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.doubleClick(desk.corner());
            assertThat(Desk.search()).isNotNull();
            desk.searchFor("everyth");
            assertThat(desk.node("everything").getType()).isEqualTo("test.everything");
            assertThat(Desk.search()).isNull();
            desk.picture("added");
            everythingUndoes(desk);
        }
    }

    @Test
    void aLinkDroppedOnNothingSearchesForWhatFits() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Point from = desk.port("words", "text", true);
            desk.drag(from, new Point(from.x + 60, from.y + 160));
            assertThat(Desk.search()).isNotNull();
            var names =
                    Desk.ui(() -> java.util.Arrays.stream(((Table) Desk.search().getChildren()[1]).getItems())
                            .map(item -> item.getText(0))
                            .toList());
            assertThat(names).contains("Join test").doesNotContain("Soften test");
            desk.searchFor("join");
            GraphNode added = desk.node("join2");
            assertThat(added.getLinks()).hasSize(1);
            assertThat(added.getLinks().get(0).getPort()).isEqualTo("title");
            everythingUndoes(desk);
        }
    }

    @Test
    void aLinkTakenOffAnInputAndDroppedOnNothingIsGone() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.drag(desk.port("plain", "image", true), desk.port("soften", "image", false));
            Point end = desk.port("soften", "image", false);
            desk.drag(end, new Point(end.x - 30, end.y + 260));
            assertThat(desk.text()).isEqualTo(GRAPH);
            assertThat(Desk.search()).isNull();
        }
    }

    @Test
    void widgetsSetParameters() throws Exception {
        String everything = """
                {
                  "eidolon": 1,
                  "nodes": {
                    "all": {
                      "type": "test.everything@1"
                    }
                  },
                  "view": {
                    "all": [40, 40]
                  }
                }
                """;
        try (Desk desk = Desk.open(folder, everything)) {
            desk.drag(desk.widget("all", "slider", 0.2), desk.widget("all", "slider", 0.5));
            assertThat(desk.node("all").getParameters().get("slider").getAsDouble())
                    .isEqualTo(0.8);
            desk.click(desk.widget("all", "slider", 0.5));
            desk.typeInField("0.25");
            assertThat(desk.node("all").getParameters().get("slider").getAsDouble())
                    .isEqualTo(0.25);
            desk.click(desk.widget("all", "flag", 0.9));
            assertThat(desk.node("all").getParameters().get("flag").getAsBoolean())
                    .isTrue();
            desk.click(desk.widget("all", "text", 0.5));
            desk.typeInField("other words");
            assertThat(desk.node("all").getParameters().get("text")).isEqualTo(new JsonPrimitive("other words"));
            desk.click(desk.widget("all", "seed", 0.97));
            assertThat(desk.node("all").getParameters().get("seed").getAsLong()).isNotEqualTo(7);
            desk.click(desk.widget("all", "file", 0.3));
            desk.typeInField("notes.txt");
            assertThat(desk.node("all").getParameters().get("file").getAsString())
                    .isEqualTo("notes.txt");
            desk.picture("widgets");
            while (Desk.ui(() -> desk.editor().document().stack().canUndo())) {
                desk.command(UNDO);
            }
            assertThat(desk.text()).isEqualTo(everything);
        }
    }

    @Test
    void whatIsCopiedIsTheTextOfAGraphAndPastesUnderNewIds() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.drag(desk.port("plain", "image", true), desk.port("soften", "image", false));
            desk.select("plain", "soften");
            desk.command("org.eclipse.ui.edit.copy");
            String text = Desk.ui(() -> {
                var clipboard = new Clipboard(Desk.display());
                try {
                    return (String) clipboard.getContents(TextTransfer.getInstance());
                } finally {
                    clipboard.dispose();
                }
            });
            assertThat(GraphReader.read(text).getNodes()).hasSize(2);
            desk.command("org.eclipse.ui.edit.paste");
            assertThat(desk.node("soften2").getLinks().get(0).getFrom()).isEqualTo("plain2.image");
            Desk.uiDo(() -> {
                var clipboard = new Clipboard(Desk.display());
                clipboard.setContents(new Object[] {"nothing"}, new Transfer[] {TextTransfer.getInstance()});
                clipboard.dispose();
            });
            everythingUndoes(desk);
        }
    }

    @Test
    void flagsFramesNotesAndLayoutAreEdits() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("plain", "words");
            desk.command("org.eidolon.studio.editor.mute");
            assertThat(desk.node("plain").isMuted()).isTrue();
            desk.command("org.eidolon.studio.editor.bypass");
            assertThat(desk.node("words").isBypassed()).isTrue();
            desk.command("org.eidolon.studio.editor.collapse");
            assertThat(desk.node("words").isCollapsed()).isTrue();
            desk.command("org.eidolon.studio.editor.frame");
            desk.typeInField("Sources");
            var graph = desk.editor().document().graph();
            assertThat(graph.getFrames().get(0).getMembers()).containsExactlyInAnyOrder("plain", "words");
            assertThat(graph.getFrames().get(0).getTitle()).isEqualTo("Sources");
            desk.command("org.eidolon.studio.editor.note");
            desk.typeInField("Look here");
            assertThat(graph.getNotes().get(0).getText()).isEqualTo("Look here");
            desk.command("org.eidolon.studio.editor.layout");
            desk.picture("framed");
            desk.select("plain", "soften");
            desk.command("org.eidolon.studio.editor.alignTOP");
            assertThat(desk.node("plain").getY()).isEqualTo(desk.node("soften").getY());
            desk.command("org.eidolon.studio.editor.duplicate");
            assertThat(desk.node("plain2")).isNotNull();
            desk.command("org.eclipse.ui.edit.delete");
            assertThat(desk.node("plain2")).isNull();
            everythingUndoes(desk);
        }
    }

    @Test
    void theMenuOfTheCanvasOffersTheCommands() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("plain");
            Desk.uiDo(() -> Desk.page().activate(desk.editor()));
            for (int i = 0; i < 2; i++) {
                Desk.uiDo(() -> desk.canvas().getMenu().notifyListeners(SWT.Show, new Event()));
                var entries = Desk.ui(
                        () -> java.util.Arrays.stream(desk.canvas().getMenu().getItems())
                                .map(item -> item.getText().replaceAll("\t.*", ""))
                                .filter(text -> !text.isEmpty())
                                .toList());
                assertThat(entries)
                        .contains("Mute", "Make subgraph…", "Frame selection", "Run selected nodes")
                        .doesNotHaveDuplicates();
                Desk.uiDo(() -> desk.canvas().getMenu().notifyListeners(SWT.Hide, new Event()));
                desk.settle();
            }
        }
    }

    @Test
    void theWheelZoomsToThePointer() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Point before = desk.title("plain");
            Desk.uiDo(() -> {
                var event = new Event();
                event.x = before.x;
                event.y = before.y;
                event.count = -6;
                desk.canvas().notifyListeners(SWT.MouseWheel, event);
            });
            desk.settle();
            Point after = desk.title("plain");
            // what lies under the pointer stays there, to rounding
            assertThat(after.x).isBetween(before.x - 3, before.x + 3);
            assertThat(after.y).isBetween(before.y - 3, before.y + 3);
        }
    }

    @Test
    void savingWritesTheCanonicalForm() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.drag(desk.port("plain", "image", true), desk.port("soften", "image", false));
            desk.command("org.eclipse.ui.file.save");
            Path file = desk.editor().document().file();
            assertThat(Files.readString(file)).isEqualTo(desk.text()).contains("\"image\": \"plain.image\"");
            assertThat(Desk.ui(() -> desk.editor().isDirty())).isFalse();
        }
    }

    @Test
    void aNodeOfNoInstalledTypeKeepsWhatItHolds() throws Exception {
        String unknown = """
                {
                  "eidolon": 1,
                  "nodes": {
                    "plain": {
                      "type": "test.plain@1"
                    },
                    "odd": {
                      "type": "other.thing@3",
                      "in": {
                        "what": "plain.image"
                      },
                      "params": {
                        "deep": {
                          "er": 1.50
                        }
                      },
                      "extra": "kept"
                    }
                  }
                }
                """;
        try (Desk desk = Desk.open(folder, unknown)) {
            desk.port("odd", "what", false);
            desk.picture("placeholder");
            Desk.await(
                    "the problem is told",
                    () -> desk.editor().problems().stream()
                            .anyMatch(p -> p.where().startsWith("nodes.odd")));
            assertThat(desk.text()).isEqualTo(unknown);
        }
    }

    @Test
    void aSubgraphHasThePortsThatItsFileDeclares() throws Exception {
        Files.writeString(folder.resolve("inner.eidolon"), """
                {"eidolon": 1, "inputs": {"picture": "soften.image"}, "outputs": {"soft": "soften.image"},
                 "nodes": {"soften": {"type": "test.soften@1"}}}
                """);
        String outer = """
                {
                  "eidolon": 1,
                  "nodes": {
                    "inner": {
                      "type": "graph",
                      "params": {
                        "file": "inner.eidolon"
                      }
                    }
                  }
                }
                """;
        try (Desk desk = Desk.open(folder, outer)) {
            assertThat(desk.port("inner", "picture", false).x).isLessThan(desk.port("inner", "soft", true).x);
        }
    }
}
