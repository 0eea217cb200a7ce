// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tool tips are not wider than the screen and lose no word. */
class TipTest {
    @Test
    void longLinesAreBrokenBetweenWords() {
        String text = "one two three ".repeat(30).strip() + "\nshort\n\nlast";
        String wrapped = Tip.wrap(text);
        assertThat(wrapped.lines()).allMatch(line -> line.length() <= 72);
        assertThat(wrapped.replace('\n', ' ')).isEqualTo(text.replace('\n', ' '));
        assertThat(wrapped).endsWith("\nshort\n\nlast");
    }
}
