// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eidolon.torch.internal.SafeHeader;
import org.eidolon.torch.internal.SafeIndex;
import org.eidolon.torch.internal.TensorBytes;

/**
 * Reads safetensors files: a length, a JSON header and raw little-endian data, which is mapped, not loaded. Headers are
 * bounded and every offset is checked before anything is read. One set of tensors may be split into {@link Shards}; they
 * open by the name without the numbers.
 *
 * <p>DJL's own reader stops at 2 GiB and brings the process down at bfloat16; here bfloat16 and half precision become
 * float32 in Java.
 */
public final class SafeTensors implements TensorFile {
    /** A tensor as the header declares it. {@code type}: F64, F32, F16, BF16, I64, I32, I16, I8, U8 or BOOL. */
    public record Info(String name, String type, List<Long> dimensions) {
        public long[] shape() {
            return dimensions.stream().mapToLong(Long::longValue).toArray();
        }

        public long count() {
            return dimensions.stream().reduce(1L, Math::multiplyExact);
        }
    }

    private record Part(Path file, FileChannel channel, SafeIndex index) {}

    private record Place(Part part, SafeHeader.Entry entry) {
        Info info() {
            return new Info(entry.name(), entry.type(), entry.shape());
        }
    }

    private final List<FileChannel> channels = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    private SafeTensors() {}

    /**
     * Opens a file, or all shards of it.
     *
     * @throws IOException if there is none, a shard is missing, or the file is malformed: names the file and the tensor
     */
    public static SafeTensors open(Path file) throws IOException {
        SafeTensors set = new SafeTensors();
        try {
            for (Path part : parts(file)) {
                set.add(part);
            }
            return set;
        } catch (IOException | RuntimeException e) {
            set.close();
            throw e;
        }
    }

    private static List<Path> parts(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            return List.of(file);
        }
        List<Path> shards = Shards.of(file);
        if (shards.isEmpty()) {
            throw new IOException(file + ": no such file, and no shards of it");
        }
        return shards;
    }

    private void add(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channels.add(channel);
        SafeIndex index = SafeIndex.read(file, channel);
        if (!parts.isEmpty()) {
            for (int i = 0; i < index.count(); i++) {
                String name = index.entry(i).name();
                if (contains(name)) {
                    throw new IOException(file + ": tensor " + name + " stands in another shard too");
                }
            }
        }
        parts.add(new Part(file, channel, index));
    }

    /** The tensors, in the order of their data, each read from the header when it is asked for. */
    @Override
    public Collection<Info> tensors() {
        return new AbstractCollection<>() {
            @Override
            public int size() {
                return parts.stream().mapToInt(part -> part.index().count()).sum();
            }

            @Override
            public Iterator<Info> iterator() {
                return parts.stream()
                        .flatMap(part -> IntStream.range(0, part.index().count())
                                .mapToObj(i -> new Place(part, part.index().entry(i)).info()))
                        .iterator();
            }
        };
    }

    public boolean contains(String name) {
        return parts.stream().anyMatch(part -> part.index().find(name) >= 0);
    }

    /** The header's free text, by key. */
    @Override
    public Map<String, String> metadata() {
        if (parts.size() == 1) {
            return parts.getFirst().index().metadata();
        }
        Map<String, String> all = new LinkedHashMap<>();
        parts.forEach(part -> all.putAll(part.index().metadata()));
        return Collections.unmodifiableMap(all);
    }

    /** What the header says of a tensor. */
    public Info info(String name) {
        return place(name).info();
    }

    private Place place(String name) {
        for (Part part : parts) {
            int index = part.index().find(name);
            if (index >= 0) {
                return new Place(part, part.index().entry(index));
            }
        }
        throw new IllegalArgumentException("no tensor " + name + " in the file");
    }

    /** A copy of a tensor: float32 for all floating types, else the stored type (BOOL as uint8). */
    @Override
    public NDArray read(Scope scope, String name) throws IOException {
        Place place = place(name);
        Info info = place.info();
        DataType type = TensorReading.type(place.part().file(), info);
        if (type != DataType.FLOAT32 || info.type().equals("F32")) {
            return scope.of(map(place), type, info.shape());
        }
        return TensorReading.tensor(scope, place.part().file(), info, TensorBytes.of(map(place)));
    }

    /** A copy of a tensor in half precision (float16), converted if it is stored wider. */
    public NDArray readHalf(Scope scope, String name) throws IOException {
        Place place = place(name);
        if (place.info().type().equals("F16")) {
            return scope.of(map(place), DataType.FLOAT16, place.info().shape());
        }
        try (Scope inner = scope.child()) {
            return inner.keep(read(inner, name).toType(DataType.FLOAT16, true));
        }
    }

    /** The values of a floating tensor as float32, without the tensor engine. */
    @Override
    public float[] floats(String name) throws IOException {
        Place place = place(name);
        return TensorReading.floats(place.part().file(), place.info(), TensorBytes.of(map(place)));
    }

    private static ByteBuffer map(Place place) throws IOException {
        SafeHeader.Entry entry = place.entry();
        if (entry.length() > Integer.MAX_VALUE) {
            throw new IOException(
                    place.part().file() + ": tensor " + entry.name() + " is larger than 2 GiB, which is not supported");
        }
        if (entry.length() == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        return place.part()
                .channel()
                .map(FileChannel.MapMode.READ_ONLY, entry.offset(), entry.length())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Closes the files; tensors that were read stay. */
    @Override
    public void close() {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written through it
            }
        }
    }
}
