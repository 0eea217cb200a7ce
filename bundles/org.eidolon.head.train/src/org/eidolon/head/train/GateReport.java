// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.Framing;

/** What the gate found at some scales of guidance: held if at one of them every framing is at most the bar. */
record GateReport(Map<Double, Map<Framing, PriorGate.Result>> results) {

    /** The best scale: the one whose worst framing is least. */
    double best() {
        return results.keySet().stream()
                .min((a, b) -> Double.compare(worst(a), worst(b)))
                .orElseThrow();
    }

    boolean held() {
        return worst(best()) <= PriorGate.BAR;
    }

    private double worst(double scale) {
        return results.get(scale).values().stream()
                .mapToDouble(PriorGate.Result::share)
                .max()
                .orElseThrow();
    }

    /** One line for each scale and framing, as name and figures. */
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        results.forEach((scale, framings) -> framings.forEach((framing, r) -> lines.put(
                String.format(
                        Locale.ROOT,
                        "gate guidance %.1f %s",
                        scale,
                        framing.name().toLowerCase(Locale.ROOT)),
                String.format(
                        Locale.ROOT, "sample %.4f of mean head's %.4f = %.3f", r.sample(), r.meanHead(), r.share()))));
        return lines;
    }

    /** Whether the bar is cleared; a base of all domains, which is told no person, is not asked. */
    String verdict(Domain domain) {
        if (domain == Domain.BASE) return "gate not asked: a base is told no person";
        return String.format(
                Locale.ROOT,
                "gate %s: share %.3f in its worst framing at guidance %.1f, the bar is %.1f",
                held() ? "HELD" : "MISSED",
                worst(best()),
                best(),
                PriorGate.BAR);
    }
}
