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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eidolon.torch.internal.SafeHeader;
import org.eidolon.torch.internal.TensorBytes;

/**
 * Reads safetensors files: a length, a JSON header and raw little-endian data, which is mapped, not loaded. Headers are
 * bounded and every offset is checked before anything is read. One set of tensors may be split into shards named
 * {@code NAME-00001-of-0000K.safetensors}; they open by the name without the number.
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

    private record Place(FileChannel channel, Path file, long offset, long length) {}

    private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.safetensors");

    /** ATen's number of float32. */
    private static final int FLOAT32 = 6;

    private final List<FileChannel> channels = new ArrayList<>();
    private final Map<String, Info> infos = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

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
        List<Path> shards = shards(file);
        if (shards.isEmpty()) {
            throw new IOException(file + ": no such file, and no shards of it");
        }
        Matcher first = SHARD.matcher(shards.get(0).getFileName().toString());
        if (!first.matches() || Integer.parseInt(first.group(3)) != shards.size()) {
            throw new IOException(
                    file + ": " + shards.size() + " shards found, but they say " + first.group(3) + "; fetch all");
        }
        return shards;
    }

    /** The shards of a file that exist, in their order. */
    static List<Path> shards(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        String name = file.getFileName().toString();
        String stem = name.endsWith(".safetensors") ? name.substring(0, name.length() - 12) : name;
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(p -> {
                        Matcher m = SHARD.matcher(p.getFileName().toString());
                        return m.matches() && m.group(1).equals(stem);
                    })
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channels.add(channel);
        SafeHeader header = SafeHeader.read(file, channel);
        metadata.putAll(header.metadata());
        for (SafeHeader.Entry entry : header.entries()) {
            Info info = new Info(entry.name(), entry.type(), entry.shape());
            if (infos.put(entry.name(), info) != null) {
                throw new IOException(file + ": tensor " + entry.name() + " stands in another shard too");
            }
            places.put(entry.name(), new Place(channel, file, entry.offset(), entry.length()));
        }
    }

    /** The tensors, in the order of their data. */
    @Override
    public Collection<Info> tensors() {
        return Collections.unmodifiableCollection(infos.values());
    }

    public boolean contains(String name) {
        return infos.containsKey(name);
    }

    /** The header's free text, by key. */
    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** What the header says of a tensor. */
    public Info info(String name) {
        Info info = infos.get(name);
        if (info == null) {
            throw new IllegalArgumentException("no tensor " + name + " in the file");
        }
        return info;
    }

    /** A copy of a tensor: float32 for all floating types, else the stored type (BOOL as uint8). */
    @Override
    public NDArray read(Scope scope, String name) throws IOException {
        return tensor(scope, places.get(info(name).name()).file(), info(name), map(name));
    }

    /** A tensor of bytes as they are stored. */
    static NDArray tensor(Scope scope, Path file, Info info, ByteBuffer bytes) throws IOException {
        return switch (info.type()) {
            case "F32" -> scope.of(bytes, DataType.FLOAT32, info.shape());
            case "F16" -> half(scope, info, bytes);
            case "BF16", "F64" -> scope.of(widen(info, bytes), DataType.FLOAT32, info.shape());
            case "I64" -> scope.of(bytes, DataType.INT64, info.shape());
            case "I32" -> scope.of(bytes, DataType.INT32, info.shape());
            case "I8" -> scope.of(bytes, DataType.INT8, info.shape());
            case "U8", "BOOL" -> scope.of(bytes, DataType.UINT8, info.shape());
            default ->
                throw new IOException(
                        file + ": tensor " + info.name() + " has type " + info.type() + ", which is not supported");
        };
    }

    /** float32 of float16, by the engine, which is quicker at it. */
    private static NDArray half(Scope scope, Info info, ByteBuffer bytes) {
        try (Scope inner = scope.child()) {
            NDArray stored = inner.of(bytes, DataType.FLOAT16, info.shape());
            return inner.keep(Script.load(SafeTensors.class, "optimise.py").call(inner, "cast", stored, FLOAT32));
        }
    }

    /** A copy of a tensor in half precision (float16), converted if it is stored wider. */
    public NDArray readHalf(Scope scope, String name) throws IOException {
        Info info = info(name);
        if (info.type().equals("F16")) {
            return scope.of(map(name), DataType.FLOAT16, info.shape());
        }
        try (Scope inner = scope.child()) {
            return inner.keep(read(inner, name).toType(DataType.FLOAT16, true));
        }
    }

    /** The values of a floating tensor as float32, without the tensor engine. */
    @Override
    public float[] floats(String name) throws IOException {
        Info info = info(name);
        return floats(info, map(name));
    }

    static float[] floats(Info info, ByteBuffer bytes) throws IOException {
        ByteBuffer wide = info.type().equals("F32") ? bytes : widen(info, bytes);
        float[] values = new float[Math.toIntExact(info.count())];
        wide.asFloatBuffer().get(values);
        return values;
    }

    private ByteBuffer map(String name) throws IOException {
        Place place = places.get(name);
        if (place.length() > Integer.MAX_VALUE) {
            throw new IOException(place.file() + ": tensor " + name + " is larger than 2 GiB, which is not supported");
        }
        if (place.length() == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        return place.channel()
                .map(FileChannel.MapMode.READ_ONLY, place.offset(), place.length())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer widen(Info info, ByteBuffer bytes) throws IOException {
        return TensorBytes.widen(info.name(), info.type(), Math.toIntExact(info.count()), bytes);
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
