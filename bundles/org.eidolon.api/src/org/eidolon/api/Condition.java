// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * When a parameter says anything: forms show it only then. It always keeps its value.
 *
 * @param parameter the one that decides
 * @param values those of its values that want this one, as graph files write them; empty where any does that is given: true,
 *     a number and not auto, a text or a file that is not empty
 */
public record Condition(String parameter, List<String> values) {
    /** Stands for a value that only a run knows, as that of a parameter that a link feeds: every condition holds then. */
    public static final Object UNKNOWN = new Object();

    public Condition {
        values = List.copyOf(values);
    }

    /** Reads {@code lora}, or {@code method=fast|exact}; null for the empty text. */
    static Condition parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        int equal = text.indexOf('=');
        return equal < 0
                ? new Condition(text, List.of())
                : new Condition(
                        text.substring(0, equal),
                        Arrays.asList(text.substring(equal + 1).split("\\|", -1)));
    }

    /**
     * Whether a parameter says anything with these values of a node.
     *
     * @param all parameters of the node
     * @param value the typed value of a parameter by its name, or {@link #UNKNOWN}
     */
    public static boolean applies(Parameter one, List<Parameter> all, Function<String, Object> value) {
        var seen = new HashSet<Parameter>();
        for (Parameter at = one; at.when() != null && seen.add(at); ) {
            Parameter decides = of(at.when(), all);
            if (decides == null) {
                return true; // a subgraph shows the one and not the other
            }
            if (!at.when().holds(decides, value.apply(decides.name()))) {
                return false;
            }
            at = decides;
        }
        return true;
    }

    private static Parameter of(Condition condition, List<Parameter> all) {
        return all.stream()
                .filter(parameter -> parameter.name().equals(condition.parameter))
                .findFirst()
                .orElse(null);
    }

    private boolean holds(Parameter decides, Object value) {
        if (value == UNKNOWN) {
            return true;
        }
        if (values.isEmpty()) {
            return value != null && !value.equals(false) && !value.toString().isBlank();
        }
        return values.stream().anyMatch(wanted -> java.util.Objects.equals(decides.parse(wanted), value));
    }

    /** @throws IllegalArgumentException saying why parameters of a node cannot say when one of them is shown as they do */
    static void check(List<Parameter> all) {
        for (Parameter one : all) {
            if (one.when() != null) {
                one.when().check(one, all);
            }
        }
    }

    private void check(Parameter one, List<Parameter> all) {
        Parameter decides = of(this, all);
        String subject = "parameter '" + one.name() + "' is shown when " + this;
        if (decides == null) {
            throw new IllegalArgumentException(subject + ", but there is no parameter '" + parameter + "'");
        }
        boolean number = decides.type() == int.class || decides.type() == long.class || decides.type() == double.class;
        if (values.isEmpty()
                && (number && !decides.mayBeAuto() || !decides.choices().isEmpty())) {
            throw new IllegalArgumentException(
                    subject + ", but '" + parameter + "' always is: name its values, as in " + parameter + "=…");
        }
        for (String value : values) {
            try {
                decides.parse(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(subject + ", but " + e.getMessage(), e);
            }
        }
        var seen = new HashSet<Parameter>();
        for (Parameter at = one; at != null && at.when() != null; at = of(at.when(), all)) {
            if (!seen.add(at)) {
                throw new IllegalArgumentException(subject + ", which leads round in a circle");
            }
        }
    }

    /** Such as {@code lora is given}, {@code method is fast or exact}. */
    @Override
    public String toString() {
        return parameter + " is " + (values.isEmpty() ? "given" : String.join(" or ", values));
    }
}
