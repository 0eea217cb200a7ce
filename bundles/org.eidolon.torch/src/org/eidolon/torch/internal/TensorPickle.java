// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads the pickle of a PyTorch archive without running anything: it knows containers, numbers, texts and how a tensor
 * is described, and refuses every other name and instruction. What it builds is bounded by the pickle's own length.
 */
public final class TensorPickle {
    /** A tensor as it lies in a storage; offset, sizes and strides count elements. */
    public record Tensor(String storage, String type, long count, long offset, List<Long> sizes, List<Long> strides) {}

    private record Name(String module, String name) {}

    private record Storage(String key, String type, long count) {}

    private static final Object MARK = new Object();
    private static final int DEPTH = 8;
    private static final int VISITS = 1 << 20;
    private static final Map<String, String> TYPES = Map.of(
            "DoubleStorage", "F64",
            "FloatStorage", "F32",
            "HalfStorage", "F16",
            "BFloat16Storage", "BF16",
            "LongStorage", "I64",
            "IntStorage", "I32",
            "ShortStorage", "I16",
            "CharStorage", "I8",
            "ByteStorage", "U8",
            "BoolStorage", "BOOL");
    private static final Name DICT = new Name("collections", "OrderedDict");
    private static final Name TENSOR = new Name("torch._utils", "_rebuild_tensor_v2");
    private static final Name PARAMETER = new Name("torch._utils", "_rebuild_parameter");

    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private int visited;

    private TensorPickle(byte[] pickle) {
        in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The tensors of a pickled dictionary; those of dictionaries inside it have both keys, with a dot between.
     *
     * @throws IOException for anything but tensors and plain values in dictionaries and lists: names it
     */
    public static Map<String, Tensor> read(byte[] pickle) throws IOException {
        TensorPickle reader = new TensorPickle(pickle);
        Object root;
        try {
            root = reader.run();
        } catch (BufferUnderflowException | NoSuchElementException e) {
            throw new IOException("the pickle is damaged: it ends early", e);
        } catch (ClassCastException | NullPointerException | UnsupportedOperationException e) {
            throw new IOException("the pickle is damaged: a value is not of the kind its instruction needs", e);
        }
        reader.flatten("", root, 0);
        return reader.tensors;
    }

    private void flatten(String name, Object value, int depth) throws IOException {
        // one dictionary may stand in many places, and even in itself
        if (depth > DEPTH || ++visited > VISITS) {
            throw new IOException("dictionaries in the pickle are nested too deeply, or hold too much");
        }
        if (value instanceof Tensor tensor) {
            if (tensors.put(name, tensor) != null) {
                throw new IOException("the pickle names the tensor " + name + " twice");
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey());
                flatten(name.isEmpty() ? key : name + "." + key, entry.getValue(), depth + 1);
            }
        }
    }

