// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eidolon.graph.GraphFiles;
import org.eidolon.studio.editor.document.Journal;
import org.eidolon.studio.editor.edit.GraphInGlb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come in, and edits that outlive the program. */
class FilesTest {
    private static final String GRAPH = """
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

    @TempDir
    Path folder;

    private static byte[] glb(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(20 + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x46546C67)
                .putInt(2)
                .putInt(20 + padded.length)
                .putInt(padded.length)
                .putInt(0x4E4F534A)
                .put(padded)
                .array();
    }

    @Test
    void aHeadGivesItsGraphBack() throws Exception {
        Path head = folder.resolve("head.glb");
        Files.write(
                head,
                glb("{\"asset\": {\"version\": \"2.0\", \"extras\": {\"eidolon\": {\"graph\": " + GRAPH + "}}}}"));
        Path first = GraphInGlb.unpack(head);
        assertThat(Files.readString(first)).isEqualTo(GRAPH);
        assertThat(GraphInGlb.unpack(head))
                .as("what is there is not overwritten")
                .isNotEqualTo(first);
        Files.write(head, glb("{\"asset\": {\"version\": \"2.0\"}}"));
        assertThatThrownBy(() -> GraphInGlb.unpack(head)).hasMessageContaining("carries no graph");
        Files.writeString(head, "something else");
        assertThatThrownBy(() -> GraphInGlb.unpack(head)).hasMessageContaining("is no GLB file");
    }

    @Test
    void aDroppedFileBecomesTheParameterOfTheNodeUnderIt() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path text = Files.writeString(elsewhere.resolve("dropped.txt"), "words");
        Path home = Files.createDirectories(folder.resolve("home"));
        try (Desk desk = Desk.open(home, GRAPH)) {
            Desk.uiDo(() -> new FileDrop(desk.editor().canvas()).drop(text, desk.title("all")));
            assertThat(desk.node("all").getParameters().get("file").getAsString())
                    .isEqualTo("assets/dropped.txt");
            assertThat(home.resolve("assets/dropped.txt")).hasContent("words");
            Desk.uiDo(() -> new FileDrop(desk.editor().canvas()).drop(text, desk.corner()));
            assertThat(desk.node("everything").getParameters().get("file").getAsString())
                    .isEqualTo("assets/dropped.txt");
        }
    }

    @Test
    void whatWasNotSavedIsThereAgainAfterTheProgramWasKilled() throws Exception {
        Path file = folder.resolve("test.eidolon");
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Desk.uiDo(() ->
                    desk.editor().document().edit("mute", g -> desk.node("all").setMuted(true)));
            Desk.await("the journal is written", () -> Journal.left(file).isPresent());
            var left = Journal.left(file).orElseThrow();
            assertThat(left.getNodes().get(0).isMuted()).isTrue();
            assertThat(GraphFiles.load(file).getNodes().get(0).isMuted()).isFalse();
            desk.command("org.eclipse.ui.file.save");
            assertThat(Journal.left(file)).isEmpty();
            Desk.uiDo(() ->
                    desk.editor().document().edit("mute", g -> desk.node("all").setMuted(false)));
            Desk.await("the journal is written", () -> Journal.left(file).isPresent());
            // a second editor on the same file stands for the next start: the first never closed it
            var document = Desk.ui(() -> GraphEditor.open(file));
            assertThat(document.isDirty()).isTrue();
            assertThat(document.graph().getNodes().get(0).isMuted()).isFalse();
        }
        assertThat(Journal.left(file)).as("closing without saving gives it up").isEmpty();
    }
}
