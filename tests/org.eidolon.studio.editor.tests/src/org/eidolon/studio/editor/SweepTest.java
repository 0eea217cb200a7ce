// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.draw2d.geometry.Point;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eidolon.api.Json;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.run.RunLog;
import org.eidolon.studio.editor.run.RunQueue;
import org.eidolon.studio.editor.run.SweepResults;
import org.eidolon.studio.editor.run.Sweeps;
import org.eidolon.studio.editor.run.Trial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialog that asks for values, by the events of a real hand, and the runs that come of it. */
class SweepTest {
    private static final String COMMAND = "org.eidolon.studio.editor.sweep";

    @TempDir
    Path folder;

    /** The comparison has come up, and takes room from the canvas. */
    @AfterEach
    void closeWhatCameUp() {
        Desk.uiDo(() -> Desk.page().resetPerspective());
    }

    private static String graph(int level) {
        return """
                {
                  "eidolon": 1,
                  "nodes": {
                    "plain": {"type": "test.plain@1", "params": {"level": %d}},
                    "soften": {"type": "test.soften@1", "in": {"image": "plain.image"}},
                    "all": {"type": "test.everything@1"}
                  }
                }
                """.formatted(level);
    }

    private static Text list(Shell shell) {
        return Desk.all(shell, Text.class).stream()
                .filter(text -> (text.getStyle() & SWT.MULTI) != 0 && text.getEditable())
                .findFirst()
                .orElseThrow();
    }

    private static List<Text> fields(Shell shell) {
        return Desk.all(shell, Text.class).stream()
                .filter(text -> (text.getStyle() & SWT.MULTI) == 0 && text.getEditable())
                .toList();
    }

    private static Button run(Shell shell) {
        return Desk.all(shell, Button.class).stream()
                .filter(button -> button.getText().equals(Messages.sweep_run))
                .findFirst()
                .orElseThrow();
    }

    private static boolean says(Shell shell, String words) {
        return Desk.all(shell, Label.class).stream()
                        .anyMatch(label -> label.getText().contains(words))
                || Desk.all(shell, Text.class).stream()
                        .anyMatch(text -> text.getText().contains(words));
    }

    private static void choose(Shell shell, String target) {
        Combo combo = Desk.all(shell, Combo.class).getFirst();
        combo.select(combo.indexOf(target));
        combo.notifyListeners(SWT.Selection, new Event());
    }

    /** Opens the dialog, does something in it, and leaves it. */
    private static void look(Desk desk, Consumer<Shell> work) {
        desk.command(COMMAND, Messages.sweep_title, shell -> {
            work.accept(shell);
            shell.close();
        });
    }

    @Test
    void numbersAreAskedForByTheirEndsOrAsAList() throws Exception {
        try (Desk desk = Desk.open(folder, graph(100))) {
            desk.select("plain");
            look(desk, shell -> {
                assertThat(Desk.all(shell, Combo.class).getFirst().getText()).isEqualTo("plain.level");
                assertThat(list(shell).getText()).isEqualTo("0, 64, 128, 191, 255");
                fields(shell).get(0).setText("10");
                fields(shell).get(1).setText("20");
                Desk.all(shell, Spinner.class).getFirst().setSelection(3);
                assertThat(list(shell).getText()).isEqualTo("10, 15, 20");
                assertThat(says(shell, "3 runs. For each value up to 2 of 3 nodes run"))
                        .isTrue();
                list(shell).setText("1, 300");
                assertThat(run(shell).isEnabled()).isFalse();
                assertThat(says(shell, "300 is out of range")).isTrue();
                list(shell).setText("1, 2\n7..9");
                assertThat(run(shell).isEnabled()).isTrue();
                assertThat(says(shell, "5 runs.")).isTrue();
            });
            assertThat(Desk.ui(() -> desk.editor().runs().logs())).isEmpty();
        }
    }

