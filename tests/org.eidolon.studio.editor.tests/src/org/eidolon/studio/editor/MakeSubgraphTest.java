// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of a graph is made a subgraph, named, opened, changed, copied into another window and dissolved. */
class MakeSubgraphTest {
    private static final String PREFIX = "org.eidolon.studio.editor.";
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                %s,
                "words": {
                  "type": "test.words@1"
                },
                "join": {
                  "type": "test.join@1",
                  "in": {
                    "images": "second.image",
                    "title": "words.text"
                  }
                },
                "last": {
                  "type": "test.soften@1",
                  "in": {
                    "image": "join.image"
                  }
                }
              },
              "view": {
                "plain": [40, 40],
                "first": [340, 40],
                "second": [640, 40],
                "words": [340, 240],
                "join": [940, 40],
                "last": [1240, 40]
              }
            }
            """.formatted(TestNodes.SOFTENED);

    @TempDir
    Path folder;

    private static void type(Text field, String text) {
        field.setText(text);
    }

    /** Names the file and the first input, and exposes the first parameter. */
    private static void answer(Shell dialog) {
        List<Text> fields = Desk.all(dialog, Text.class).stream()
                .filter(text -> (text.getStyle() & SWT.READ_ONLY) == 0)
                .toList();
        type(fields.get(0), "soft parts");
        assertThat(fields.get(1).getText()).isEqualTo("image");
        type(fields.get(1), "not a name");
        Button ok = dialog.getDefaultButton();
        assertThat(ok.isEnabled()).as("a name with blanks is refused").isFalse();
        type(fields.get(1), "picture");
        Button expose = Desk.all(dialog, Button.class).stream()
                .filter(b -> (b.getStyle() & SWT.CHECK) != 0 && b.isVisible())
                .findFirst()
                .orElseThrow();
        expose.setSelection(true);
        expose.notifyListeners(SWT.Selection, new Event());
        assertThat(ok.isEnabled()).isTrue();
    }

    private void make(Desk desk) throws Exception {
        desk.select("first", "second", "words", "join");
        desk.command(PREFIX + "makeSubgraph", Messages.subgraph_title, MakeSubgraphTest::answer);
        Shell dialog = Desk.ui(() -> Desk.shell(Messages.subgraph_title));
        desk.picture("subgraph-dialog", dialog);
        Desk.uiDo(() -> Desk.press(dialog, IDialogConstants.OK_LABEL.replace("&", "")));
        desk.settle();
    }

    @Test
    void fourNodesBecomeOneThatRunsAndComeBack() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            make(desk);
            Path file = folder.resolve("soft parts.eidolon");
            Graph inner = GraphFiles.load(file);
            assertThat(inner.getNodes()).hasSize(4);
            assertThat(inner.getInputs())
                    .extracting(input -> input.getName())
                    .containsExactly("picture", "firstRadius");
            assertThat(desk.node("soft-parts").getLinks())
                    .extracting(link -> link.getPort() + " " + link.getFrom())
                    .containsExactly("picture plain.image");
            assertThat(desk.node("last").getLinks().get(0).getFrom()).isEqualTo("soft-parts.image");
            desk.picture("subgraph");

            // what was exposed is set on the node, as of any other
            desk.click(desk.widget("soft-parts", "firstRadius", 0.5));
            desk.typeInField("6");
            assertThat(desk.node("soft-parts")
                            .getParameters()
                            .get("firstRadius")
                            .getAsInt())
                    .isEqualTo(6);
            desk.command(PREFIX + "run");
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            assertThat(Desk.ui(() -> desk.editor().runs().state("soft-parts").phase()))
                    .isIn(Phase.FINISHED, Phase.CACHED);
            assertThat(Desk.ui(() -> desk.editor().runs().state("last").phase()))
                    .isIn(Phase.FINISHED, Phase.CACHED);

            desk.select("soft-parts");
            desk.command(PREFIX + "dissolveSubgraph");
            assertThat(desk.node("soft-parts")).isNull();
            assertThat(desk.node("first").getParameters().get("radius").getAsInt())
                    .isEqualTo(6);
            assertThat(desk.node("first").getX()).isEqualTo(340);
            while (Desk.ui(() -> desk.editor().document().stack().canUndo())) {
                desk.command("org.eclipse.ui.edit.undo");
            }
            assertThat(desk.text()).isEqualTo(GRAPH);
            assertThat(file)
                    .as("what may have been saved with it goes on having it")
                    .exists();
            desk.command("org.eclipse.ui.edit.redo");
            assertThat(desk.node("soft-parts")).isNotNull();
        }
    }

    @Test
    void aDoubleClickOpensItAndWhatIsChangedThereShowsHere() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            make(desk);
            desk.doubleClick(desk.title("soft-parts"));
            GraphEditor inside = Desk.ui(GraphEditor::active);
            assertThat(inside).isNotSameAs(desk.editor());
            assertThat(inside.document().file().getFileName()).hasToString("soft parts.eidolon");
            Desk.uiDo(() -> {
                inside.document().edit("out", g -> org.eidolon.graph.Graphs.addOutput(g, "words", "words.text"));
                inside.doSave(null);
                Desk.page().closeEditor(inside, false);
                Desk.page().activate(desk.editor());
                desk.editor().setFocus();
            });
            desk.settle();
            assertThat(desk.port("soft-parts", "words", true)).isNotNull();
        }
    }

    @Test
    void copiedAsTextItIsPastedIntoAnotherWindow() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Desk desk = Desk.open(folder, GRAPH)) {
            make(desk);
            desk.select("soft-parts");
            desk.command("org.eclipse.ui.edit.copy");
            try (Desk other = Desk.open(elsewhere, "{\"eidolon\": 1}")) {
                other.command("org.eclipse.ui.edit.paste");
                assertThat(other.node("soft-parts").getType()).isEqualTo("graph");
                assertThat(other.port("soft-parts", "image", true)).isNotNull();
                assertThat(elsewhere.resolve("soft parts.eidolon"))
                        .hasSameTextualContentAs(folder.resolve("soft parts.eidolon"));
                other.command("org.eclipse.ui.edit.undo");
                assertThat(other.node("soft-parts")).isNull();
            }
        }
    }

    @Test
    void aNodeBetweenIsTakenAlongOnlyIfTheUserAgrees() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("first", "join");
            desk.command(
                    PREFIX + "makeSubgraph",
                    Messages.subgraph_title,
                    question -> Desk.press(question, IDialogConstants.NO_LABEL.replace("&", "")));
            assertThat(desk.text()).isEqualTo(GRAPH);
        }
    }
}
