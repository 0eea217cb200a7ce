// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.torch.internal.PickleValues.Dict;
import org.eidolon.torch.internal.PickleValues.Name;
import org.eidolon.torch.internal.PickleValues.Storage;
import org.eidolon.torch.internal.PickleValues.Tensor;

/**
 * Reads the pickle of a PyTorch archive without running anything: it knows containers, numbers, texts and how a tensor
 * is described, and refuses every other name and instruction. An instruction of one byte can make an object of twenty:
 * what is made is counted, and ends at what the file can be worth.
 */
public final class TensorPickle {
    private static final Object MARK = new Object();
    /** None, a truth value, a fraction: nothing that a tensor is described with. */
    private static final Object PLAIN = new Object();
    /** A list, whose items nobody asks for. */
    private static final Object LIST = new Object();

    private static final Object[] EMPTY = {};
    private static final int DEPTH = 8;
    private static final int VISITS = 1 << 20;
    private static final int SHOWN = 80;

    /** What may be made beside twice the file: the tables of small files. */
    private static final int AROUND = 1 << 20;

    private final PickleInput in;
    private final long length;
    private final Blocks stack;
    private int top;
    private final Blocks memo;
    private int remembered;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private int visited;

    private TensorPickle(InputStream pickle, long length, long size) {
        in = new PickleInput(pickle, length, AROUND + 2 * size);
        this.length = length;
        stack = new Blocks(in);
        memo = new Blocks(in);
    }

    /**
     * The tensors of a pickled dictionary; those of dictionaries inside it have both keys, with a dot between.
     *
     * @param length of the pickle in bytes
     * @param size bytes of the file that it lies in: no more than twice as many are reserved for it, and 1 MiB
     * @throws IOException for anything but tensors and plain values in dictionaries and lists: names it
     */
    public static Map<String, Tensor> read(InputStream pickle, long length, long size) throws IOException {
        TensorPickle reader = new TensorPickle(pickle, length, size);
        Object root;
        try {
            root = reader.run();
        } catch (ClassCastException e) {
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
            in.take(64);
            if (tensors.put(name, tensor) != null) {
                throw new IOException("the pickle names the tensor " + shown(name) + " twice");
            }
        } else if (value instanceof Dict dict) {
            for (int i = 0; i < dict.size(); i++) {
                Object item = dict.value(i);
                if (item instanceof Tensor || item instanceof Dict) {
                    String key = String.valueOf(dict.key(i));
                    if (!name.isEmpty()) {
                        in.take(48 + 2L * (name.length() + 1 + key.length()));
                    }
                    flatten(name.isEmpty() ? key : name + "." + key, item, depth + 1);
                }
            }
        }
    }

    private Object run() throws IOException {
        while (true) {
            int op = in.next();
            switch (op) {
                case 0x80 -> in.next(); // PROTO
                case 0x95 -> in.little(8); // FRAME
                case '.' -> {
                    return pop();
                }
                case '(' -> push(MARK);
                case '0' -> pop();
                case '1' -> top = mark();
                case 'N', 0x88, 0x89 -> push(PLAIN);
                case 'K' -> number(in.next());
                case 'M' -> number(in.little(2));
                case 'J' -> number((int) in.little(4));
                case 0x8a -> number(whole(in.next()));
                case 'G' -> {
                    in.little(8);
                    push(PLAIN);
                }
                case 0x8c, 'U', 'C' -> push(in.text(in.next()));
                case 'X', 'T', 'B' -> push(in.text((int) in.little(4)));
                case '}' -> push(dict());
                case ']' -> push(LIST);
                case ')' -> push(EMPTY);
                case 0x85 -> tuple(1);
                case 0x86 -> tuple(2);
                case 0x87 -> tuple(3);
                case 't' -> {
                    int from = mark();
                    Object[] items = items(from + 1);
                    top = from;
                    push(items);
                }
                case 'l' -> {
                    top = mark();
                    push(LIST);
                }
                case 'd' -> {
                    int from = mark();
                    Dict dict = dict();
                    put(dict, from + 1);
                    top = from;
                    push(dict);
                }
                case 'a' -> {
                    pop();
                    list();
                }
                case 'e' -> {
                    top = mark();
                    list();
                }
                case 's' -> {
                    if (top < 3) {
                        throw damaged("a value is missing");
                    }
                    top = put((Dict) stack.get(top - 3), top - 2);
                }
                case 'u' -> {
                    int from = mark();
                    top = put((Dict) below(from), from + 1) - 1;
                }
                case 'q' -> remember(in.next());
                case 'r' -> remember((int) in.little(4));
                case 0x94 -> remember(remembered);
                case 'h' -> push(recall(in.next()));
                case 'j' -> push(recall((int) in.little(4)));
                case 'c' -> push(name(in.line(), in.line()));
                case 0x93 -> {
                    String name = (String) pop();
                    push(name((String) pop(), name));
                }
                case 'Q' -> push(storage(pop()));
                case 'R' -> {
                    Object[] arguments = (Object[]) pop();
                    push(reduce((Name) pop(), arguments));
                }
                case 'b' -> {
                    // the state of an ordered dictionary, which says nothing about tensors
                    pop();
                    if (!(peek() instanceof Dict)) {
                        throw new IOException("the pickle sets the state of an object that is no dictionary");
                    }
                }
                default ->
                    throw new IOException(
                            "the pickle has instruction 0x" + Integer.toHexString(op) + ", which tensors do not need");
            }
        }
    }

