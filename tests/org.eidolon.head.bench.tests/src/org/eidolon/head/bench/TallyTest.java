// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final HeadScore MEAN = new HeadScore(12, 8, 0.95, 13, 10);
    private static final HeadScore OTHER = new HeadScore(14, 12, 0.9, 12, 30);
    private static final HeadScore FIT = new HeadScore(6, 5, 0.99, 13, 1);

    private static IdentityResult person(HeadScore made, HeadScore fit) {
        return new IdentityResult("key", 0, 5, made, MEAN, OTHER, fit, Map.of(), Map.of());
    }

    @Test
    void worstIsTheWorstEnd() {
        List<Tally> tallies = Tally.identities(List.of(
                person(new HeadScore(10, 9, 0.93, 11, 1), FIT), person(new HeadScore(14, 7, 0.97, 13, 4), FIT)));
        JsonObject face = json(tallies, "faceNormalDegrees"), iou = json(tallies, "iou");
        assertThat(face.get("mean").getAsDouble()).isEqualTo(12);
        assertThat(face.get("worst").getAsDouble()).isEqualTo(14);
        assertThat(face.get("deviation").getAsDouble()).isEqualTo(2);
        assertThat(face.getAsJsonArray("values")).hasSize(2);
        assertThat(iou.get("worst").getAsDouble()).isEqualTo(0.93);
        assertThat(json(tallies, "expressionRetrieval").get("worst").getAsDouble())
                .isEqualTo(11);
        assertThat(json(tallies, "identityRank").get("worst").getAsDouble()).isEqualTo(4);
        JsonObject beside = face.getAsJsonObject("baselines");
        assertThat(beside.getAsJsonObject("meanHead").get("mean").getAsDouble()).isEqualTo(12);
        assertThat(beside.getAsJsonObject("randomIdentity").get("mean").getAsDouble())
                .isEqualTo(14);
        assertThat(beside.getAsJsonObject("directFit").get("mean").getAsDouble())
                .isEqualTo(6);
    }

    @Test
    void directFitIsGivenOnlyWhenEverybodyHasOne() {
        HeadScore made = new HeadScore(10, Double.NaN, 0.93, 11, 1);
        List<Tally> tallies = Tally.identities(List.of(person(made, FIT), person(made, null)));
        assertThat(json(tallies, "iou").getAsJsonObject("baselines").has("directFit"))
                .isFalse();
        assertThat(json(tallies, "headNormalDegrees").get("mean").isJsonNull()).isTrue();
        assertThat(Tally.table(tallies))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).doesNotContain("NaN"));
    }

    @Test
    void portraitsAreCountedByRank() {
        List<Tally> tallies = PortraitResult.tallies(List.of(portrait(1, 3), portrait(4, 9), portrait(6, 1)));
        JsonObject first = json(tallies, "portraitTop1"), five = json(tallies, "portraitTop5");
        assertThat(first.get("mean").getAsDouble()).isEqualTo(0.3333);
        assertThat(five.get("mean").getAsDouble()).isEqualTo(0.6667);
        assertThat(five.getAsJsonObject("baselines")
                        .getAsJsonObject("meanHead")
                        .get("mean")
                        .getAsDouble())
                .isEqualTo(0.6667);
        assertThat(five.getAsJsonObject("baselines")
                        .getAsJsonObject("randomIdentity")
                        .get("mean")
                        .getAsDouble())
                .isEqualTo(0.0625);
    }

    private static PortraitResult portrait(int rank, int meanHeadRank) {
        return new PortraitResult("key", "a.jpg", 80, 0.3, rank, 0.1, meanHeadRank, 0.05, 3, true, Map.of());
    }

    private static JsonObject json(List<Tally> tallies, String name) {
        return tallies.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .json();
    }
}
