// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.util.Arrays;
import java.util.List;

/** What {@link TensorPickle} makes of a pickle, as small as it goes. */
public final class PickleValues {
    /** A function or type that pickles of tensors name; {@code type} is a storage's, as safetensors calls it. */
    record Name(String module, String name, String type) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    record Storage(String key, String type, long count) {}

    /** A tensor as it lies in a storage; offset, sizes and strides count elements. */
    public record Tensor(Storage place, long offset, long[] sizes, long[] strides) {
        public String storage() {
            return place.key();
        }

        public String type() {
            return place.type();
        }

        /** Numbers in the storage. */
        public long count() {
            return place.count();
        }

        public List<Long> shape() {
            return Arrays.stream(sizes).boxed().toList();
        }

        /** Whether its numbers follow one another in the order of its shape. */
        public boolean contiguous() {
            long expected = 1;
            for (int d = sizes.length - 1; d >= 0; d--) {
                if (sizes[d] != 1 && strides[d] != expected) {
                    return false;
                }
                expected *= sizes[d];
            }
            return true;
        }
    }

    /** A dictionary: keys and values in turns. */
    static final class Dict {
        private static final Object[] NONE = {};

        private Object[] items = NONE;
        private int filled;

        private int length(int more) {
            return filled + more <= items.length ? items.length : Math.max(filled + more, items.length * 2);
        }

        /** Bytes that room for more keys and values takes. */
        long missing(int more) {
            return length(more) == items.length ? 0 : 16 + 4L * length(more);
        }

        void room(int more) {
            items = length(more) == items.length ? items : Arrays.copyOf(items, length(more));
        }

        void put(Object key, Object value) {
            items[filled++] = key;
            items[filled++] = value;
        }

        int size() {
            return filled / 2;
        }

        Object key(int index) {
            return items[2 * index];
        }

        Object value(int index) {
            return items[2 * index + 1];
        }
    }

    static final Name DICT = new Name("collections", "OrderedDict", null);
    static final Name TENSOR = new Name("torch._utils", "_rebuild_tensor_v2", null);
    static final Name PARAMETER = new Name("torch._utils", "_rebuild_parameter", null);

    private static final List<Name> NAMES = List.of(
            DICT,
            TENSOR,
            PARAMETER,
            storage("DoubleStorage", "F64"),
            storage("FloatStorage", "F32"),
            storage("HalfStorage", "F16"),
            storage("BFloat16Storage", "BF16"),
            storage("LongStorage", "I64"),
            storage("IntStorage", "I32"),
            storage("ShortStorage", "I16"),
            storage("CharStorage", "I8"),
            storage("ByteStorage", "U8"),
            storage("BoolStorage", "BOOL"));

    private PickleValues() {}

    private static Name storage(String name, String type) {
        return new Name("torch", name, type);
    }

    /** The name, or null for one that is not a tensor's. */
    static Name name(String module, String name) {
        for (Name each : NAMES) {
            if (each.module().equals(module) && each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
