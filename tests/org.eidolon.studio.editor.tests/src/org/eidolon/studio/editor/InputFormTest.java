// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.PageBookView;
import org.eidolon.api.Quality;
import org.eidolon.studio.editor.base.Messages;
import org.eidolon.studio.editor.base.Settings;
import org.eidolon.studio.editor.figures.RunState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a graph takes is a form: filled in, it runs, without a look at nodes. */
class InputFormTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "inputs": {
                "brightness": "plain.level",
                "softness": {
                  "to": ["first.radius", "second.radius"],
                  "label": "How soft"
                },
                "picture": "join.images"
              },
              "nodes": {
                %s,
                "join": {
                  "type": "test.join@1",
                  "in": {
                    "images": "second.image"
                  }
                },
                "words": {
                  "type": "test.words@1"
                }
              }
            }
            """.formatted(TestNodes.SOFTENED);

    @TempDir
    Path folder;

    private static Control form() {
        return Desk.ui(() -> ((PageBookView) Desk.page().findView(IPageLayout.ID_PROP_SHEET))
                .getCurrentPage()
                .getControl());
    }

    /** The control after the label of a name. */
    private static Control field(String name, int after) {
        return Desk.ui(() -> {
            List<Control> all = Desk.all(form(), Control.class);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Label label && label.getText().equals(name)) {
                    return all.get(i + after);
                }
            }
            throw new AssertionError("there is no field " + name);
        });
    }

    private static void fill(String name, String value) {
        Text field = (Text) field(name, 1);
        Desk.uiDo(() -> {
            field.setText(value);
            field.notifyListeners(SWT.DefaultSelection, new Event());
        });
    }

    private static MenuItem entry(String name, int after, String label) {
        return Arrays.stream(field(name, after).getMenu().getItems())
                .filter(item -> item.getText().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no entry " + label));
    }

    private static void choose(String name, int after, String label) {
        Desk.uiDo(() -> entry(name, after, label).notifyListeners(SWT.Selection, new Event()));
    }

    @Test
    void theFormSetsWhatTheInputsLeadToAndRuns() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.command("org.eidolon.studio.editor.inputs");
            fill("brightness", "200");
            fill("How soft (pixels)", "7");
            desk.picture("inputs");
            assertThat(desk.node("plain").getParameters().get("level").getAsInt())
                    .isEqualTo(200);
            assertThat(desk.node("first").getParameters().get("radius").getAsInt())
                    .isEqualTo(7);
            assertThat(desk.node("second").getParameters().get("radius").getAsInt())
                    .isEqualTo(7);
            Combo quality = (Combo) field(Messages.input_quality, 1);
            Desk.uiDo(() -> {
                quality.select(1);
                quality.notifyListeners(SWT.Selection, new Event());
            });
            assertThat(Settings.quality()).isEqualTo(Quality.DRAFT);
            Button run = Desk.ui(() -> Desk.all(form(), Button.class).stream()
                    .filter(button -> button.getText().equals(Messages.input_run))
                    .findFirst()
                    .orElseThrow());
            Desk.uiDo(() -> run.notifyListeners(SWT.Selection, new Event()));
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            assertThat(Desk.ui(() -> desk.editor().runs().state("join").phase()))
                    .isIn(Phase.FINISHED, Phase.CACHED);
            desk.command("org.eclipse.ui.edit.undo");
            assertThat(desk.node("first").getParameters()).isEmpty();
            assertThat(desk.node("second").getParameters())
                    .as("one step for both")
                    .isEmpty();
        } finally {
            Settings.node().remove(Settings.QUALITY);
        }
    }

    @Test
    void aParameterIsMadeAnInputRenamedAndTakenAway() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            desk.select("words");
            Desk.uiDo(() -> Desk.display().asyncExec(() -> choose("words", 2, Messages.input_declare)));
            Desk.await("the name is asked", () -> Desk.shell(Messages.input_declare) != null);
            Shell dialog = Desk.ui(() -> Desk.shell(Messages.input_declare));
            Desk.uiDo(() -> {
                Text name = Desk.all(dialog, Text.class).get(0);
                assertThat(name.getText()).isEqualTo("words");
                name.setText("brightness");
                assertThat(dialog.getDefaultButton().isEnabled())
                        .as("a name that is taken")
                        .isFalse();
                name.setText("sentence");
                Desk.press(dialog, IDialogConstants.OK_LABEL.replace("&", ""));
            });
            desk.settle();
            assertThat(desk.text()).contains("\"sentence\": \"words.words\"");
            choose("words", 2, NLS.bind(Messages.input_remove, "sentence"));
            assertThat(desk.text()).isEqualTo(GRAPH);

            desk.select("first");
            choose("radius (pixels)", 2, NLS.bind(Messages.input_remove, "softness"));
            assertThat(desk.text()).contains("\"to\": \"second.radius\"");
            choose("radius (pixels)", 2, NLS.bind(Messages.input_join, "softness"));
            assertThat(desk.text()).contains("\"to\": [\"second.radius\", \"first.radius\"]");
            Desk.uiDo(() -> desk.editor().host().viewer().deselectAll());
            desk.settle();
            choose("brightness", 2, Messages.input_down);
            assertThat(desk.editor().document().graph().getInputs())
                    .extracting(input -> input.getName())
                    .containsExactly("softness", "brightness", "picture");
        }
    }
}
