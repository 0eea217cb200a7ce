// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.List;
import java.util.Locale;
import org.eidolon.api.Run;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;

/** Warns of words that the sentence encoder does not read, or that mean nothing to priors. */
public final class WordCheck {
    /**
     * Least cosine to the nearest wording that priors were trained on: read off a list of some seventy phrases, in which
     * English words for faces lie above ("like a villain" 0.40) and most of other languages below.
     */
    static final double NEAR = 0.38;

    private static final int SHOWN = 40;

    private WordCheck() {}

    /** @param vectors the encoder's, one for each prompt */
    public static void check(Run run, SentenceEncoder encoder, List<Prompt> prompts, List<float[]> vectors) {
        List<String> known = Expression.standard().stream()
                .flatMap(e -> e.phrases().stream())
                .toList();
        float[][] table = null;
        for (int i = 0; i < prompts.size(); i++) {
            String words = prompts.get(i).words();
            boolean unread = unread(run, encoder.unread(words), words);
            if (unread || known.contains(words.toLowerCase(Locale.ROOT))) {
                continue;
            }
            table = table == null ? encoder.encode(known) : table;
            far(run, words, vectors.get(i), known, table);
        }
    }

    private static boolean unread(Run run, SentenceEncoder.Unread unread, String words) {
        if (!unread.signs().isEmpty()) {
            run.warn("expression '" + shown(words) + "': " + String.join(" ", unread.signs())
                    + " is not read, all such " + "signs are alike to the encoder. Say it in English words");
        }
        if (!unread.rest().isEmpty()) {
            run.warn("expression '" + shown(words) + "' is too long: from '" + shown(unread.rest())
                    + "' on it is not read. Say it in fewer words");
        }
        return !unread.signs().isEmpty() || !unread.rest().isEmpty();
    }

    private static void far(Run run, String words, float[] vector, List<String> known, float[][] table) {
        int nearest = 0;
        double most = -1;
        for (int k = 0; k < table.length; k++) {
            double cosine = Identity.cosine(vector, table[k]);
            if (cosine > most) {
                most = cosine;
                nearest = k;
            }
        }
        if (most < NEAR) {
            run.warn(String.format(
                    Locale.ROOT,
                    "expression '%s' is far from all that priors have met (nearest is '%s', cosine %.2f) and may become"
                            + " any face. Only English is understood; say what the face does, such as: a wide grin",
                    shown(words),
                    known.get(nearest),
                    most));
        }
    }

    private static String shown(String words) {
        return words.length() <= SHOWN
                ? words
                : words.substring(
                                0,
                                words.offsetByCodePoints(0, Math.min(SHOWN, words.codePointCount(0, words.length()))))
                        + "…";
    }
}
