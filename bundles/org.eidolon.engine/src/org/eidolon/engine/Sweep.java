// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.api.Param;
import org.eidolon.api.Parameter;
import org.eidolon.graph.PortRef;

/**
 * Values that one parameter takes in turn, a run for each.
 *
 * @param target the parameter as {@code node.parameter}; {@code seed} for that of the run
 * @param values as {@code --set} takes them, each sound and none twice
 */
public record Sweep(String target, List<String> values) {
    /** The target that is no node's: the start of the run's random numbers. */
    public static final Parameter SEED = new Parameter(
            "seed",
            long.class,
            0L,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            "",
            List.of(),
            "",
            "start of all random numbers of the run",
            Param.Widget.SEED,
            List.of(),
            true,
            null);

    /** A slip of the keyboard must not fill a disk. */
    public static final int MOST = 200;

    /** What people write is rounded to so many digits, as 0.1 has no exact double. */
    private static final MathContext DIGITS = new MathContext(12);

    private static final Pattern RANGE = Pattern.compile("\\s*(\\S+?)\\s*\\.\\.\\s*([^\\s:]+)\\s*(?::\\s*(\\S+)\\s*)?");
    private static final int LONGEST_NAME = 48;

    public Sweep {
        values = List.copyOf(values);
    }

    /**
     * Checks values against the parameter.
     *
     * @throws IllegalArgumentException saying which value is wrong, and why
     */
    public static Sweep of(String target, Parameter parameter, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no value");
        }
        if (values.size() > MOST) {
            throw new IllegalArgumentException(values.size() + " values are more than the " + MOST + " of one sweep");
        }
        var texts = new ArrayList<String>();
        var seen = new HashSet<Object>();
        for (String value : values) {
            Object typed = parameter.parse(value);
            if (!seen.add(String.valueOf(typed))) {
                throw new IllegalArgumentException("the value '" + value + "' is there twice");
            }
            texts.add(text(parameter, typed, value));
        }
        return new Sweep(target, texts);
    }

    /** Numbers and choices in their one spelling, so that 1 and 01 have the same name. */
    private static String text(Parameter parameter, Object typed, String given) {
        return switch (parameter.toJson(typed)) {
            case Double d -> number(d);
            case null -> "";
            case String s when parameter.choices().isEmpty() && !isNumber(parameter) -> given;
            case Object json -> json.toString();
        };
    }

    /**
     * Reads values as the command line has them: separated by commas, where {@code \,} is a comma of a value's own; of
     * numbers {@code from..to:count} stands for evenly spaced ones, and of whole numbers {@code from..to} for all.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Sweep parse(String target, Parameter parameter, String words) {
        var values = new ArrayList<String>();
        for (String word : split(words)) {
            Matcher range = RANGE.matcher(word);
            if (isNumber(parameter) && range.matches()) {
                values.addAll(range(parameter, range.group(1), range.group(2), range.group(3)));
            } else {
                values.add(parameter.type() == String.class ? word : word.strip());
            }
        }
        return of(target, parameter, values);
    }

    private static List<String> split(String words) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '\\' && i + 1 < words.length() && words.charAt(i + 1) == ',') {
                part.append(',');
                i++;
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    public static boolean isNumber(Parameter parameter) {
        return isWhole(parameter) || parameter.type() == double.class;
    }

    public static boolean isWhole(Parameter parameter) {
        return parameter.type() == int.class || parameter.type() == long.class;
    }

    private static List<String> range(Parameter parameter, String from, String to, String count) {
        Number first = end(parameter, from);
        Number last = end(parameter, to);
        if (count == null) {
            if (!isWhole(parameter)) {
                throw new IllegalArgumentException(
                        "'" + from + ".." + to + "' does not say how many numbers: write " + from + ".." + to + ":5");
            }
            return between(parameter, first, last, 1 + Math.abs(last.doubleValue() - first.doubleValue()));
        }
        double many;
        try {
            many = Integer.parseInt(count);
        } catch (NumberFormatException e) {
            many = 0;
        }
        if (many < 1) {
            throw new IllegalArgumentException("'" + count + "' is no count of values");
        }
        return between(parameter, first, last, many);
    }

    private static Number end(Parameter parameter, String word) {
        if (parameter.parse(word) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("'" + word + "' is no end of a range (" + parameter.range() + ")");
    }

    /**
     * Evenly spaced numbers, both ends among them; whole ones are rounded.
     *
     * @param many how many
     * @throws IllegalArgumentException where there are not so many
     */
    public static List<String> between(Parameter parameter, Number from, Number to, double many) {
        if (many > MOST) {
            throw new IllegalArgumentException(
                    number(many) + " values are more than the " + MOST + " of one sweep: write from..to:count");
        }
        boolean whole = isWhole(parameter);
        double span = to.doubleValue() - from.doubleValue();
        if (many > 1 && span == 0) {
            throw new IllegalArgumentException("both ends are " + number(from.doubleValue()));
        }
        if (whole && many > Math.abs(span) + 1) {
            throw new IllegalArgumentException(
                    "there are only " + number(Math.abs(span) + 1) + " whole numbers from " + from + " to " + to);
        }
        var values = new ArrayList<String>();
        for (int i = 0; i < many; i++) {
            double part = many > 1 ? i / (many - 1) : 0;
            values.add(
                    whole
                            ? Long.toString(from.longValue() + Math.round(part * span))
                            : number(from.doubleValue() + part * span));
        }
        return values;
    }

    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** Whether it is the seed of the run that differs. */
    public boolean isOfSeed() {
        return target.equals(SEED.name());
    }

    /** What the parameter is called on its node. */
    public String name() {
        return isOfSeed() ? target : PortRef.parse(target).port();
    }

    /** A name for the folder of them all, such as {@code geometry.steps}. */
    public String folder() {
        return slug(target);
    }

    /** A name for the folder of each value's run, such as {@code steps-40}; no two are alike, whatever case counts. */
    public List<String> folders() {
        var names = new ArrayList<String>();
        Set<String> taken = new HashSet<>();
        for (String value : values) {
            String wish = slug(name() + "-" + value);
            String free = wish;
            for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
                free = wish + "_" + i;
            }
            names.add(free);
        }
        return names;
    }

    /** What is left of words in the name of a file: letters and digits of English, and few signs. A letter is first. */
    private static String slug(String words) {
        String slug = words.replaceAll("[^A-Za-z0-9._-]+", "-");
        return slug.substring(0, Math.min(LONGEST_NAME, slug.length())).replaceAll("[-.]+$", "");
    }
}
