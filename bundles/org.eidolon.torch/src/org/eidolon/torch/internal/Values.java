// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;

/** Conversion between Java values and the values of scripts, by the types that a function declares. */
public final class Values {
    private static final class None {
        // the engine's interface cannot make None, but a function can return it
        static final long HANDLE = make();

        private static long make() {
            ScriptText text = new ScriptText("none", "def none() -> Optional[Tensor]:\n    return None\n");
            try (PtNDManager manager =
                    (PtNDManager) ai.djl.ndarray.NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
                var in = new java.io.ByteArrayInputStream(Archive.of(text.archived()));
                long module = ai.djl.pytorch.jni.JniUtils.loadModule(manager, in, false, false)
                        .getHandle();
                return Native.run(module, "none", new long[0]);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private Values() {}

    /** Handles of script values for a function's arguments; to be {@linkplain #free freed}. */
    public static long[] arguments(String where, List<ScriptText.Parameter> parameters, Object[] args) {
        int required = parameters.size();
        while (required > 0 && parameters.get(required - 1).optional()) {
            required--;
        }
        if (args.length < required || args.length > parameters.size()) {
            throw new IllegalArgumentException(
                    where + " takes " + parameters.size() + " arguments, got " + args.length);
        }
        long[] handles = new long[args.length];
        try {
            for (int i = 0; i < args.length; i++) {
                ScriptText.Parameter parameter = parameters.get(i);
                long handle = value(parameter.type(), args[i]);
                if (handle == 0) {
                    String got = args[i] == null ? "null" : args[i].getClass().getSimpleName();
                    throw new IllegalArgumentException(where + ": argument " + (i + 1) + " (" + parameter.name()
                            + ") must be " + parameter.type() + ", got " + got);
                }
                handles[i] = handle;
            }
            return handles;
        } catch (RuntimeException e) {
            free(handles);
            throw e;
        }
    }

    public static void free(long[] handles) {
        for (long handle : handles) {
            if (handle != 0 && (handle != None.HANDLE)) {
                Native.delete(handle);
            }
        }
    }

    private static long value(String type, Object value) {
        if (type.startsWith("Optional[")) {
            return value == null ? None.HANDLE : value(type.substring(9, type.length() - 1), value);
        }
        return switch (type) {
            case "Tensor" -> value instanceof PtNDArray tensor ? Native.fromTensor(tensor.getHandle()) : 0;
            case "int" ->
                value instanceof Integer || value instanceof Long || value instanceof Short
                        ? Native.fromLong(((Number) value).longValue())
                        : 0;
            case "float" -> value instanceof Number number ? Native.fromDouble(number.doubleValue()) : 0;
            case "bool" -> value instanceof Boolean bool ? Native.fromBoolean(bool) : 0;
            case "str" -> value instanceof String string ? Native.fromString(string) : 0;
            case "List[Tensor]" -> value instanceof List<?> list ? tensors(list) : 0;
            case "List[int]" -> longs(value);
            case "List[float]" -> doubles(value);
            case "List[bool]" -> value instanceof boolean[] bools ? Native.fromBooleans(bools) : 0;
            default -> nested(type, value);
        };
    }

    private static long tensors(List<?> list) {
        long[] handles = new long[list.size()];
        for (int i = 0; i < handles.length; i++) {
            if (!(list.get(i) instanceof PtNDArray tensor)) {
                return 0;
            }
            handles[i] = tensor.getHandle();
        }
        return Native.fromTensors(handles);
    }

    private static long longs(Object value) {
        return switch (value) {
            case long[] v -> Native.fromLongs(v);
            case int[] v ->
                Native.fromLongs(java.util.Arrays.stream(v).asLongStream().toArray());
            case List<?> v
            when v.stream().allMatch(x -> x instanceof Integer || x instanceof Long) ->
                Native.fromLongs(
                        v.stream().mapToLong(x -> ((Number) x).longValue()).toArray());
            case null, default -> 0;
        };
    }

    private static long doubles(Object value) {
        switch (value) {
            case double[] v -> {
                return Native.fromDoubles(v);
            }
            case float[] v -> {
                double[] wide = new double[v.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = v[i];
                }
                return Native.fromDoubles(wide);
            }
            case List<?> v
            when v.stream().allMatch(x -> x instanceof Number) -> {
                return Native.fromDoubles(
                        v.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray());
            }
            case null, default -> {
                return 0;
            }
        }
    }

    /** Lists of lists and tuples, e.g. {@code List[List[Tensor]]} or {@code Tuple[Tensor,int]}. */
    private static long nested(String type, Object value) {
        boolean list = type.startsWith("List[");
        if (!(value instanceof List<?> items) || !(list || type.startsWith("Tuple[")) || items.isEmpty()) {
            return 0;
        }
        String inner = type.substring(type.indexOf('[') + 1, type.length() - 1);
        List<String> types = list ? java.util.Collections.nCopies(items.size(), inner) : split(inner);
        if (types.size() != items.size()) {
            return 0;
        }
        long[] handles = new long[items.size()];
        try {
            for (int i = 0; i < handles.length; i++) {
                handles[i] = value(types.get(i), items.get(i));
                if (handles[i] == 0) {
                    return 0;
                }
            }
            return list ? Native.fromList(handles) : Native.fromTuple(handles);
        } finally {
            free(handles);
        }
    }

    private static List<String> split(String types) {
        List<String> parts = new java.util.ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < types.length(); i++) {
            char c = types.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(types.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(types.substring(from));
        return parts;
    }

    /** Adds the tensors of a value, flattening tuples and lists; numbers become tensors of no dimension. */
    public static void collect(PtNDManager manager, long value, List<NDArray> into) {
        if (Native.isTensor(value)) {
            into.add(new PtNDArray(manager, Native.toTensor(value)));
            return;
        }
        String type = Native.type(value);
        if (type.equals("Tensor[]")) {
            for (long handle : Native.toTensors(value)) {
                into.add(new PtNDArray(manager, handle));
            }
        } else if (type.endsWith("]") || type.startsWith("(") || type.startsWith("Tuple") || type.startsWith("List")) {
            boolean tuple = type.startsWith("(") && type.endsWith(")") || type.startsWith("Tuple");
            long[] items = tuple ? Native.toTuple(value) : Native.toList(value);
            try {
                for (long item : items) {
                    collect(manager, item, into);
                }
            } finally {
                free(items);
            }
        } else {
            switch (type) {
                case "NoneType" -> into.add(null);
                case "int" -> into.add(manager.create(Native.toLong(value)));
                case "float" -> into.add(manager.create((float) Native.toDouble(value)));
                case "bool" -> into.add(manager.create(Native.toBoolean(value)));
                default ->
                    throw new IllegalArgumentException("a script's result of type " + type
                            + " cannot be read; return tensors, numbers, or tuples and lists of them");
            }
        }
    }

    public static double number(PtNDManager manager, long value) {
        if (Native.isTensor(value)) {
            try (PtNDArray tensor = new PtNDArray(manager, Native.toTensor(value))) {
                return tensor.toArray()[0].doubleValue();
            }
        }
        return switch (Native.type(value)) {
            case "int" -> Native.toLong(value);
            case "float" -> Native.toDouble(value);
            case "bool" -> Native.toBoolean(value) ? 1 : 0;
            default ->
                throw new IllegalArgumentException("a script's result of type " + Native.type(value) + " is no number");
        };
    }
}
