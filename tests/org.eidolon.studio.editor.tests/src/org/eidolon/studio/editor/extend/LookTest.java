// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.extend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.ui.PlatformUI;
import org.eidolon.studio.editor.extend.Look.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text can be read: its contrast to what lies under it is at least 4.5, light and dark. */
class LookTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textHasContrast(boolean dark) {
        PlatformUI.getWorkbench().getDisplay().syncExec(() -> {
            var look = new Look(dark, 1);
            for (Role text : List.of(Role.TEXT, Role.QUIET)) {
                for (Role under : List.of(Role.BODY, Role.FIELD, Role.CANVAS)) {
                    assertThat(Look.contrast(rgb(look, text), rgb(look, under)))
                            .as(text + " on " + under)
                            .isGreaterThanOrEqualTo(4.5);
                }
            }
            for (Role text : List.of(Role.ERROR, Role.DONE, Role.RUNNING, Role.CACHED, Role.WARNING)) {
                assertThat(Look.contrast(rgb(look, text), rgb(look, Role.BODY)))
                        .as(text + " on a node")
                        .isGreaterThanOrEqualTo(4.5);
            }
            for (String category : List.of("Image", "Identity", "Head", "Output", "Prior", "Expression", "x", "")) {
                assertThat(Look.contrast(
                                rgb(look, Role.TITLE_TEXT),
                                look.category(category).getRGB()))
                        .as("title of " + category)
                        .isGreaterThanOrEqualTo(4.5);
            }
            look.dispose();
        });
    }

    private static RGB rgb(Look look, Role role) {
        return look.of(role).getRGB();
    }
}
