// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.part.PageBookView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form in Properties stays with what is selected in the graph, whatever view is clicked. */
class PropertiesTest {
    private static final String GRAPH = """
            {
              "eidolon": 1,
              "nodes": {
                "plain": {
                  "type": "test.plain@1"
                },
                "words": {
                  "type": "test.words@1"
                }
              }
            }
            """;

    @TempDir
    Path folder;

    private static List<String> labels() {
        return Desk.ui(() -> {
            Control form = ((PageBookView) Desk.page().showView(IPageLayout.ID_PROP_SHEET, null, 2))
                    .getCurrentPage()
                    .getControl();
            return Desk.all(form, Label.class).stream().map(Label::getText).toList();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.eidolon.studio.editor.problems",
                "org.eidolon.studio.editor.runs",
                "org.eidolon.studio.queue",
                "org.eidolon.studio.cache",
                "org.eidolon.studio.models",
                "org.eidolon.studio.compare",
                "org.eidolon.studio.viewer.head",
                IPageLayout.ID_OUTLINE
            })
    void theFormStaysWhenAViewIsClicked(String view) throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            labels();
            desk.select("plain");
            assertThat(labels()).contains("level");
            IViewPart shown = Desk.ui(() -> Desk.page().showView(view));
            desk.settle();
            assertThat(Desk.ui(() -> Desk.page().getActivePart())).isEqualTo(shown);
            assertThat(labels()).contains("level");
            Desk.uiDo(() -> Desk.page().activate(desk.editor()));
            desk.settle();
            assertThat(labels()).contains("level");
        }
    }

    /** Whoever selects elsewhere, as Problems and the outline do, selects in the graph. */
    @Test
    void theFormFollowsTheGraphWhileAViewIsInFront() throws Exception {
        try (Desk desk = Desk.open(folder, GRAPH)) {
            labels();
            desk.select("plain");
            Desk.ui(() -> Desk.page().showView("org.eidolon.studio.editor.problems"));
            desk.settle();
            desk.select("words");
            assertThat(labels()).contains("words").doesNotContain("level");
        }
    }
}
