// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(s -> (Object) s),
                Arbitraries.longs().map(n -> (Object) n),
                Arbitraries.doubles()
                        .between(-1e9, 1e9)
                        .ofScale(5)
                        .filter(d -> d != Math.rint(d))
                        .map(d -> (Object) d),
                Arbitraries.of(true, false).map(b -> (Object) b));
        return nested(leaves, 3);
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> leaves, int depth) {
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Object> inner = nested(leaves, depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inner.list().ofMaxSize(4).map(list -> (Object) list),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner)
                        .ofMaxSize(4)
                        .map(map -> (Object) new LinkedHashMap<>(map)));
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("trees") Object tree) {
        assertThat(Json.parse(Json.write(tree))).isEqualTo(tree);
    }

    @Test
    void writesOneCanonicalForm() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("b", Arrays.asList(1, 2.0, 0.5f, null, true));
        tree.put("a", Map.of());
        tree.put("c", "tab\t \"quoted\" \u0001 é");
        tree.put("d", Double.NaN);
        assertThat(Json.write(tree))
                .isEqualTo(
                        "{\"b\":[1,2,0.5,null,true],\"a\":{},\"c\":\"tab\\t \\\"quoted\\\" \\u0001 é\",\"d\":\"NaN\"}");
    }

    @Test
    void refusesWhatIsNotJson() {
        refused("", "a value was expected");
        refused("{\"a\":1,}", "a string was expected");
        refused("[1 2]", "']' was expected");
        refused("{\"a\":1,\"a\":2}", "the name \"a\" appears twice");
        refused("01x", "a value was expected");
        refused("\"open", "the string does not end");
        refused("[]\n[]", "line 2");
        refused("[".repeat(5000), "nested too deeply");
        refused("\"\\u12", "the string does not end");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void keepsTheWholeRangeOfSeeds() {
        assertThat(Json.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.parse("[1e3]")).isEqualTo(List.of(1000.0));
    }
}
