// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.swt.SWT;
import org.eidolon.graph.GraphWriter;
import org.eidolon.studio.editor.figures.RunState;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does in the editor from the first photo to the file that a colleague gets, one action after the other. */
class UserActionsTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "plain": {
                  "type": "test.plain@1"
                },
                "all": {
                  "type": "test.everything@1"
                },
                "join": {
                  "type": "test.join@1",
                  "in": {
                    "images": "plain.image",
                    "title": "all.text"
                  }
                }
              },
              "view": {
                "plain": [40, 40],
                "all": [40, 220],
                "join": [440, 40]
              }
            }
            """;

    @TempDir
    Path folder;

    private static RunState state(Desk desk, String node) {
        return Desk.ui(() -> desk.editor().runs().state(node));
    }

    /** Presses a key with the keyboard itself, as far as the window system lets a program. */
    private static void key(Desk desk, int code, int... held) {
        Desk.uiDo(() -> {
            Desk.page().getWorkbenchWindow().getShell().forceActive();
            Desk.page().activate(desk.editor());
            desk.editor().setFocus();
        });
        desk.settle();
        Keyboard.press(code, held);
        desk.settle();
    }

    private static void run(Desk desk) {
        int before = Desk.ui(() -> desk.editor().runs().logs().size());
        key(desk, SWT.F9);
        Desk.await(
                "the run ends",
                () -> desk.editor().runs().logs().size() > before
                        && !desk.editor().runs().isRunning());
    }

    @Test
    void changedWordsRunOnlyWhatDependsOnThemAndSayWhy() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            run(desk);
            String words = "words " + System.nanoTime(); // that no cache has seen
            desk.click(desk.widget("all", "text", 0.5));
            desk.typeInField(words);
            run(desk);
            assertThat(state(desk, "plain").phase()).isEqualTo(Phase.CACHED);
            assertThat(state(desk, "all").phase()).isEqualTo(Phase.FINISHED);
            assertThat(state(desk, "all").reasons()).anyMatch(why -> why.contains("text") && why.contains(words));
            assertThat(state(desk, "join").phase()).isEqualTo(Phase.FINISHED);
            assertThat(state(desk, "join").reasons()).isNotEmpty();
            desk.picture("why");
        }
    }

    @Test
    void aFewTypedLettersAndADragAddANodeAndLinkIt() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.doubleClick(desk.corner());
            desk.searchFor("sof");
            assertThat(desk.node("soften")).isNotNull();
            Point from = desk.port("join", "image", true);
            desk.dragTo(from, desk.port("soften", "image", false));
            desk.picture("fits");
            desk.mouse(SWT.MouseUp, desk.port("soften", "image", false), 1, SWT.BUTTON1);
            desk.settle();
            assertThat(desk.node("soften").getLinks().get(0).getFrom()).isEqualTo("join.image");
        }
    }

    @Test
    void theFileOfAChangeDiffersInAFewLines() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Path file = desk.editor().document().file();
            List<String> before = Files.readAllLines(file);
            desk.click(desk.widget("all", "slider", 0.5));
            desk.typeInField("0.25");
            key(desk, 's', SWT.CTRL);
            Desk.await("it is saved", () -> !desk.editor().isDirty());
            var after = new ArrayList<>(Files.readAllLines(file));
            before.forEach(after::remove);
            assertThat(after)
                    .containsExactly(
                            "      \"type\": \"test.everything@1\",",
                            "      \"params\": {",
                            "        \"slider\": 0.25",
                            "      }");
        }
    }

    @Test
    void aColleaguesHeadIsDroppedAndItsGraphOpens() throws Exception {
        byte[] json = ("{\"asset\": {\"version\": \"2.0\", \"extras\": {\"eidolon\": {\"graph\": " + GRAPH + "}}}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 3) / 4 * 4);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path head = Files.write(
                elsewhere.resolve("head.glb"),
                ByteBuffer.allocate(20 + padded.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0x46546C67)
                        .putInt(2)
                        .putInt(20 + padded.length)
                        .putInt(padded.length)
                        .putInt(0x4E4F534A)
                        .put(padded)
                        .array());
        try (Desk desk = Desk.open(folder, "{\"eidolon\": 1}")) {
            Desk.uiDo(() -> new FileDrop(desk.editor().canvas()).drop(head, desk.corner()));
            GraphEditor opened = Desk.ui(GraphEditor::active);
            assertThat(opened.document().file()).isEqualTo(elsewhere.resolve("head.eidolon"));
            assertThat(Desk.ui(() -> GraphWriter.write(opened.document().graph())))
                    .isEqualTo(GRAPH);
            Desk.uiDo(() -> Desk.page().closeEditor(opened, false));
        }
    }

    @Test
    void keysReachWhatMenusDo() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("plain");
            key(desk, 'u', SWT.CTRL);
            assertThat(desk.node("plain").isMuted()).isTrue();
            key(desk, 'z', SWT.CTRL);
            assertThat(desk.text()).isEqualTo(GRAPH);
            key(desk, 'd', SWT.CTRL);
            assertThat(desk.node("plain2")).isNotNull();
        }
    }
}
