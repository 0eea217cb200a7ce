// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ParameterTest {
    enum Kind {
        PLAIN,
        VERY_FANCY
    }

    private static Parameter of(Class<?> type, double min, double max) {
        List<String> choices = type.isEnum() ? List.of("plain", "very-fancy") : List.of();
        return new Parameter(
                "p", type, null, min, max, 0, "", choices, "pixels", "", Param.Widget.AUTO, List.of(), false, null);
    }

    private static Parameter of(Class<?> type) {
        return of(type, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void readsTextAndJsonValues() {
        assertThat(of(int.class).parse("12")).isEqualTo(12);
        assertThat(of(int.class).parse(12L)).isEqualTo(12);
        assertThat(of(int.class).parse(12.0)).isEqualTo(12);
        assertThat(of(long.class).parse(" 9223372036854775807 ")).isEqualTo(Long.MAX_VALUE);
        assertThat(of(double.class).parse("0.25")).isEqualTo(0.25);
        assertThat(of(double.class).parse(3L)).isEqualTo(3.0);
        assertThat(of(boolean.class).parse("yes")).isEqualTo(true);
        assertThat(of(String.class).parse("neutral; a smile")).isEqualTo("neutral; a smile");
        assertThat(of(Kind.class).parse("Very-Fancy")).isEqualTo(Kind.VERY_FANCY);
        assertThat(of(Path.class).parse("a/b.jpg")).isEqualTo(Path.of("a", "b.jpg"));
        assertThat(of(Path.class).parse("")).isNull();
    }

    @Test
    void saysWhatIsAllowed() {
        refused(of(int.class, 1, 8), "9", "9 is out of range (1 to 8 pixels)");
        refused(of(int.class), "1.5", "'1.5' is not a whole number");
        refused(of(int.class), "4294967296", "'4294967296' is not a whole number");
        refused(of(double.class, 0, Double.POSITIVE_INFINITY), -0.5, "-0.5 is out of range (at least 0 pixels)");
        refused(of(double.class), "NaN", "'NaN' is not a number");
        refused(of(boolean.class), "maybe", "'maybe' is not true or false");
        refused(of(Kind.class), "fancy", "'fancy' is not one of plain, very-fancy");
        refused(of(String.class), 7L, "'7' is not text");
        refused(of(int.class), null, "a value is required");
    }

    private static Parameter auto(double min) {
        return new Parameter(
                "p",
                int.class,
                null,
                min,
                8,
                0,
                "by the quality",
                List.of(),
                "",
                "",
                Param.Widget.AUTO,
                List.of(),
                false,
                null);
    }

    @Test
    void autoIsAValueOfItsOwn() {
        for (Object raw : new Object[] {"auto", " AUTO", 0L, 0.0, "0", "0.0", null}) {
            assertThat(auto(1).parse(raw)).as("%s", raw).isNull();
        }
        assertThat(auto(1).toJson(null)).isEqualTo("auto");
        assertThat(auto(1).parse("3")).isEqualTo(3);
        assertThat(auto(0).parse("0")).as("a number where 0 is one").isEqualTo(0);
        assertThat(auto(0).parse("auto")).isNull();
        refused(auto(1), "9", "9 is out of range (1 to 8, or auto)");
        refused(of(int.class), "auto", "'auto' is not a whole number");
        assertThat(of(Path.class).toJson(null)).isNull();
    }

    @Property
    void everyNumberComesBack(@ForAll long whole, @ForAll @DoubleRange(min = -1e300, max = 1e300) double real) {
        var integers = of(long.class);
        var reals = of(double.class);
        assertThat(integers.parse(Json.parse(Json.write(integers.toJson(whole)))))
                .isEqualTo(whole);
        assertThat((double) reals.parse(Json.parse(Json.write(reals.toJson(real)))))
                .isEqualTo(real);
    }

    private static void refused(Parameter parameter, Object raw, String why) {
        assertThatThrownBy(() -> parameter.parse(raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
