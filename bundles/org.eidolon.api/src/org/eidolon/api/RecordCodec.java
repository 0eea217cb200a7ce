// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes any record of plain data as {@code value.json} and, where it has primitive arrays, {@code data.bin} with these
 * in little-endian order, and reads it back by the declared types. Paths are files that are copied along.
 */
final class RecordCodec<T extends Record> {
    private static final String TREE = "value.json";
    private static final String DATA = "data.bin";
    private final Class<T> type;

    RecordCodec(Class<T> type) {
        this.type = type;
    }

    void write(T value, Path folder) throws IOException {
        try (var data = new Data(folder)) {
            Files.writeString(folder.resolve(TREE), Json.write(encodeRecord(value, data, folder)));
        }
    }

    T read(Path folder) throws IOException {
        try (var data = new Data(folder)) {
            return type.cast(decode(Json.parse(Files.readString(folder.resolve(TREE))), type, data, folder));
        } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            throw new IOException(folder + " does not hold a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** The file of arrays, made when the first one comes. */
    private static final class Data implements AutoCloseable {
        private final Path file;
        private FileChannel channel;

        Data(Path folder) {
            this.file = folder.resolve(DATA);
        }

        /** Gives the offset of what it wrote. */
        long append(ByteBuffer bytes) throws IOException {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            long offset = channel.position();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return offset;
        }

        ByteBuffer at(long offset, long length, long size) throws IOException {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.READ);
            }
            if (offset < 0 || length < 0 || size < 0 || size > Integer.MAX_VALUE || offset > channel.size() - size) {
                throw new IllegalArgumentException("an array lies outside " + DATA);
            }
            var buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
            return buffer.flip();
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static Map<String, Object> encodeRecord(Record value, Data data, Path folder) throws IOException {
        var tree = new LinkedHashMap<String, Object>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            tree.put(component.getName(), encode(get(component, value), data, folder));
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // a record's map has texts as keys
    private static Object encode(Object value, Data data, Path folder) throws IOException {
        switch (value) {
            case null -> {
                return null;
            }
            case Record record -> {
                return encodeRecord(record, data, folder);
            }
            case List<?> list -> {
                return encodeAll(list, data, folder);
            }
            case Object[] array -> {
                return encodeAll(Arrays.asList(array), data, folder);
            }
            case Map<?, ?> map -> {
                // equal maps give equal bytes: those of Map.of and Map.copyOf go round in another order in each process
                var tree = new LinkedHashMap<String, Object>();
                for (String name : new TreeSet<>(((Map<String, ?>) map).keySet())) {
                    tree.put(name, encode(map.get(name), data, folder));
                }
                return tree;
            }
            case Path path -> {
                Path files = Files.createDirectories(folder.resolve("files"));
                String name = Hashes.files(files).size() + "-" + path.getFileName();
                Files.copy(path, files.resolve(name));
                return "files/" + name;
            }
            case Enum<?> constant -> {
                return constant.name();
            }
            case String s -> {
                return s;
            }
            case Boolean b -> {
                return b;
            }
            case Number n -> {
                return n;
            }
            default -> {
                if (value.getClass().isArray()) {
                    return List.of(data.append(bytes(value)), (long) Array.getLength(value));
                }
                throw new IllegalArgumentException("a value record cannot hold a "
                        + value.getClass().getName() + "; give it a ValueType of its own with ValueType.of");
            }
        }
    }

    private static List<Object> encodeAll(List<?> items, Data data, Path folder) throws IOException {
        var list = new ArrayList<>();
        for (Object item : items) {
            list.add(encode(item, data, folder));
        }
        return list;
    }

    private static Object decode(Object tree, Type declared, Data data, Path folder) throws IOException {
        if (tree == null) {
            return null;
        }
        if (declared instanceof ParameterizedType generic) {
            Type item = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (tree instanceof Map<?, ?> map) {
                var values = new LinkedHashMap<String, Object>();
                for (var entry : map.entrySet()) {
                    values.put((String) entry.getKey(), decode(entry.getValue(), item, data, folder));
                }
                return java.util.Collections.unmodifiableMap(values);
            }
            var values = new ArrayList<>();
            for (Object each : (List<?>) tree) {
                values.add(decode(each, item, data, folder));
            }
            return java.util.Collections.unmodifiableList(values);
        }
        Class<?> type = (Class<?>) declared;
        if (type.isRecord()) {
            return decodeRecord((Map<?, ?>) tree, type, data, folder);
        }
        if (type.isArray()) {
            return decodeArray((List<?>) tree, type.getComponentType(), data, folder);
        }
        if (type == Path.class) {
            Path file = folder.resolve((String) tree).normalize();
            if (!file.startsWith(folder)) {
                throw new IllegalArgumentException("the path '" + tree + "' leaves the folder");
            }
            return file;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(tree))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " named " + tree));
        }
        return Primitives.number(tree, type);
    }

    private static Object decodeRecord(Map<?, ?> tree, Class<?> type, Data data, Path folder) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = decode(tree.get(components[i].getName()), components[i].getGenericType(), data, folder);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot make a " + type.getName(), e.getCause() == null ? e : e.getCause());
        }
    }

    private static Object decodeArray(List<?> tree, Class<?> item, Data data, Path folder) throws IOException {
        if (!item.isPrimitive()) {
            Object array = Array.newInstance(item, tree.size());
            for (int i = 0; i < tree.size(); i++) {
                Array.set(array, i, decode(tree.get(i), item, data, folder));
            }
            return array;
        }
        long offset = (Long) tree.get(0);
        long length = (Long) tree.get(1);
        long size = length * Primitives.bytes(item);
        return Primitives.array(data.at(offset, length, size), item, (int) length);
    }

    private static ByteBuffer bytes(Object array) {
        long size = (long) Array.getLength(array)
                * Primitives.bytes(array.getClass().getComponentType());
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an array of more than 2 GiB; keep it in a file (a Path) instead");
        }
        var buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        Primitives.put(array, buffer);
        return buffer.rewind();
    }

    private static Object get(RecordComponent component, Record value) throws IOException {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot read " + component, e);
        }
    }
}