    @Test
    void everyKindIsAskedForInItsOwnWay() throws Exception {
        try (Desk desk = Desk.open(folder, graph(100))) {
            desk.select("all");
            desk.command(COMMAND, Messages.sweep_title, shell -> {
                assertThat(list(shell).getText()).isEqualTo("0, 0.25, 0.5, 0.75, 1");
                choose(shell, "all.mood");
                Table moods = Desk.all(shell, Table.class).getFirst();
                assertThat(moods.getItem(1).getText()).isEqualTo("wild");
                assertThat(says(shell, "2 runs.")).isTrue();
                for (var item : moods.getItems()) {
                    item.setChecked(false);
                }
                moods.notifyListeners(SWT.Selection, new Event());
                assertThat(run(shell).isEnabled()).isFalse();
                choose(shell, "all.flag");
                assertThat(Desk.all(shell, Table.class).getFirst().getItemCount())
                        .isEqualTo(2);
                choose(shell, "all.text");
                assertThat(list(shell).getText()).isEqualTo("words");
                list(shell).setText("a, b\n\nc");
                assertThat(says(shell, "2 runs.")).isTrue();
                choose(shell, Messages.sweep_seed);
                assertThat(list(shell).getText()).isEqualTo("0, 1, 2, 3, 4");
                choose(shell, "all.seed");
                assertThat(list(shell).getText()).isEqualTo("7, 8, 9, 10, 11");
                Combo kind = Desk.all(shell, Combo.class).get(1);
                kind.select(1);
                kind.notifyListeners(SWT.Selection, new Event());
                assertThat(list(shell).getText().split(", ")).hasSize(5).doesNotHaveDuplicates();
                assertThat(run(shell).isEnabled()).isTrue();
            });
            desk.picture("sweep-dialog", Desk.ui(() -> Desk.shell(Messages.sweep_title)));
            Desk.uiDo(() -> Desk.shell(Messages.sweep_title).close());
        }
    }

    @Test
    void theMenuOfAParameterOffersThatOne() throws Exception {
        try (Desk desk = Desk.open(folder, graph(100))) {
            desk.select("plain");
            Point at = desk.widget("all", "mood", 0.5);
            Desk.uiDo(() -> {
                var event = new Event();
                event.x = at.x;
                event.y = at.y;
                event.button = 3;
                event.count = 1;
                desk.canvas().notifyListeners(SWT.MouseDown, event);
            });
            look(
                    desk,
                    shell -> assertThat(Desk.all(shell, Combo.class).getFirst().getText())
                            .isEqualTo("all.mood"));
            desk.select();
            look(
                    desk,
                    shell -> assertThat(Desk.all(shell, Combo.class).getFirst().getItems())
                            .as("of all nodes, where none is selected")
                            .contains("plain.level", "soften.radius", Messages.sweep_seed));
        }
    }

    @Test
    void eachValueIsARunOfItsOwnAndTheFileStays() throws Exception {
        int level = (int) (System.nanoTime() % 100);
        try (Desk desk = Desk.open(folder, graph(level))) {
            String before = desk.text();
            desk.select("plain");
            desk.command(COMMAND, Messages.sweep_title, shell -> {
                list(shell).setText(level + ", " + (level + 101));
                Desk.press(shell, Messages.sweep_run);
            });
            assertThat(Desk.ui(() -> desk.editor().runs().logs().stream()
                            .map(RunLog::what)
                            .toList()))
                    .containsExactly("level = " + level, "level = " + (level + 101));
            Desk.await("the runs end", () -> !desk.editor().runs().isRunning());
            Path of = folder.resolve("out/test/plain.level");
            Map<String, Object> report =
                    Json.parseObject(Files.readString(of.resolve("level-" + (level + 101) + "/report.json")));
            assertThat(report.get("nodes").toString()).contains("level=" + (level + 101));
            assertThat(of.resolve("level-" + level + "/report.json")).exists();
            assertThat(folder.resolve("out/test/report.json")).doesNotExist();
            SweepResults results = Desk.ui(
                    () -> Sweeps.get().of(desk.editor().document().file()).getFirst());
            assertThat(results.trials()).extracting(Trial::state).containsOnly(Trial.State.DONE);
            assertThat(results.trials().get(1).picture()).isPresent();
            assertThat(desk.text()).isEqualTo(before);
        }
    }

    @Test
    void aSweepOfTheSeedReachesTheCommandAndANewOneTakesThePlaceOfTheOld() throws Exception {
        try (Desk desk = Desk.open(folder, graph(3))) {
            Desk.uiDo(() -> RunQueue.get().pause(true));
            desk.select();
            for (String seeds : List.of("5,6,7", "8,9")) {
                desk.command(COMMAND, Messages.sweep_title, shell -> {
                    assertThat(says(shell, Messages.sweep_stops)).isFalse();
                    choose(shell, Messages.sweep_seed);
                    assertThat(says(shell, Messages.sweep_stops)).isEqualTo(seeds.equals("8,9"));
                    list(shell).setText(seeds);
                    Desk.press(shell, Messages.sweep_run);
                });
            }
            assertThat(Desk.ui(() -> RunQueue.get().runs().stream()
                            .map(run -> run.log().what())
                            .toList()))
                    .containsExactly("seed = 8", "seed = 9");
            Desk.uiDo(() -> RunQueue.get().pause(false));
            Desk.await("the runs end", () -> !desk.editor().runs().isRunning());
            assertThat(Json.parseObject(Files.readString(folder.resolve("out/test/seed/seed-9/report.json"))))
                    .containsEntry("seed", 9L);
            assertThat(folder.resolve("out/test/seed/seed-5")).doesNotExist();
        }
    }
}
