// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.PageBookView;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types a value and gives a command means that value: keys are pressed while the field is still open. */
class TypingTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "all": {
                  "type": "test.everything@1"
                }
              }
            }
            """;

    @TempDir
    Path folder;

    /** The field that is open on the canvas, with something else in it. */
    private static Text typed(Desk desk, String parameter, String text) {
        desk.click(desk.widget("all", parameter, 0.5));
        Text field = Desk.ui(() -> (Text) Arrays.stream(((Composite) desk.canvas()).getChildren())
                .filter(Text.class::isInstance)
                .findFirst()
                .orElseThrow());
        write(field, text);
        return field;
    }

    private static void write(Text field, String text) {
        Desk.uiDo(() -> {
            field.getShell().forceActive();
            field.setFocus();
            field.setText(text);
            assertThat(field.isFocusControl()).isTrue();
        });
    }

    /** The field of a parameter in Properties, with something else in it. */
    private static Text inProperties(Desk desk, String name, String text) {
        desk.select("all");
        Text field = Desk.ui(() -> {
            var sheet = (PageBookView) Desk.page().showView(IPageLayout.ID_PROP_SHEET);
            var labels = Desk.all(sheet.getCurrentPage().getControl(), Control.class);
            for (int i = 0; i < labels.size(); i++) {
                if (labels.get(i) instanceof Label label && label.getText().startsWith(name)) {
                    return (Text) labels.get(i + 1);
                }
            }
            throw new AssertionError("there is no field " + name);
        });
        write(field, text);
        return field;
    }

    private static String stored(Desk desk, String parameter) {
        return Desk.ui(() -> String.valueOf(desk.node("all").getParameters().get(parameter)));
    }

    @Test
    void theRunKeyRunsWhatIsTypedOnTheNode() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            String words = "words " + System.nanoTime();
            typed(desk, "text", words);
            Keyboard.press(SWT.F9);
            Desk.await(
                    "the run ends",
                    () -> !desk.editor().runs().logs().isEmpty()
                            && !desk.editor().runs().isRunning());
            assertThat(stored(desk, "text")).contains(words);
            assertThat(Desk.ui(() -> desk.editor().runs().state("all").phase())).isEqualTo(Phase.FINISHED);
            assertThat(folder.resolve("out/test/report.json"))
                    .content()
                    .as("what ran")
                    .contains(words);
        }
    }

    @Test
    void theRunKeyRunsWhatIsTypedInProperties() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            String words = "words " + System.nanoTime();
            inProperties(desk, "text", words);
            Keyboard.press(SWT.F9);
            Desk.await(
                    "the run ends",
                    () -> !desk.editor().runs().logs().isEmpty()
                            && !desk.editor().runs().isRunning());
            assertThat(stored(desk, "text")).contains(words);
            assertThat(folder.resolve("out/test/report.json"))
                    .content()
                    .as("what ran")
                    .contains(words);
        }
    }

    @Test
    void savingSavesWhatIsTyped() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            typed(desk, "text", "to be kept");
            assertThat(desk.editor().isDirty()).as("something to save").isTrue();
            Keyboard.press('s', SWT.CTRL);
            Desk.await("it is saved", () -> !desk.editor().isDirty());
            assertThat(Files.readString(desk.editor().document().file())).contains("to be kept");
        }
    }

    @Test
    void keysOfTheClipboardAreForTheField() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Text field = typed(desk, "text", "still being typed");
            Keyboard.press('a', SWT.CTRL);
            assertThat(Desk.ui(field::isDisposed)).isFalse();
            assertThat(Desk.ui(field::getSelectionText)).isEqualTo("still being typed");
            assertThat(stored(desk, "text")).isEqualTo("null");
        }
    }

    @Test
    void whatIsNoValueIsToldAndNothingRuns() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            typed(desk, "slider", "much");
            String title = Messages.bind(Messages.edit_parameter, "slider");
            Keyboard.press(SWT.F9);
            Desk.await("it is told", () -> Desk.shell(title) != null);
            Desk.uiDo(() -> Desk.shell(title).close());
            desk.settle();
            assertThat(desk.editor().runs().logs()).isEmpty();
            assertThat(stored(desk, "slider")).isEqualTo("null");
        }
    }

    @Test
    void escapeLeavesTheValueAndTheFileAsTheyWere() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            Text field = typed(desk, "text", "given up");
            Keyboard.press(SWT.ESC);
            Desk.await("the field is gone", field::isDisposed);
            assertThat(stored(desk, "text")).isEqualTo("null");
            assertThat(desk.editor().isDirty()).isFalse();
        }
    }
}
