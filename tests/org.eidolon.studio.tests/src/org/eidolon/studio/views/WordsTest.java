// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both languages say the same things. */
class WordsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");

    private static Properties words(String name) throws IOException {
        var words = new Properties();
        try (var in = WordsTest.class.getResourceAsStream(name)) {
            words.load(in);
        }
        return words;
    }

    private static Set<String> holes(Object text) {
        var holes = new TreeSet<String>();
        var match = HOLE.matcher((String) text);
        while (match.find()) {
            holes.add(match.group());
        }
        return holes;
    }

    @ParameterizedTest
    @CsvSource({"words", "/org/eidolon/studio/words", "/plugin"})
    void bothLanguagesHaveTheSameWords(String name) throws IOException {
        Properties english = words(name + ".properties");
        Properties german = words(name + "_de.properties");
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(holes(german.get(key))).as((String) key).isEqualTo(holes(text)));
    }

    @Test
    void germanIsGerman() throws IOException {
        assertThat(words("words_de.properties").getProperty("cache.limit")).startsWith("Grenze");
    }
}
