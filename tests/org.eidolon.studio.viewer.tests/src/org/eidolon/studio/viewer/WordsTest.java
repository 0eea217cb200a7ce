// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Properties;
import org.eidolon.studio.viewer.scene.DrawMode;
import org.eidolon.studio.viewer.scene.LightRig;
import org.eidolon.studio.viewer.scene.Staging;
import org.junit.jupiter.api.Test;

/** Both languages say the same things, and what is written can be read. */
class WordsTest {
    private static Properties words(String name) throws IOException {
        var words = new Properties();
        try (var in = Words.class.getResourceAsStream(name)) {
            words.load(in);
        }
        return words;
    }

    @Test
    void bothLanguagesHaveTheSameWords() throws IOException {
        Properties english = words("words.properties");
        Properties german = words("words_de.properties");
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) -> {
            for (int i = 0; i < 5; i++) {
                String hole = "{" + i + "}";
                assertThat(german.getProperty((String) key).contains(hole))
                        .as("%s of %s", hole, key)
                        .isEqualTo(((String) text).contains(hole));
            }
        });
        assertThat(german.getProperty("mode.SHADED")).isNotEqualTo(english.getProperty("mode.SHADED"));
    }

    @Test
    void everyChoiceHasAName() {
        for (DrawMode mode : DrawMode.values()) {
            assertThat(Words.of("mode", mode)).isNotBlank();
        }
        for (LightRig rig : LightRig.values()) {
            assertThat(Words.of("rig", rig)).isNotBlank();
        }
    }

    @Test
    void linesAndTextStandOutFromTheBackdrop() {
        for (Staging.Backdrop backdrop : new Staging.Backdrop[] {Staging.Backdrop.DARK, Staging.Backdrop.LIGHT}) {
            assertThat(contrast(backdrop.ink(), backdrop.top())).isGreaterThan(4.5);
            assertThat(contrast(backdrop.ink(), backdrop.bottom())).isGreaterThan(4.5);
        }
    }

    /** As in WCAG 2.1. */
    private static double contrast(float[] a, float[] b) {
        double high = Math.max(luminance(a), luminance(b));
        double low = Math.min(luminance(a), luminance(b));
        return (high + 0.05) / (low + 0.05);
    }

    private static double luminance(float[] rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double linear = rgb[c] <= 0.04045 ? rgb[c] / 12.92 : Math.pow((rgb[c] + 0.055) / 1.055, 2.4);
            sum += weights[c] * linear;
        }
        return sum;
    }
}
