// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.api.value.Scalar;
import org.junit.jupiter.api.Test;

class ConditionTest {
    enum Method {
        NONE,
        FAST,
        VERY_EXACT
    }

    record Out(Scalar value) {}

    @NodeType(id = "test.conditions", category = "Test")
    record Conditions(
            @Param Method method,
            @Param(when = "method=fast|very-exact") boolean smooth,
            @Param(when = "smooth") int passes,
            @Param String lora,
            @Param(when = "lora") double scale,
            @Param(min = 1, auto = "by chance") Integer size,
            @Param(when = "size") boolean fill)
            implements Node<Out> {
        Conditions() {
            this(Method.NONE, false, 1, "", 1, null, false);
        }

        @Override
        public Out run(Run run) {
            return null;
        }
    }

    private static boolean shown(String name, Object... namesAndValues) {
        var type = NodeDescriptor.of(Conditions.class);
        var values = new HashMap<String, Object>();
        type.parameters().forEach(p -> values.put(p.name(), p.defaultValue()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Condition.applies(type.parameter(name).orElseThrow(), type.parameters(), values::get);
    }

    @Test
    void anotherParameterDecides() {
        assertThat(shown("method")).as("what says no condition").isTrue();
        assertThat(shown("smooth")).isFalse();
        assertThat(shown("smooth", "method", Method.FAST)).isTrue();
        assertThat(shown("smooth", "method", Method.VERY_EXACT)).isTrue();
        assertThat(shown("scale")).isFalse();
        assertThat(shown("scale", "lora", " ")).isFalse();
        assertThat(shown("scale", "lora", "style")).isTrue();
        assertThat(shown("fill")).as("auto").isFalse();
        assertThat(shown("fill", "size", 3)).isTrue();
    }

    @Test
    void whatIsHiddenDecidesNothing() {
        assertThat(shown("passes", "smooth", true)).isFalse();
        assertThat(shown("passes", "smooth", true, "method", Method.FAST)).isTrue();
        assertThat(shown("passes", "smooth", false, "method", Method.FAST)).isFalse();
    }

    @Test
    void aLinkMayGiveAnyValue() {
        assertThat(shown("smooth", "method", Condition.UNKNOWN)).isTrue();
        assertThat(shown("passes", "method", Condition.UNKNOWN, "smooth", Condition.UNKNOWN))
                .isTrue();
    }

    @Test
    void itReadsAsASentence() {
        var type = NodeDescriptor.of(Conditions.class);
        assertThat(type.parameters().stream()
                        .filter(p -> p.when() != null)
                        .map(p -> p.when().toString()))
                .containsExactly("method is fast or very-exact", "smooth is given", "lora is given", "size is given");
        assertThat(type.parameter("method").orElseThrow().when()).isNull();
    }

    private static void refused(Map<String, String> whenByName, String why) {
        List<Parameter> all = whenByName.entrySet().stream()
                .map(entry -> new Parameter(
                        entry.getKey(),
                        entry.getKey().equals("count") ? int.class : boolean.class,
                        null,
                        0,
                        9,
                        0,
                        "",
                        List.of(),
                        "",
                        "",
                        Param.Widget.AUTO,
                        List.of(),
                        false,
                        Condition.parse(entry.getValue())))
                .toList();
        assertThatThrownBy(() -> Condition.check(all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void conditionsThatCannotBeAreRefused() {
        refused(Map.of("a", "nobody"), "'a' is shown when nobody is given, but there is no parameter 'nobody'");
        refused(Map.of("a", "a"), "a circle");
        refused(Map.of("a", "b", "b", "a"), "a circle");
        refused(Map.of("a", "count", "count", ""), "'count' always is: name its values, as in count=…");
        refused(Map.of("a", "count=12", "count", ""), "but 12 is out of range (0 to 9)");
        refused(Map.of("a", "b=maybe", "b", ""), "but 'maybe' is not true or false");
    }

    @NodeType(id = "test.lost", category = "Test")
    record Lost(@Param(when = "nobody") int x) implements Node<Out> {
        Lost() {
            this(1);
        }

        @Override
        public Out run(Run run) {
            return null;
        }
    }

    @Test
    void theNodeTypeIsNamed() {
        assertThatThrownBy(() -> NodeDescriptor.of(Lost.class))
                .hasMessageContaining("Lost says: parameter 'x' is shown when nobody is given");
    }
}
