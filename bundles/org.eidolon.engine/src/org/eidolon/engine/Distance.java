// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eidolon.api.value.Image;

/**
 * How far two values of one type are apart: by how much their floating-point numbers differ, or, where anything else is not
 * the same, at which place. So rounding is told from another result.
 */
final class Distance {
    private double most;
    private double largest;
    private String other;

    private Distance() {}

    /** In words, such as {@code numbers differ by at most 3.1e-06, the largest is 1.04}. */
    static String between(Object then, Object now) {
        var distance = new Distance();
        distance.add("", then, now);
        if (distance.other != null) {
            return distance.other;
        }
        if (distance.most == 0) {
            return "its numbers are the same, a file in it is another";
        }
        return String.format(
                Locale.ROOT, "numbers differ by at most %.2g, the largest is %.3g", distance.most, distance.largest);
    }

    private void add(String place, Object then, Object now) {
        if (other != null) {
            return; // one is enough
        }
        if (then == null
                || now == null
                || then.getClass() != now.getClass() && !(then instanceof List || then instanceof Map)) {
            same(place, then, now);
            return;
        }
        switch (then) {
            case Record record -> {
                for (RecordComponent part : record.getClass().getRecordComponents()) {
                    String name = place.isEmpty() ? part.getName() : place + "." + part.getName();
                    add(name, get(part, then), get(part, now));
                }
            }
            case Image image -> items(place, image.toFloats(), ((Image) now).toFloats());
            case List<?> list -> items(place, list.toArray(), now instanceof List<?> l ? l.toArray() : null);
            case Map<?, ?> map -> {
                same(place, map.keySet(), now instanceof Map<?, ?> m ? m.keySet() : null);
                map.forEach((name, value) -> add(place + "." + name, value, ((Map<?, ?>) now).get(name)));
            }
            case Float f -> number(f, (Float) now);
            case Double d -> number(d, (Double) now);
            case Path file -> {
                // a file of a value has a place of its own in each cache
            }
            default -> {
                if (then.getClass().isArray()) {
                    items(place, then, now);
                } else {
                    same(place, then, now);
                }
            }
        }
    }

    private void items(String place, Object then, Object now) {
        int count = Array.getLength(then);
        if (now == null || Array.getLength(now) != count) {
            other = place + " has " + count + " values then, " + (now == null ? 0 : Array.getLength(now)) + " now";
            return;
        }
        if (then instanceof float[] a && now instanceof float[] b) {
            for (int i = 0; i < count; i++) {
                number(a[i], b[i]);
            }
            return;
        }
        if (then.getClass().getComponentType().isPrimitive() && !(then instanceof double[])) {
            if (!Objects.deepEquals(then, now)) { // indices and the like: near is not almost right
                other = place + " is another";
            }
            return;
        }
        for (int i = 0; i < count && other == null; i++) {
            add(place + "[" + i + "]", Array.get(then, i), Array.get(now, i));
        }
    }

    private void number(double then, double now) {
        if (Double.compare(then, now) != 0) { // a NaN that became a number is infinitely far
            double by = Math.abs(then - now);
            most = Math.max(most, Double.isNaN(by) ? Double.POSITIVE_INFINITY : by);
        }
        largest = Math.max(largest, Math.abs(then));
    }

    private void same(String place, Object then, Object now) {
        if (other == null && !Objects.equals(then, now)) {
            other = (place.isEmpty() ? "it" : place) + " is another";
        }
    }

    private static Object get(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(part + " cannot be read", e);
        }
    }
}
