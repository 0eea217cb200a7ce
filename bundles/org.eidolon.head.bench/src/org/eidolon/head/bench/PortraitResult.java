// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured on one photo: cosines and ranks by the encoder that guided the head.
 *
 * @param key of the measurement
 * @param name of the file
 * @param photos among which the right one is looked for
 * @param cosine between the photo and the mean of the head's frontal renders
 * @param rank of the right photo among all, 1 is best
 * @param meanHeadCosine of the mean head, painted in mean colours
 * @param meanHeadRank of the right photo, asked with the mean head
 * @param otherCosine mean over the other photos
 * @param facesFound renders in which the detector found a face; in the others the crop is cut where a mean head's is
 * @param textured whether the head wore its albedo, or plain grey
 * @param seconds of each part
 */
record PortraitResult(
        String key,
        String name,
        int photos,
        double cosine,
        int rank,
        double meanHeadCosine,
        int meanHeadRank,
        double otherCosine,
        int facesFound,
        boolean textured,
        Map<String, Double> seconds)
        implements ResultFiles.Keyed {

    static List<Tally> tallies(List<PortraitResult> all) {
        return List.of(
                tally(
                        "portraitCosine",
                        all,
                        PortraitResult::cosine,
                        PortraitResult::meanHeadCosine,
                        PortraitResult::otherCosine),
                top("portraitTop1", 1, all),
                top("portraitTop5", 5, all));
    }

    private static Tally top(String name, int n, List<PortraitResult> all) {
        return tally(
                name,
                all,
                p -> p.rank <= n ? 1 : 0,
                p -> p.meanHeadRank <= n ? 1 : 0,
                p -> Math.min(1, (double) n / p.photos));
    }

    private static Tally tally(
            String name,
            List<PortraitResult> all,
            ToDoubleFunction<PortraitResult> made,
            ToDoubleFunction<PortraitResult> meanHead,
            ToDoubleFunction<PortraitResult> random) {
        Map<String, double[]> baselines = new LinkedHashMap<>();
        baselines.put(Tally.MEAN_HEAD, values(all, meanHead));
        baselines.put(Tally.RANDOM, values(all, random));
        return new Tally(name, true, values(all, made), baselines);
    }

    private static double[] values(List<PortraitResult> all, ToDoubleFunction<PortraitResult> figure) {
        return all.stream().mapToDouble(figure).toArray();
    }
}