    private static IOException damaged(String what) {
        return new IOException("the pickle is damaged: " + what);
    }

    private void push(Object value) throws IOException {
        stack.set(top++, value);
    }

    private Object pop() throws IOException {
        Object value = peek();
        if (value == MARK) {
            throw damaged("a value is missing");
        }
        top--;
        return value;
    }

    private Object peek() throws IOException {
        return below(top);
    }

    private Object below(int place) throws IOException {
        if (place == 0) {
            throw damaged("a value is missing");
        }
        return stack.get(place - 1);
    }

    /** Where the mark lies that was set last. */
    private int mark() throws IOException {
        for (int at = top - 1; at >= 0; at--) {
            if (stack.get(at) == MARK) {
                return at;
            }
        }
        throw damaged("the begin of a list is missing");
    }

    private void list() throws IOException {
        if (peek() != LIST) {
            throw damaged("it adds to something that is no list");
        }
    }

    private void tuple(int n) throws IOException {
        if (top < n) {
            throw damaged("a value is missing");
        }
        Object[] items = items(top - n);
        top -= n;
        push(items);
    }

    /** What lies on the stack from a place on. */
    private Object[] items(int from) throws IOException {
        in.take(24 + 4L * (top - from));
        Object[] items = new Object[top - from];
        for (int i = 0; i < items.length; i++) {
            items[i] = value(from + i);
        }
        return items;
    }

    private Object value(int place) throws IOException {
        Object value = stack.get(place);
        if (value == MARK) {
            throw damaged("a value is missing");
        }
        return value;
    }

    private void number(long value) throws IOException {
        in.take(value >= -128 && value < 128 ? 0 : 24);
        push(value);
    }

    private Dict dict() throws IOException {
        in.take(24);
        return new Dict();
    }

    /** Puts what lies on the stack from a place on into a dictionary; gives the place. */
    private int put(Dict dict, int from) throws IOException {
        if ((top - from) % 2 != 0) {
            throw damaged("a key has no value");
        }
        in.take(dict.missing(top - from));
        dict.room(top - from);
        for (int i = from; i < top; i += 2) {
            Object key = stack.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new IOException("the pickle has a dictionary whose keys are neither texts nor numbers");
            }
            dict.put(key, value(i + 1));
        }
        return from;
    }

    private void remember(int index) throws IOException {
        if (index < 0 || index > length) {
            throw damaged("it remembers more than it says");
        }
        remembered += memo.get(index) == null ? 1 : 0;
        memo.set(index, peek());
    }

    private Object recall(int index) throws IOException {
        Object value = index < 0 ? null : memo.get(index);
        if (value == null) {
            throw damaged("it recalls what it never said");
        }
        return value;
    }

    private long whole(int bytes) throws IOException {
        if (bytes > Long.BYTES) {
            throw new IOException("the pickle has a whole number of " + bytes + " bytes");
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : in.little(bytes) << unused >> unused;
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static Name name(String module, String name) throws IOException {
        Name known = PickleValues.name(module, name);
        if (known == null) {
            throw new IOException("the pickle wants " + shown(module) + "." + shown(name)
                    + ", and here only tensors are read; get the weights as safetensors");
        }
        return known;
    }

    private Storage storage(Object id) throws IOException {
        if (id instanceof Object[] parts
                && parts.length == 5
                && "storage".equals(parts[0])
                && parts[1] instanceof Name type
                && type.type() != null
                && parts[2] instanceof String key
                && parts[4] instanceof Long count
                && count >= 0) {
            in.take(32);
            return new Storage(key, type.type(), count);
        }
        throw new IOException("the pickle refers to something that is no storage of a tensor");
    }

    private Object reduce(Name function, Object[] arguments) throws IOException {
        if (function == PickleValues.DICT && arguments.length == 0) {
            return dict();
        }
        if (function == PickleValues.PARAMETER && arguments.length > 0 && arguments[0] instanceof Tensor tensor) {
            return tensor;
        }
        if (function == PickleValues.TENSOR
                && arguments.length >= 4
                && arguments[0] instanceof Storage storage
                && arguments[1] instanceof Long offset
                && offset >= 0) {
            long[] sizes = numbers(arguments[2]);
            long[] strides = numbers(arguments[3]);
            if (sizes.length == strides.length) {
                in.take(32);
                return new Tensor(storage, offset, sizes, strides);
            }
        }
        throw new IOException("the pickle builds " + function + " of odd parts");
    }

    private long[] numbers(Object value) throws IOException {
        Object[] parts = (Object[]) value;
        in.take(16 + 8L * parts.length);
        long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!(parts[i] instanceof Long n) || n < 0) {
                throw new IOException("the pickle gives a tensor a size that is no number");
            }
            numbers[i] = n;
        }
        return numbers;
    }
}
