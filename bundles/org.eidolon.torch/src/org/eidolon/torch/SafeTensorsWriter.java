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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.torch.internal.SafeHeader;

/**
 * Writes safetensors files, one tensor in memory at a time, beside their place and renamed into it at the end.
 *
 * @param half whether floating tensors are stored as float16 (else float32)
 * @param shardBytes data bytes after which another shard begins, 0 for one file
 */
public record SafeTensorsWriter(boolean half, long shardBytes) {
    /** Writes float32, one file. */
    public static final SafeTensorsWriter FLOAT = new SafeTensorsWriter(false, 0);

    /** Writes float16, one file. */
    public static final SafeTensorsWriter HALF = new SafeTensorsWriter(true, 0);

    /**
     * Writes tensors in the map's order and metadata in that of their names, so that the same content makes the same file;
     * files of an earlier write under the same name, shards too, are replaced.
     *
     * @return the files written
     * @throws IllegalArgumentException for a type other than float32, float16, int64, int32 and uint8
     */
    public List<Path> write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
        List<List<String>> shards = split(tensors);
        Path target = file.toAbsolutePath();
        List<Path> stale = new ArrayList<>(Shards.found(target));
        List<Path> parts = new ArrayList<>();
        List<Path> written = new ArrayList<>();
        try {
            for (int i = 0; i < shards.size(); i++) {
                Path name = shards.size() == 1 ? target : shard(target, i + 1, shards.size());
                Path part = name.resolveSibling(name.getFileName() + ".part");
                parts.add(part);
                written.add(name);
                writeOne(part, shards.get(i), tensors, metadata);
            }
            for (int i = 0; i < parts.size(); i++) {
                Files.move(
                        parts.get(i),
                        written.get(i),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
        if (shards.size() > 1) {
            stale.add(target);
        }
        for (Path old : stale) {
            if (!written.contains(old)) {
                Files.deleteIfExists(old);
            }
        }
        return written;
    }

    private List<List<String>> split(Map<String, NDArray> tensors) {
        List<List<String>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long filled = 0;
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            long bytes = entry.getValue().getShape().size() * SafeHeader.size(type(entry.getKey(), entry.getValue()));
            if (shardBytes > 0 && filled > 0 && filled + bytes > shardBytes) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).add(entry.getKey());
            filled += bytes;
        }
        return shards;
    }

    private static Path shard(Path file, int index, int count) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(".safetensors") ? name.substring(0, name.length() - 12) : name;
        return file.resolveSibling(String.format("%s-%05d-of-%05d.safetensors", stem, index, count));
    }

    private String type(String name, NDArray tensor) {
        return switch (tensor.getDataType()) {
            case FLOAT32, FLOAT16 -> half ? "F16" : "F32";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case UINT8 -> "U8";
            default ->
                throw new IllegalArgumentException(
                        "tensor " + name + " has type " + tensor.getDataType() + ", which cannot be written");
        };
    }

    private void writeOne(Path part, List<String> names, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        List<SafeHeader.Entry> entries = new ArrayList<>();
        long offset = 0;
        for (String name : names) {
            NDArray tensor = tensors.get(name);
            String type = type(name, tensor);
            List<Long> shape =
                    Arrays.stream(tensor.getShape().getShape()).boxed().toList();
            long length = tensor.getShape().size() * SafeHeader.size(type);
            entries.add(new SafeHeader.Entry(name, type, shape, offset, length));
            offset += length;
        }
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(channel, ByteBuffer.wrap(new SafeHeader(new TreeMap<>(metadata), entries).toBytes()));
            for (SafeHeader.Entry entry : entries) {
                if (entry.length() > 0) {
                    writeAll(channel, bytes(tensors.get(entry.name()), entry.type()));
                }
            }
            channel.force(true);
        }
    }

    private static ByteBuffer bytes(NDArray tensor, String type) {
        ByteBuffer stored = tensor.toByteBuffer(false).order(ByteOrder.LITTLE_ENDIAN);
        boolean isHalf = tensor.getDataType() == DataType.FLOAT16;
        if (type.equals("F16") && !isHalf) {
            ByteBuffer out = ByteBuffer.allocate(stored.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
            while (stored.hasRemaining()) {
                out.putShort(Float.floatToFloat16(stored.getFloat()));
            }
            return out.flip();
        }
        if (type.equals("F32") && isHalf) {
            ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(stored.remaining(), 2))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (stored.hasRemaining()) {
                out.putFloat(Float.float16ToFloat(stored.getShort()));
            }
            return out.flip();
        }
        return stored;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
