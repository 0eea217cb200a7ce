// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.junit.jupiter.api.Test;

class SweepTest {
    private enum Mood {
        CALM,
        VERY_WILD
    }

    private static Parameter parameter(Class<?> type, double min, double max, String... choices) {
        return new Parameter(
                "p", type, null, min, max, 0, "", List.of(choices), "", "", Param.Widget.AUTO, List.of(), false, null);
    }

    private static final Parameter WHOLE = parameter(int.class, -10, 1000);
    private static final Parameter REAL = parameter(double.class, -10, 10);
    private static final Parameter TEXT = parameter(String.class, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final Parameter MOOD =
            parameter(Mood.class, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "calm", "very-wild");

    private static List<String> values(Parameter parameter, String words) {
        return Sweep.parse("n.p", parameter, words).values();
    }

    @Test
    void listsAndRangesMayBeMixed() {
        assertThat(values(WHOLE, "1, 2,10..40:4")).containsExactly("1", "2", "10", "20", "30", "40");
        assertThat(values(WHOLE, "3..-1")).containsExactly("3", "2", "1", "0", "-1");
        assertThat(values(WHOLE, "1 .. 10 : 4")).containsExactly("1", "4", "7", "10");
        assertThat(values(WHOLE, "1..10:3")).as("rounded").containsExactly("1", "6", "10");
        assertThat(values(REAL, "0..1:5")).containsExactly("0", "0.25", "0.5", "0.75", "1");
        assertThat(values(REAL, "0..0.3:4")).as("no 0.30000000000000004").containsExactly("0", "0.1", "0.2", "0.3");
        assertThat(values(REAL, "-1e-3,.5,2..2:1")).containsExactly("-0.001", "0.5", "2");
        assertThat(values(parameter(boolean.class, 0, 0), "yes,false")).containsExactly("true", "false");
        assertThat(values(MOOD, "Very_Wild, calm")).containsExactly("very-wild", "calm");
    }

    @Test
    void aTextKeepsItsBlanksAndItsCommas() {
        assertThat(values(TEXT, "a smile\\, wide; shout,  1..3 ")).containsExactly("a smile, wide; shout", "  1..3 ");
        assertThat(values(TEXT, ",x")).containsExactly("", "x");
    }

    @Test
    void autoIsOneOfTheValues() {
        var steps = new Parameter(
                "p",
                int.class,
                null,
                1,
                9,
                0,
                "by the quality",
                List.of(),
                "",
                "",
                Param.Widget.AUTO,
                List.of(),
                false,
                null);
        assertThat(values(steps, "Auto,2..4")).containsExactly("auto", "2", "3", "4");
        assertThatThrownBy(() -> values(steps, "auto,0")).hasMessageContaining("'0' is there twice");
        assertThatThrownBy(() -> values(steps, "0..8:3"))
                .hasMessageContaining("'0' is no end of a range (1 to 9, or auto)");
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertThatThrownBy(() -> values(WHOLE, "1,2.5")).hasMessageContaining("'2.5' is not a whole number");
        assertThatThrownBy(() -> values(WHOLE, "1..2000:3")).hasMessageContaining("2000 is out of range");
        assertThatThrownBy(() -> values(WHOLE, "1..1000")).hasMessageContaining("1000 values are more than the 200");
        assertThatThrownBy(() -> values(WHOLE, "1..3:0")).hasMessageContaining("'0' is no count");
        assertThatThrownBy(() -> values(REAL, "1..1:2")).hasMessageContaining("both ends are 1");
        assertThatThrownBy(() -> values(REAL, "1,1.0")).hasMessageContaining("'1.0' is there twice");
        assertThatThrownBy(() -> values(REAL, "..:3")).hasMessageContaining("is not a number");
        assertThatThrownBy(() -> values(MOOD, "calm,mad")).hasMessageContaining("'mad' is not one of");
        List<String> many =
                IntStream.rangeClosed(0, Sweep.MOST).mapToObj(i -> "" + i).toList();
        assertThatThrownBy(() -> Sweep.of("n.p", WHOLE, many)).hasMessageContaining("201 values are more than");
        assertThatThrownBy(() -> Sweep.of("n.p", WHOLE, List.of())).hasMessageContaining("no value");
    }

    @Test
    void foldersAreSafeNamesOfWhichNoTwoAreAlike() {
        assertThat(Sweep.parse("geometry.steps", WHOLE, "40,-3").folders()).containsExactly("steps-40", "steps--3");
        assertThat(new Sweep("words.prompts", List.of("../../etc", "a/b", "a b", "A-b", "é", "", "smile; laugh."))
                        .folders())
                .containsExactly(
                        "prompts-..-..-etc",
                        "prompts-a-b",
                        "prompts-a-b_2",
                        "prompts-A-b_3",
                        "prompts",
                        "prompts_2",
                        "prompts-smile-laugh");
        assertThat(new Sweep("w.p", List.of("x".repeat(300))).folders())
                .singleElement()
                .satisfies(name -> assertThat(name).hasSizeLessThan(60));
        assertThat(new Sweep("part/plate.share", List.of("1")).folder()).isEqualTo("part-plate.share");
    }
}
