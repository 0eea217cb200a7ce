// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.value.Image;
import org.junit.jupiter.api.Test;

class DistanceTest {
    private record Part(String name, float[] points, int[] corners) {}

    private record Whole(List<Part> parts, Map<String, Double> weights, Path file) {}

    private static Whole whole(String name, float[] points, int corner, double weight, String file) {
        return new Whole(
                List.of(new Part("first", new float[] {1}, new int[0]), new Part(name, points, new int[] {0, corner})),
                Map.of("w", weight),
                Path.of(file));
    }

    private static String between(Whole now) {
        return Distance.between(whole("a", new float[] {1, -2.5f, 3}, 1, 0.5, "here"), now);
    }

    @Test
    void numbersAreToldByHowFarTheyAreApart() {
        assertThat(between(whole("a", new float[] {1, -2.5f, 3.001f}, 1, 0.5, "here")))
                .isEqualTo("numbers differ by at most 0.0010, the largest is 3.00");
        assertThat(between(whole("a", new float[] {1, -2.5f, 3}, 1, 0.25, "there")))
                .startsWith("numbers differ by at most 0.25,");
        assertThat(between(whole("a", new float[] {Float.NaN, -2.5f, 3}, 1, 0.5, "here")))
                .contains("Infinity");
        assertThat(between(whole("a", new float[] {1, -2.5f, 3}, 1, 0.5, "there")))
                .isEqualTo("its numbers are the same, a file in it is another");
    }

    @Test
    void anythingElseIsAnotherResultAndNamed() {
        assertThat(between(whole("a", new float[] {1, 2}, 1, 0.5, "here")))
                .isEqualTo("parts[1].points has 3 values then, 2 now");
        assertThat(between(whole("a", new float[] {1, -2.5f, 3}, 2, 0.5, "here")))
                .isEqualTo("parts[1].corners is another");
        assertThat(between(whole("b", new float[] {1, -2.5f, 3}, 1, 0.5, "here")))
                .isEqualTo("parts[1].name is another");
        assertThat(Distance.between(new Part(null, null, null), new Part("x", null, null)))
                .isEqualTo("name is another");
    }

    @Test
    void picturesAreNumbersToo() {
        Image one = Image.ofBytes(2, 1, 1, new byte[] {0, (byte) 255});
        assertThat(Distance.between(one, Image.ofBytes(2, 1, 1, new byte[] {51, (byte) 255})))
                .isEqualTo("numbers differ by at most 0.20, the largest is 1.00");
        assertThat(Distance.between(one, Image.ofBytes(1, 1, 1, new byte[1]))).contains("2 values then, 1 now");
    }
}
