// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.eidolon.head.model.HeadModel;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.Test;

class CaptionsTest {
    private final HeadModel model = TinyHead.model();

    @Test
    void composesExpressionsAndSaysThem() {
        Captions captions = new Captions(model);
        Random random = new Random(3);
        Set<String> said = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Captions.Caption caption = captions.compose(random);
            assertThat(caption.wordings())
                    .hasSize(2)
                    .allSatisfy(words ->
                            assertThat(words).isNotBlank().doesNotContain("%").doesNotContain("  "));
            said.add(caption.wordings().getFirst());
            float most = 0;
            for (float w : caption.shapes()) {
                assertThat(w).isBetween(0f, 1.3f);
                most = Math.max(most, w);
            }
            // "neutral, …" is all that may say little
            assertThat(most).isGreaterThan(0.15f);
        }
        assertThat(said).as("hardly any twice").hasSizeGreaterThan(280);
    }

    @Test
    void followsFromItsRandomNumbers() {
        Captions captions = new Captions(model);
        Captions.Caption a = captions.compose(new Random(8)), b = captions.compose(new Random(8));
        assertThat(a.wordings()).isEqualTo(b.wordings());
        assertThat(a.shapes()).containsExactly(b.shapes());
    }

    @Test
    void wordsOfStrengthCount() {
        Captions captions = new Captions(model);
        Random random = new Random(5);
        double slight = 0, strong = 0;
        int slights = 0, strongs = 0;
        for (int i = 0; i < 2000; i++) {
            Captions.Caption caption = captions.compose(random);
            String words = caption.wordings().getFirst();
            if (words.contains(",") || words.contains(" and ") || words.contains(";")) continue;
            float most = 0;
            for (float w : caption.shapes()) most = Math.max(most, w);
            if (words.contains("slightly ")) {
                slight += most;
                slights++;
            }
            if (words.contains("strongly ")) {
                strong += most;
                strongs++;
            }
        }
        assertThat(slights).isPositive();
        assertThat(strongs).isPositive();
        assertThat(slight / slights).isLessThan(0.5 * strong / strongs);
    }

    @Test
    void actionsNameShapesThatTheModelHas() {
        assertThat(Action.all()).hasSizeGreaterThan(40).allSatisfy(action -> {
            assertThat(action.wordings()).isNotEmpty();
            assertThat(action.weights().values()).allSatisfy(w -> assertThat(w).isBetween(0.0, 1.0));
        });
    }
}
