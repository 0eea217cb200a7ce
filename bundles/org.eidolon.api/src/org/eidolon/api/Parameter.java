// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A parameter of a node type.
 *
 * @param type int, long, double, boolean, String, an enum class or Path; int, long or double as well where it may be auto
 * @param defaultValue from the record's no-argument constructor; null for a Path or String that has none, and for auto
 * @param auto what settles the value where it is {@link #AUTO}; empty where it cannot be
 * @param choices names of an enum's constants as graph files write them, else empty
 * @param when the condition under which it says anything; null where it always does
 */
public record Parameter(
        String name,
        Class<?> type,
        Object defaultValue,
        double min,
        double max,
        double step,
        String auto,
        List<String> choices,
        String unit,
        String doc,
        Param.Widget widget,
        List<String> accepts,
        boolean required,
        Condition when) {

    /** How graph files and command lines write the value that a node settles by itself; null stands for it in Java. */
    public static final String AUTO = "auto";

    /** Whether the value may be {@link #AUTO}. */
    public boolean mayBeAuto() {
        return !auto.isEmpty();
    }

    public boolean isFile() {
        return type == Path.class;
    }

    /** What people call the type: integer, number, yes or no, text, choice, file. */
    public String typeName() {
        return switch (type.getSimpleName()) {
            case "int", "long" -> "integer";
            case "double" -> "number";
            case "boolean" -> "true or false";
            case "String" -> "text";
            case "Path" -> "file";
            default -> "choice";
        };
    }

    /**
     * The typed value of what a graph file (a JSON value) or a command line (a string) says, checked against range and
     * choices. Null is what {@link #AUTO} gives, and 0 where a parameter that may be auto has no 0: graphs had it so before
     * there was a word for it.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed; the caller adds where
     */
    public Object parse(Object raw) {
        if (mayBeAuto() && isAuto(raw)) {
            return null;
        }
        if (raw == null || raw instanceof String blank && blank.isBlank() && (isFile() || required)) {
            if (required || type.isPrimitive() || raw == null && defaultValue != null) {
                throw new IllegalArgumentException("a value is required");
            }
            return null;
        }
        return switch (type.getSimpleName()) {
            case "int" -> (int) checked(whole(raw, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "long" -> checked(whole(raw, Long.MIN_VALUE, Long.MAX_VALUE));
            case "double" -> checked(real(raw));
            case "boolean" -> bool(raw);
            case "String" -> raw instanceof String ? raw : fail(raw, "text");
            case "Path" -> path(raw);
            default -> choice(raw);
        };
    }

    private boolean isAuto(Object raw) {
        return switch (raw) {
            case Number n -> n.doubleValue() == 0 && min > 0;
            case String s -> s.strip().equalsIgnoreCase(AUTO) || s.strip().matches("0(\\.0*)?") && min > 0;
            case null -> defaultValue == null;
            default -> false;
        };
    }

    /** The JSON value that {@link #parse} reads back: Long, Double, Boolean, String or null. */
    public Object toJson(Object value) {
        if (value == null && mayBeAuto()) {
            return AUTO;
        }
        return switch (value) {
            case Integer i -> i.longValue();
            case Enum<?> constant -> choiceName(constant);
            case Path path -> path.toString().replace('\\', '/');
            case null, default -> value;
        };
    }

    static String choiceName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private long whole(Object raw, long least, long most) {
        try {
            long value =
                    switch (raw) {
                        case String s -> Long.parseLong(s.strip());
                        case Double d when d == Math.rint(d) && Math.abs(d) < 0x1p53 -> d.longValue();
                        case Double d -> throw new NumberFormatException();
                        case Number n -> n.longValue();
                        default -> throw new NumberFormatException();
                    };
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(quoted(raw) + " is not a whole number" + allowed());
    }

    private double real(Object raw) {
        try {
            double value = raw instanceof Number n ? n.doubleValue() : Double.parseDouble(((String) raw).strip());
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException | ClassCastException e) {
            // said below
        }
        throw new IllegalArgumentException(quoted(raw) + " is not a number" + allowed());
    }

    private long checked(long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " is out of range" + allowed());
        }
        return value;
    }

    private double checked(double value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(Json.write(value) + " is out of range" + allowed());
        }
        return value;
    }

    /** What it may be, such as {@code 1 to 8 pixels, or auto}; empty for a number without limits, and for what is none. */
    public String range() {
        String limits = limits();
        String units = limits.isEmpty() || unit.isEmpty() ? "" : " " + unit;
        String or = mayBeAuto() ? limits.isEmpty() ? "or auto" : ", or auto" : "";
        return limits + units + or;
    }

    private String limits() {
        boolean least = min > Double.NEGATIVE_INFINITY;
        boolean most = max < Double.POSITIVE_INFINITY;
        if (least && most) {
            return Json.write(min) + " to " + Json.write(max);
        }
        return least ? "at least " + Json.write(min) : most ? "at most " + Json.write(max) : "";
    }

    /** The range in brackets, for the end of a sentence. */
    private String allowed() {
        return range().isEmpty() ? "" : " (" + range() + ")";
    }

    private Object bool(Object raw) {
        if (raw instanceof Boolean) {
            return raw;
        }
        return switch (raw.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> fail(raw, "true or false");
        };
    }

    private Object path(Object raw) {
        try {
            return raw instanceof Path ? raw : raw instanceof String s ? Path.of(s) : fail(raw, "a file name");
        } catch (InvalidPathException e) {
            return fail(raw, "a file name");
        }
    }

    private Object choice(Object raw) {
        String wanted = raw instanceof Enum<?> e
                ? choiceName(e)
                : raw.toString().strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> choiceName((Enum<?>) constant).equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(quoted(raw) + " is not one of " + String.join(", ", choices)));
    }

    private static Object fail(Object raw, String wanted) {
        throw new IllegalArgumentException(quoted(raw) + " is not " + wanted);
    }

    private static String quoted(Object raw) {
        return "'" + raw + "'";
    }
}
