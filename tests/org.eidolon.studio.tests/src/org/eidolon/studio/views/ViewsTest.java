// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eidolon.engine.Cache;
import org.eidolon.engine.CacheStore;
import org.eidolon.studio.Window;
import org.eidolon.studio.editor.GraphEditor;
import org.eidolon.studio.editor.document.GraphFileInput;
import org.eidolon.studio.editor.run.RunQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views of the queue, the cache and the models, worked by keyboard. */
class ViewsTest {
    @TempDir
    Path folder;

    private static Table table(TableView<?> view) {
        return view.table().getTable();
    }

    private static void press(TableView<?> view, int modifiers, int key) {
        Window.ui(() -> {
            var event = new Event();
            event.keyCode = key;
            event.stateMask = modifiers;
            table(view).notifyListeners(SWT.KeyDown, event);
            return null;
        });
    }

    private static void select(TableView<?> view, int... rows) {
        Window.ui(() -> {
            table(view).setSelection(rows);
            table(view).notifyListeners(SWT.Selection, new Event());
            return null;
        });
    }

    private static List<String> column(TableView<?> view, int column) {
        return Window.ui(() -> java.util.Arrays.stream(table(view).getItems())
                .map(item -> item.getText(column))
                .toList());
    }

    private static void await(String what, TableView<?> view, java.util.function.BooleanSupplier condition) {
        try {
            Window.await(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; " + Window.ui(view::said) + column(view, 0) + column(view, 3) + column(view, 4),
                    e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <V> V show(String id) {
        return (V) Window.ui(() -> {
            var view = Window.page().showView(id);
            view.setFocus();
            return view;
        });
    }

    @AfterEach
    void close() {
        Window.tidy();
    }

    private GraphEditor open(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".eidolon"), """
                {"eidolon": 1, "nodes": {"photo": {"type": "test.photo@1"}}}
                """);
        return Window.ui(() -> (GraphEditor) Window.page().openEditor(new GraphFileInput(file), GraphEditor.ID));
    }

    private static void ask(GraphEditor editor) {
        Window.ui(() -> {
            editor.runs().start(List.of(), null);
            return null;
        });
    }

    @Test
    void theQueueIsPausedReorderedAndEmptiedByKeys() throws Exception {
        QueueView view = show(QueueView.ID);
        press(view, SWT.MOD1, 'p');
        assertThat(Window.ui(() -> RunQueue.get().isPaused())).isTrue();
        for (String name : List.of("a", "b", "c")) {
            ask(open(name));
        }
        assertThat(column(view, 1)).containsExactly("a.eidolon", "b.eidolon", "c.eidolon");
        assertThat(column(view, 0)).containsExactly("1", "2", "3");
        assertThat(Window.ui(view::said)).contains("Paused", "3 waiting");
        select(view, 2);
        press(view, SWT.MOD3, SWT.ARROW_UP);
        assertThat(column(view, 1)).containsExactly("a.eidolon", "c.eidolon", "b.eidolon");
        press(view, SWT.MOD3, SWT.HOME);
        assertThat(column(view, 1)).containsExactly("c.eidolon", "a.eidolon", "b.eidolon");
        press(view, SWT.MOD3, SWT.ARROW_DOWN);
        assertThat(column(view, 1)).containsExactly("a.eidolon", "c.eidolon", "b.eidolon");
        press(view, 0, SWT.DEL);
        assertThat(column(view, 1)).containsExactly("a.eidolon", "b.eidolon");
        select(view, 0);
        press(view, 0, SWT.CR);
        assertThat(Window.ui(() -> GraphEditor.active().getPartName())).isEqualTo("a.eidolon");
        press(view, SWT.MOD1, 'p');
        Window.await("all has run", () -> RunQueue.get().runs().isEmpty());
        assertThat(folder.resolve("out/a/report.json")).exists();
        assertThat(folder.resolve("out/b/report.json")).exists();
        assertThat(folder.resolve("out/c")).doesNotExist();
    }

    @Test
    void resultsAreSeenAndThoseChosenAreDeleted() throws Exception {
        ask(open("a"));
        Window.await("it has run", () -> RunQueue.get().runs().isEmpty());
        CacheStore room = new Cache(Cache.defaultFolder(System.getenv())).room();
        CacheView view = show(CacheView.ID);
        Window.await(
                "the results", () -> table(view).getItemCount() == items(room).size());
        List<String> makers = column(view, 0);
        int photo = IntStream.range(0, makers.size())
                .filter(i -> makers.get(i).matches("Photo.*  \\(test.photo\\)"))
                .findFirst()
                .orElseThrow();
        assertThat(column(view, 1).get(photo)).matches("[\\d.,]+ (bytes|KiB)");
        assertThat(column(view, 2).get(photo)).contains("min ago");
        assertThat(Window.ui(view::said)).contains(" results, ", " of ", "checkpoints");
        String key = column(view, 4).get(photo);
        select(view, photo);
        press(view, 0, SWT.DEL);
        await("the result is gone", view, () -> !column(view, 4).contains(key));
        assertThat(items(room)).noneMatch(item -> item.key().startsWith(key));
        ask(Window.ui(GraphEditor::active));
        Window.await("it has run", () -> RunQueue.get().runs().isEmpty());
        assertThat(items(room))
                .as("it is made again")
                .anyMatch(item -> item.key().startsWith(key));
        show(CacheView.ID);
        press(view, 0, SWT.F5);
        await("the result is back", view, () -> column(view, 4).contains(key));
    }

    private static List<CacheStore.Item> items(CacheStore room) {
        try {
            return room.items();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void modelsAreVerifiedAndTheMissingOnesAreShownWithWhatToDo() throws Exception {
        byte[] weights = "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(folder.resolve("whole.bin"), weights);
        Files.write(folder.resolve("broken.bin"), "veights".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String entry = """
                {"id": "test/NAME", "kind": "prior", "file": "NAME.bin", "sha256": "%s", "size": 7,
                 "licence": "CC0-1.0", "origin": "made up", "caveat": "none"}
                """.formatted(org.eidolon.api.Hashes.of("weights"));
        Files.writeString(
                folder.resolve("models.json"),
                "{\"schema\": 1, \"models\": [" + entry.replace("NAME", "whole") + "," + entry.replace("NAME", "broken")
                        + "," + entry.replace("NAME", "absent") + "]}");
        System.setProperty("eidolon.models", folder.toString());
        try {
            ModelsView view = show(ModelsView.ID);
            await("the models", view, () -> column(view, 0).contains("test/absent"));
            assertThat(Window.ui(view::said)).contains("1 missing");
            int whole = column(view, 0).indexOf("test/whole");
            assertThat(column(view, 3).get(whole)).isEqualTo("there, not read");
            assertThat(column(view, 4).get(whole)).isEqualTo("CC0-1.0");
            select(
                    view,
                    whole,
                    column(view, 0).indexOf("test/broken"),
                    column(view, 0).indexOf("test/absent"));
            press(view, 0, SWT.F8);
            await("they are read", view, () -> column(view, 3).get(whole).equals("whole"));
            await(
                    "the damage",
                    view,
                    () -> column(view, 3)
                            .get(column(view, 0).indexOf("test/broken"))
                            .contains("sha256"));
            press(view, 0, SWT.F7);
            assertThat(column(view, 0)).containsExactly("test/absent");
            select(view, 0);
            assertThat(Window.ui(view::detail))
                    .contains("Belongs at: " + folder.resolve("absent.bin"), "Origin: made up", "EIDOLON_MODELS");
        } finally {
            System.clearProperty("eidolon.models");
        }
    }
}
