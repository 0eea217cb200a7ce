// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eidolon.studio.editor.extend.TestExtensions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another bundle brings a preview, a widget and a badge for its node type, by the extension point. */
class ExtensionTest {
    @TempDir
    Path folder;

    @Test
    void aNodeTypeHasItsOwnPreviewWidgetAndBadge() throws Exception {
        String graph = """
                {"eidolon": 1, "nodes": {"words": {"type": "test.words@1", "params": {"words": "abcdefg"}}}}
                """;
        try (Desk desk = Desk.open(folder, graph)) {
            desk.command("org.eidolon.studio.editor.run");
            Desk.await("the run ends", () -> !desk.editor().runs().isRunning());
            assertThat(Desk.ui(() ->
                            desk.editor().host().preview(desk.node("words")).getBounds().width))
                    .isEqualTo(7);
            desk.picture("extended");
            assertThat(TestExtensions.painted).isPositive();
            desk.click(desk.widget("words", "words", 0.5));
            assertThat(desk.node("words").getParameters().get("words").getAsString())
                    .isEmpty();
        }
    }
}
