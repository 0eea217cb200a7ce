// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many of several expressions are nearest to their own truth, by pictures of each: what they all have in common, such as
 * the person, is taken out of both sides first.
 *
 * @param words how each was asked for
 * @param ranks of each own truth among all truths, 1 is nearest
 * @param nearest which truth is nearest to each
 */
record WordsResult(List<String> words, int[] ranks, int[] nearest) {

    /**
     * Compares.
     *
     * @param made pictures of each expression as it was made
     * @param truths pictures of each as it should be
     */
    static WordsResult of(List<String> words, List<float[]> made, List<float[]> truths) {
        List<float[]> ours = apart(made), theirs = apart(truths);
        int[] ranks = new int[words.size()], nearest = new int[words.size()];
        for (int e = 0; e < ranks.length; e++) {
            ranks[e] = HeadMetrics.rank(ours.get(e), theirs, e);
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < theirs.size(); t++) {
                double distance = HeadMetrics.distance(ours.get(e), theirs.get(t));
                if (distance < least) {
                    least = distance;
                    nearest[e] = t;
                }
            }
        }
        return new WordsResult(words, ranks, nearest);
    }

    /** Pictures less the mean of all. */
    private static List<float[]> apart(List<float[]> pictures) {
        double[] mean = new double[pictures.getFirst().length];
        for (float[] picture : pictures) {
            for (int i = 0; i < mean.length; i++) mean[i] += picture[i] / pictures.size();
        }
        List<float[]> all = new ArrayList<>();
        for (float[] picture : pictures) {
            float[] own = picture.clone();
            for (int i = 0; i < own.length; i++) own[i] -= (float) mean[i];
            all.add(own);
        }
        return all;
    }

    /** Expressions whose own truth is the nearest. */
    int found() {
        int found = 0;
        for (int rank : ranks) if (rank == 1) found++;
        return found;
    }

    double meanRank() {
        double sum = 0;
        for (int rank : ranks) sum += rank;
        return sum / ranks.length;
    }

    /** Those found, and the mean rank. */
    JsonObject summary() {
        JsonObject json = new JsonObject();
        json.addProperty("found", found());
        json.addProperty("meanRank", Math.round(meanRank() * 100) / 100.0);
        return json;
    }

    /** Each expression by itself, beside what the reader alone makes of it. */
    JsonArray each(WordsResult reader) {
        JsonArray each = new JsonArray();
        for (int e = 0; e < ranks.length; e++) {
            JsonObject json = new JsonObject();
            json.addProperty("words", words.get(e));
            json.addProperty("rank", ranks[e]);
            if (ranks[e] > 1) json.addProperty("nearest", words.get(nearest[e]));
            json.addProperty("readerRank", reader.ranks[e]);
            each.add(json);
        }
        return each;
    }

    /** Lines of a table. */
    List<String> table(WordsResult reader) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-52s %5s %7s  %s", "words", "rank", "reader", "nearest, where it is another"));
        for (int e = 0; e < ranks.length; e++) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%-52s %5d %7d  %s",
                            shortened(words.get(e)),
                            ranks[e],
                            reader.ranks[e],
                            ranks[e] > 1 ? shortened(words.get(nearest[e])) : "")
                    .stripTrailing());
        }
        lines.add(String.format(
                Locale.ROOT,
                "nearest to their own: %d of %d (mean rank %.1f); by the reader's shapes alone %d (%.1f); by chance 1 (%.1f)",
                found(),
                ranks.length,
                meanRank(),
                reader.found(),
                reader.meanRank(),
                (ranks.length + 1) / 2.0));
        return lines;
    }

    private static String shortened(String words) {
        return words.length() <= 52 ? words : words.substring(0, 51) + "…";
    }
}