    private Object run() throws IOException {
        while (true) {
            int op = in.get() & 0xff;
            switch (op) {
                case 0x80 -> in.get(); // PROTO
                case 0x95 -> in.getLong(); // FRAME
                case '.' -> {
                    return pop();
                }
                case '(' -> push(MARK);
                case '0' -> pop();
                case '1' -> popMark();
                case 'N' -> push(null);
                case 0x88 -> push(true);
                case 0x89 -> push(false);
                case 'K' -> push((long) (in.get() & 0xff));
                case 'M' -> push((long) (in.getShort() & 0xffff));
                case 'J' -> push((long) in.getInt());
                case 0x8a -> push(whole(in.get() & 0xff));
                case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
                case 0x8c, 'U', 'C' -> push(text(in.get() & 0xff));
                case 'X', 'T', 'B' -> push(text(in.getInt()));
                case '}' -> push(new LinkedHashMap<>());
                case ']' -> push(new ArrayList<>());
                case ')' -> push(List.of());
                case 0x85 -> tuple(1);
                case 0x86 -> tuple(2);
                case 0x87 -> tuple(3);
                case 't', 'l' -> push(popMark());
                case 'd' -> push(put(new LinkedHashMap<>(), popMark()));
                case 'a' -> {
                    Object item = pop();
                    list(peek()).add(item);
                }
                case 'e' -> {
                    List<Object> items = popMark();
                    list(peek()).addAll(items);
                }
                case 's' -> {
                    Object value = pop();
                    Object key = pop();
                    put(peek(), Arrays.asList(key, value));
                }
                case 'u' -> {
                    List<Object> items = popMark();
                    put(peek(), items);
                }
                case 'q' -> memo.put(in.get() & 0xff, peek());
                case 'r' -> memo.put(in.getInt(), peek());
                case 0x94 -> memo.put(memo.size(), peek());
                case 'h' -> push(remembered(in.get() & 0xff));
                case 'j' -> push(remembered(in.getInt()));
                case 'c' -> push(name(line(), line()));
                case 0x93 -> {
                    String name = (String) pop();
                    push(name((String) pop(), name));
                }
                case 'Q' -> push(storage(pop()));
                case 'R' -> {
                    List<?> arguments = (List<?>) pop();
                    push(reduce((Name) pop(), arguments));
                }
                case 'b' -> {
                    // the state of an ordered dictionary, which says nothing about tensors
                    pop();
                    if (!(peek() instanceof Map)) {
                        throw new IOException("the pickle sets the state of an object that is no dictionary");
                    }
                }
                default ->
                    throw new IOException(
                            "the pickle has instruction 0x" + Integer.toHexString(op) + ", which tensors do not need");
            }
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws IOException {
        Object top = stack.removeLast();
        if (top == MARK) {
            throw new IOException("the pickle is damaged: a value is missing");
        }
        return top;
    }

    private Object peek() {
        return stack.getLast();
    }

    private List<Object> popMark() throws IOException {
        int at = stack.lastIndexOf(MARK);
        if (at < 0) {
            throw new IOException("the pickle is damaged: the begin of a list is missing");
        }
        List<Object> tail = stack.subList(at + 1, stack.size());
        List<Object> items = new ArrayList<>(tail);
        stack.subList(at, stack.size()).clear();
        return items;
    }

    private void tuple(int n) throws IOException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            items.addFirst(pop());
        }
        push(items);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Object put(Object map, List<?> items) throws IOException {
        if (items.size() % 2 != 0) {
            throw new IOException("the pickle is damaged: a key has no value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            ((Map<Object, Object>) map).put(plainKey(items.get(i)), items.get(i + 1));
        }
        return map;
    }

    private static Object plainKey(Object key) throws IOException {
        if (key instanceof String || key instanceof Long) {
            return key;
        }
        throw new IOException("the pickle has a dictionary whose keys are neither texts nor numbers");
    }

    private Object remembered(int index) throws IOException {
        if (!memo.containsKey(index)) {
            throw new IOException("the pickle is damaged: it recalls what it never said");
        }
        return memo.get(index);
    }

    private String text(int length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("the pickle is damaged: a text is longer than the file");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder text = new StringBuilder();
        for (char c = (char) in.get(); c != '\n'; c = (char) in.get()) {
            text.append(c);
        }
        return text.toString();
    }

    private long whole(int length) throws IOException {
        if (length > Long.BYTES) {
            throw new IOException("the pickle has a whole number of " + length + " bytes");
        }
        long value = 0;
        byte last = 0;
        for (int i = 0; i < length; i++) {
            last = in.get();
            value |= (last & 0xffL) << (8 * i);
        }
        return last < 0 && length < Long.BYTES ? value | -1L << (8 * length) : value;
    }

    private static Name name(String module, String name) throws IOException {
        Name full = new Name(module, name);
        boolean known = full.equals(DICT)
                || full.equals(TENSOR)
                || full.equals(PARAMETER)
                || module.equals("torch") && TYPES.containsKey(name);
        if (!known) {
            throw new IOException("the pickle wants " + module + "." + name
                    + ", and here only tensors are read; get the weights as safetensors");
        }
        return full;
    }

    private static Storage storage(Object id) throws IOException {
        if (id instanceof List<?> parts
                && parts.size() == 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof Name type
                && TYPES.containsKey(type.name())
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long count
                && count >= 0) {
            return new Storage(key, TYPES.get(type.name()), count);
        }
        throw new IOException("the pickle refers to something that is no storage of a tensor");
    }

    private static Object reduce(Name function, List<?> arguments) throws IOException {
        if (function.equals(DICT) && arguments.isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (function.equals(PARAMETER) && !arguments.isEmpty() && arguments.get(0) instanceof Tensor tensor) {
            return tensor;
        }
        if (function.equals(TENSOR)
                && arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset
                && offset >= 0) {
            List<Long> sizes = numbers(arguments.get(2));
            List<Long> strides = numbers(arguments.get(3));
            if (sizes.size() == strides.size()) {
                return new Tensor(storage.key(), storage.type(), storage.count(), offset, sizes, strides);
            }
        }
        throw new IOException("the pickle builds " + function.module() + "." + function.name() + " of odd parts");
    }

    private static List<Long> numbers(Object value) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Object each : (List<?>) value) {
            if (!(each instanceof Long n) || n < 0) {
                throw new IOException("the pickle gives a tensor a size that is no number");
            }
            numbers.add(n);
        }
        return numbers;
    }
}
