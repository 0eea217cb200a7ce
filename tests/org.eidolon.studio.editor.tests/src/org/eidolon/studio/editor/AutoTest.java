// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.PageBookView;
import org.eidolon.studio.editor.extend.ParameterFigure;
import org.eidolon.studio.editor.figures.NodeFigure;
import org.eidolon.studio.editor.figures.PortFigure;
import org.eidolon.studio.editor.parts.NodePart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that a node settles by itself read auto; parameters that say nothing now are not shown. */
class AutoTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "tuned": {
                  "type": "test.tuned@1"%s
                }
              }
            }
            """;

    @TempDir
    Path folder;

    private static List<ParameterFigure> rows(Desk desk) {
        return Desk.ui(() -> ((NodeFigure) part(desk).getFigure())
                .parameters().stream().map(ParameterFigure.class::cast).toList());
    }

    private static NodePart part(Desk desk) {
        return (NodePart)
                desk.editor().host().part(desk.editor().document().index().element("tuned"));
    }

    private static List<String> names(Desk desk) {
        return rows(desk).stream().map(ParameterFigure::name).toList();
    }

    private static Control form() {
        return Desk.ui(() -> ((PageBookView) Desk.page().showView(IPageLayout.ID_PROP_SHEET))
                .getCurrentPage()
                .getControl());
    }

    private static List<String> labels() {
        return Desk.ui(
                () -> Desk.all(form(), Label.class).stream().map(Label::getText).toList());
    }

    /** The field after the label of a name; one that can be auto has its hint beside it. */
    private static Text field(String name) {
        List<Control> all = Desk.ui(() -> Desk.all(form(), Control.class));
        return Desk.ui(() -> {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Label label && label.getText().equals(name)) {
                    return (Text) (all.get(i + 1) instanceof Text text ? text : all.get(i + 2));
                }
            }
            throw new AssertionError("there is no field " + name);
        });
    }

    private static String hint(Text field) {
        return Desk.ui(() -> ((Label) ((Composite) field.getParent()).getChildren()[1]).getText());
    }

    private static void fill(Text field, String value) {
        Desk.uiDo(() -> {
            field.getShell().forceActive();
            field.setFocus();
            assertThat(field.isFocusControl()).isTrue();
            field.setText(value);
            field.notifyListeners(SWT.DefaultSelection, new Event());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\n      \"params\": {\n        \"steps\": 0\n      }"})
    void autoIsShownAndWhatItStoodForInTheLastRun(String parameters) throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH.formatted(parameters))) {
            form();
            desk.select("tuned");
            var row = rows(desk).getFirst().model();
            assertThat(row.text()).isEqualTo("auto");
            assertThat(row.hint()).isEqualTo("by the quality");
            assertThat(Desk.ui(() -> field("steps (steps)").getText())).isEqualTo("auto");
            assertThat(hint(field("steps (steps)"))).isEqualTo("by the quality");
            desk.picture("auto");
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            desk.settle();
            assertThat(row.hint()).isEqualTo("40 steps");
            assertThat(hint(field("steps (steps)"))).isEqualTo("40 steps");
            desk.picture("auto-settled");
        }
    }

    @Test
    void aNumberTakesItsPlaceAndAutoCanBeTypedAgain() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH.formatted(""))) {
            form();
            desk.select("tuned");
            fill(field("steps (steps)"), "12");
            assertThat(desk.node("tuned").getParameters().get("steps").getAsInt())
                    .isEqualTo(12);
            assertThat(rows(desk).getFirst().model().hint()).isEmpty();
            fill(field("steps (steps)"), "auto");
            assertThat(desk.text()).isEqualTo(GRAPH.formatted(""));
            desk.click(desk.widget("tuned", "steps", 0.5));
            desk.typeInField("7");
            assertThat(desk.node("tuned").getParameters().get("steps").getAsInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void aParameterShowsOnlyBesideTheValuesForWhichItSaysSomething() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH.formatted(""))) {
            form();
            desk.select("tuned");
            assertThat(names(desk)).containsExactly("steps", "style");
            assertThat(labels()).contains("style").doesNotContain("strength");
            assertThat(seenDots(desk)).doesNotContain("strength");
            Text style = field("style");
            fill(style, "bold");
            desk.settle();
            assertThat(names(desk)).containsExactly("steps", "style", "strength");
            assertThat(seenDots(desk)).contains("strength");
            assertThat(labels()).contains("strength");
            assertThat(Desk.ui(() -> Desk.display().getFocusControl()))
                    .as("the focus")
                    .isEqualTo(field("style"));
            desk.picture("when");
            desk.command("org.eclipse.ui.edit.undo");
            assertThat(names(desk)).containsExactly("steps", "style");
        }
    }

    private static List<String> seenDots(Desk desk) {
        return Desk.ui(() -> ((List<?>) part(desk).getFigure().getChildren())
                .stream()
                        .filter(PortFigure.class::isInstance)
                        .map(PortFigure.class::cast)
                        .filter(PortFigure::isVisible)
                        .map(dot -> dot.port().name())
                        .toList());
    }
}
