// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One figure over several people, beside its baselines.
 *
 * @param name key in the JSON
 * @param higherIsBetter which end is the worst
 * @param values of each person
 * @param baselines the same people's values under another name; those that were not measured are absent
 */
record Tally(String name, boolean higherIsBetter, double[] values, Map<String, double[]> baselines) {
    static final String MEAN_HEAD = "meanHead", RANDOM = "randomIdentity", FIT = "directFit";

    /** Figures of held-out people. */
    static List<Tally> identities(List<IdentityResult> people) {
        List<Tally> all = new ArrayList<>();
        all.add(of("faceNormalDegrees", false, people, HeadScore::faceNormalDegrees));
        all.add(of("headNormalDegrees", false, people, HeadScore::headNormalDegrees));
        all.add(of("iou", true, people, HeadScore::iou));
        all.add(of("expressionRetrieval", true, people, HeadScore::expressionRetrieval));
        all.add(of("identityRank", false, people, HeadScore::identityRank));
        return all;
    }

    private static Tally of(
            String name, boolean higher, List<IdentityResult> people, ToDoubleFunction<HeadScore> figure) {
        Map<String, double[]> baselines = new LinkedHashMap<>();
        baselines.put(
                MEAN_HEAD,
                people.stream()
                        .map(IdentityResult::meanHead)
                        .mapToDouble(figure)
                        .toArray());
        baselines.put(
                RANDOM,
                people.stream()
                        .map(IdentityResult::randomIdentity)
                        .mapToDouble(figure)
                        .toArray());
        if (!people.isEmpty() && people.stream().allMatch(p -> p.directFit() != null)) {
            baselines.put(
                    FIT,
                    people.stream()
                            .map(IdentityResult::directFit)
                            .mapToDouble(figure)
                            .toArray());
        }
        return new Tally(
                name,
                higher,
                people.stream().map(IdentityResult::made).mapToDouble(figure).toArray(),
                baselines);
    }

    double mean() {
        return mean(values);
    }

    double worst() {
        return worst(values);
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElse(Double.NaN);
    }

    private double worst(double[] of) {
        DoubleStream stream = DoubleStream.of(of);
        return (higherIsBetter ? stream.min() : stream.max()).orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(DoubleStream.of(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(Double.NaN));
    }

    /** Mean, worst, standard deviation, each value, and the baselines' means and worsts. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        put(json, "mean", mean());
        put(json, "worst", worst());
        put(json, "deviation", deviation(values));
        JsonArray each = new JsonArray();
        for (double value : values) {
            if (Double.isNaN(value)) each.add(JsonNull.INSTANCE);
            else each.add(rounded(value));
        }
        json.add("values", each);
        JsonObject beside = new JsonObject();
        baselines.forEach((baseline, of) -> {
            JsonObject entry = new JsonObject();
            put(entry, "mean", mean(of));
            put(entry, "worst", worst(of));
            beside.add(baseline, entry);
        });
        json.add("baselines", beside);
        return json;
    }

    private static void put(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) json.addProperty(name, rounded(value));
        else json.add(name, JsonNull.INSTANCE);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /** Lines of a table. */
    static List<String> table(List<Tally> tallies) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-20s %9s %9s %11s %11s %11s", "", "mean", "worst", "mean head", "random", "direct fit"));
        for (Tally tally : tallies) {
            lines.add(String.format(
                    "%-20s %9s %9s %11s %11s %11s",
                    tally.name,
                    text(tally.mean()),
                    text(tally.worst()),
                    tally.beside(MEAN_HEAD),
                    tally.beside(RANDOM),
                    tally.beside(FIT)));
        }
        return lines;
    }

    private String beside(String baseline) {
        return baselines.containsKey(baseline) ? text(mean(baselines.get(baseline))) : "-";
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, Math.abs(value) < 2 ? "%.3f" : "%.2f", value);
    }
}
