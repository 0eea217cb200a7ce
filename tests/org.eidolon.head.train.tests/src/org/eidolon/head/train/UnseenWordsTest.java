// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.Test;

class UnseenWordsTest {
    private final HeadModel model = TinyHead.model();

    @Test
    void trainingHasMetNeitherTheWordsNorTheComposedShapes() {
        Set<String> words = new HashSet<>();
        Set<String> shapes = new HashSet<>();
        Captions captions = new Captions(model);
        Random random = new Random(Phrases.SEED);
        for (int i = 0; i < PriorTrainer.COMPOSED; i++) {
            Captions.Caption caption = captions.compose(random);
            caption.wordings().forEach(w -> words.add(w.toLowerCase(Locale.ROOT)));
            shapes.add(Arrays.toString(caption.shapes()));
        }
        Expression.standard().forEach(e -> words.addAll(e.phrases()));
        List<UnseenWords.Phrase> all = UnseenWords.draw(model, 1, 60);
        assertThat(all).hasSize(60);
        assertThat(all).noneMatch(phrase -> words.contains(phrase.words().toLowerCase(Locale.ROOT)));
        assertThat(all.subList(12, 60)).noneMatch(phrase -> shapes.contains(Arrays.toString(phrase.shapes())));
        assertThat(all.stream().map(phrase -> Arrays.toString(phrase.shapes())).distinct())
                .as("each wears shapes of its own")
                .hasSize(60);
    }

    @Test
    void emotionsComeFirstAndSeedsDrawOthers() {
        List<UnseenWords.Phrase> all = UnseenWords.draw(model, 1, 20);
        for (int i = 0; i < 12; i++) {
            assertThat(all.get(i).shapes())
                    .containsExactly(
                            model.shapeWeights(Expression.standard().get(i + 1).weights()));
        }
        assertThat(UnseenWords.draw(model, 1, 20).get(15).words())
                .isEqualTo(all.get(15).words());
        assertThat(UnseenWords.draw(model, 2, 20).get(15).words())
                .isNotEqualTo(all.get(15).words());
        assertThat(UnseenWords.draw(model, 1, 5)).hasSize(5);
    }
}
