// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.nio.ByteBuffer;

/** Primitive numbers and arrays, by their class. */
final class Primitives {
    private Primitives() {}

    static int bytes(Class<?> primitive) {
        return switch (primitive.getName()) {
            case "byte" -> 1;
            case "short" -> 2;
            case "int", "float" -> 4;
            case "long", "double" -> 8;
            default -> throw new IllegalArgumentException("arrays of " + primitive + " are not supported");
        };
    }

    static Object number(Object tree, Class<?> type) {
        if (type == String.class || type == boolean.class || type == Boolean.class || type == Object.class) {
            return tree;
        }
        Number n = tree instanceof Number number ? number : Double.valueOf((String) tree); // "NaN" comes as a string
        return switch (type.getName()) {
            case "int", "java.lang.Integer" -> n.intValue();
            case "long", "java.lang.Long" -> n.longValue();
            case "float", "java.lang.Float" -> n.floatValue();
            case "double", "java.lang.Double" -> n.doubleValue();
            case "short", "java.lang.Short" -> n.shortValue();
            case "byte", "java.lang.Byte" -> n.byteValue();
            default -> throw new IllegalArgumentException("values of " + type + " are not supported");
        };
    }

    static void put(Object array, ByteBuffer buffer) {
        switch (array) {
            case byte[] a -> buffer.put(a);
            case short[] a -> buffer.asShortBuffer().put(a);
            case int[] a -> buffer.asIntBuffer().put(a);
            case float[] a -> buffer.asFloatBuffer().put(a);
            case long[] a -> buffer.asLongBuffer().put(a);
            case double[] a -> buffer.asDoubleBuffer().put(a);
            default -> throw new IllegalArgumentException("not a primitive array: " + array.getClass());
        }
    }

    static Object array(ByteBuffer buffer, Class<?> item, int length) {
        switch (item.getName()) {
            case "byte" -> {
                byte[] a = new byte[length];
                buffer.get(a);
                return a;
            }
            case "short" -> {
                short[] a = new short[length];
                buffer.asShortBuffer().get(a);
                return a;
            }
            case "int" -> {
                int[] a = new int[length];
                buffer.asIntBuffer().get(a);
                return a;
            }
            case "float" -> {
                float[] a = new float[length];
                buffer.asFloatBuffer().get(a);
                return a;
            }
            case "long" -> {
                long[] a = new long[length];
                buffer.asLongBuffer().get(a);
                return a;
            }
            case "double" -> {
                double[] a = new double[length];
                buffer.asDoubleBuffer().get(a);
                return a;
            }
            default -> throw new IllegalArgumentException("arrays of " + item + " are not supported");
        }
    }
}
