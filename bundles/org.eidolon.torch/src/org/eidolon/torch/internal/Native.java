// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import ai.djl.pytorch.jni.IValueUtils;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * DJL's native calls that script execution needs and that DJL itself offers only wrapped: its public
 * {@code IValueUtils.runMethod} runs in inference mode (no gradients), and {@code IValueUtils.forward} keeps gradients
 * but takes tensors only. The class that declares the natives is not public, so it is reached by method handles.
 */
public final class Native {
    private static final Class<?> LIBRARY;
    private static final Object LIB;
    private static final MethodHandles.Lookup LOOKUP;

    static {
        try {
            LIBRARY = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary", true, IValueUtils.class.getClassLoader());
            LOOKUP = MethodHandles.privateLookupIn(LIBRARY, MethodHandles.lookup());
            LIB = LOOKUP.findStaticGetter(LIBRARY, "LIB", LIBRARY).invoke();
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final MethodHandle RUN =
            find("moduleRunMethod", long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
    private static final MethodHandle FROM_TENSOR = find("iValueFromTensor", long.class, long.class);
    private static final MethodHandle FROM_BOOL = find("iValueFromBool", long.class, boolean.class);
    private static final MethodHandle FROM_LONG = find("iValueFromLong", long.class, long.class);
    private static final MethodHandle FROM_DOUBLE = find("iValueFromDouble", long.class, double.class);
    private static final MethodHandle FROM_STRING = find("iValueFromString", long.class, String.class);
    private static final MethodHandle FROM_BOOLS = find("iValueFromBoolList", long.class, boolean[].class);
    private static final MethodHandle FROM_LONGS = find("iValueFromLongList", long.class, long[].class);
    private static final MethodHandle FROM_DOUBLES = find("iValueFromDoubleList", long.class, double[].class);
    private static final MethodHandle FROM_TENSORS = find("iValueFromTensorList", long.class, long[].class);
    private static final MethodHandle FROM_LIST = find("iValueFromList", long.class, long[].class);
    private static final MethodHandle FROM_TUPLE = find("iValueFromTuple", long.class, long[].class);
    private static final MethodHandle TO_TENSOR = find("iValueToTensor", long.class, long.class);
    private static final MethodHandle TO_BOOL = find("iValueToBool", boolean.class, long.class);
    private static final MethodHandle TO_LONG = find("iValueToLong", long.class, long.class);
    private static final MethodHandle TO_DOUBLE = find("iValueToDouble", double.class, long.class);
    private static final MethodHandle TO_TENSORS = find("iValueToTensorList", long[].class, long.class);
    private static final MethodHandle TO_LIST = find("iValueToIValueList", long[].class, long.class);
    private static final MethodHandle TO_TUPLE = find("iValueToIValueTuple", long[].class, long.class);
    private static final MethodHandle IS_TENSOR = find("iValueIsTensor", boolean.class, long.class);
    private static final MethodHandle TYPE = find("iValueGetType", String.class, long.class);
    private static final MethodHandle DELETE = find("torchDeleteIValue", void.class, long.class);
    private static final MethodHandle GRAD = find("torchGrad", long.class, long.class);
    private static final MethodHandle DETACH = find("torchDetachGrad", long.class, long.class);

    private static final MethodHandle DELETE_TENSOR = find("torchDeleteTensor", void.class, long.class);

    private Native() {}

    private static MethodHandle find(String name, Class<?> result, Class<?>... arguments) {
        try {
            return LOOKUP.findVirtual(LIBRARY, name, MethodType.methodType(result, arguments))
                    .bindTo(LIB);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs a method of a module in the thread's own gradient mode and returns the handle of its result. */
    public static long run(long module, String method, long[] arguments) {
        try {
            return (long) RUN.invokeExact(module, method, arguments, true, false);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromTensor(long tensor) {
        try {
            return (long) FROM_TENSOR.invokeExact(tensor);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromBoolean(boolean value) {
        try {
            return (long) FROM_BOOL.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromLong(long value) {
        try {
            return (long) FROM_LONG.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromDouble(double value) {
        try {
            return (long) FROM_DOUBLE.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromString(String value) {
        try {
            return (long) FROM_STRING.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromBooleans(boolean[] values) {
        try {
            return (long) FROM_BOOLS.invokeExact(values);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromLongs(long[] values) {
        try {
            return (long) FROM_LONGS.invokeExact(values);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromDoubles(double[] values) {
        try {
            return (long) FROM_DOUBLES.invokeExact(values);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromTensors(long[] tensors) {
        try {
            return (long) FROM_TENSORS.invokeExact(tensors);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromList(long[] values) {
        try {
            return (long) FROM_LIST.invokeExact(values);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long fromTuple(long[] values) {
        try {
            return (long) FROM_TUPLE.invokeExact(values);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static boolean isTensor(long value) {
        try {
            return (boolean) IS_TENSOR.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    /** The value's type as DJL spells it, e.g. {@code Tensor}, {@code List[Tensor]}, {@code Tuple[…]}, {@code int}. */
    public static String type(long value) {
        try {
            return (String) TYPE.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long toTensor(long value) {
        try {
            return (long) TO_TENSOR.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static boolean toBoolean(long value) {
        try {
            return (boolean) TO_BOOL.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long toLong(long value) {
        try {
            return (long) TO_LONG.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static double toDouble(long value) {
        try {
            return (double) TO_DOUBLE.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long[] toTensors(long value) {
        try {
            return (long[]) TO_TENSORS.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long[] toList(long value) {
        try {
            return (long[]) TO_LIST.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long[] toTuple(long value) {
        try {
            return (long[]) TO_TUPLE.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static void delete(long value) {
        try {
            DELETE.invokeExact(value);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    /** The handle of a leaf's gradient, or a value ≤ 0 if it has none yet. */
    public static long grad(long tensor) {
        try {
            return (long) GRAD.invokeExact(tensor);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static long detach(long tensor) {
        try {
            return (long) DETACH.invokeExact(tensor);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    public static void deleteTensor(long tensor) {
        try {
            DELETE_TENSOR.invokeExact(tensor);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneak(Throwable e) throws E {
        throw (E) e;
    }
}
