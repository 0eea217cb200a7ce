// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Eidolon's times beside those of the loop in PyTorch, taken in turns in one run.
 *
 * @param ours times, in whatever unit
 * @param theirs the other's, of the same turns
 * @param parts the other's milliseconds by part, where a step was timed
 * @param about what the other runs on
 */
record Against(double[] ours, double[] theirs, Map<String, Double> parts, JsonObject about) {

    /** Our time as a share of theirs: below 1 is faster. */
    double ratio() {
        return StepTimes.median(ours) / StepTimes.median(theirs);
    }

    JsonObject json(String unit) {
        JsonObject json = about.deepCopy();
        json.remove("ready");
        json.addProperty("our" + unit, rounded(StepTimes.median(ours)));
        json.addProperty("their" + unit, rounded(StepTimes.median(theirs)));
        json.addProperty("ratio", rounded(ratio()));
        if (!parts.isEmpty()) {
            JsonObject each = new JsonObject();
            parts.forEach((part, millis) -> each.addProperty(part, rounded(millis)));
            json.add("theirPartsMillis", each);
        }
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Lines of a table. */
    List<String> table(String unit) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "in plain PyTorch %s (%s):",
                about.get("torch").getAsString(), about.get("device").getAsString()));
        parts.forEach((part, millis) -> lines.add(String.format(Locale.ROOT, "  %-24s %10.1f", part, millis)));
        lines.add(String.format(
                Locale.ROOT,
                "Eidolon %.1f %s, PyTorch %.1f %s: ratio %.2f",
                StepTimes.median(ours),
                unit,
                StepTimes.median(theirs),
                unit,
                ratio()));
        return lines;
    }
}
