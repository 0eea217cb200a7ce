// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;

/**
 * Expressions that no training has met, in wordings that no training has met, with the shapes that they mean: to measure
 * how words are understood. First the twelve emotions in wordings of their own (`unseen.json`), then composed ones.
 */
public final class UnseenWords {
    /** The composed ones come from a stretch of chance that training does not draw from. */
    private static final long SEED = 1L << 41;

    /**
     * One of them.
     *
     * @param words how it is asked for
     * @param shapes weights of the head model's expression shapes
     */
    public record Phrase(String words, float[] shapes) {}

    private UnseenWords() {}

    /**
     * Draws them; of composed ones no two wear the same shapes.
     *
     * @param seed another one draws other composed ones
     * @param count how many in all
     */
    public static List<Phrase> draw(HeadModel model, long seed, int count) {
        List<Phrase> all = new ArrayList<>(emotions(model));
        Set<String> met = new HashSet<>();
        Captions captions = new Captions(model);
        Random trained = new Random(Phrases.SEED);
        for (int i = 0; i < PriorTrainer.COMPOSED; i++) {
            Captions.Caption caption = captions.compose(trained);
            met.add(Arrays.toString(caption.shapes()));
            caption.wordings().forEach(words -> met.add(words.toLowerCase(Locale.ROOT)));
        }
        for (Expression e : Expression.standard()) {
            met.add(Arrays.toString(model.shapeWeights(e.weights())));
            e.phrases().forEach(words -> met.add(words.toLowerCase(Locale.ROOT)));
        }
        Random random = new Random(SEED + seed);
        while (all.size() < count) {
            Captions.Caption caption = captions.compose(random);
            String words = caption.wordings().getFirst();
            if (!met.contains(words.toLowerCase(Locale.ROOT)) && met.add(Arrays.toString(caption.shapes()))) {
                all.add(new Phrase(words, caption.shapes()));
            }
        }
        return List.copyOf(all.subList(0, count));
    }

    private static List<Phrase> emotions(HeadModel model) {
        Map<String, String> wordings;
        try (Reader in =
                new InputStreamReader(UnseenWords.class.getResourceAsStream("unseen.json"), StandardCharsets.UTF_8)) {
            wordings = new Gson().fromJson(in, new TypeToken<Map<String, String>>() {}.getType());
        } catch (IOException e) {
            throw new UncheckedIOException("unseen.json of the bundle of training cannot be read", e);
        }
        return Expression.standard().stream()
                .filter(e -> wordings.containsKey(e.name()))
                .map(e -> new Phrase(wordings.get(e.name()), model.shapeWeights(e.weights())))
                .toList();
    }
}
