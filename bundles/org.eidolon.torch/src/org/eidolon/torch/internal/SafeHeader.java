// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A safetensors header: read with every length and offset checked, and written. */
public record SafeHeader(Map<String, String> metadata, List<Entry> entries) {
    /** The longest header that the format allows. */
    public static final int LIMIT = 100_000_000;

    private static final Map<String, Integer> SIZES = Map.ofEntries(
            Map.entry("F64", 8),
            Map.entry("F32", 4),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I64", 8),
            Map.entry("I32", 4),
            Map.entry("I16", 2),
            Map.entry("I8", 1),
            Map.entry("U64", 8),
            Map.entry("U32", 4),
            Map.entry("U16", 2),
            Map.entry("U8", 1),
            Map.entry("BOOL", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("F8_E5M2", 1));

    /** A tensor; the offset counts from the file's first byte, offset and length are in bytes. */
    public record Entry(String name, String type, List<Long> shape, long offset, long length) {}

    public static int size(String type) {
        return SIZES.get(type);
    }

    /** Reads and checks the header of a file. */
    public static SafeHeader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 10) {
            throw new IOException(file + ": too short for a safetensors file (" + size + " bytes)");
        }
        ByteBuffer first = fill(file, channel, 0, 8);
        long length = first.getLong(0);
        if (length < 2 || length > LIMIT || length > size - 8) {
            throw new IOException(file + ": declares a header of " + Long.toUnsignedString(length)
                    + " bytes in a file of " + size + "; this is no safetensors file, or it is cut off");
        }
        String json;
        try {
            json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(fill(file, channel, 8, (int) length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": the header is not UTF-8", e);
        }
        if (!json.startsWith("{")) {
            throw new IOException(file + ": the header is no JSON object");
        }
        try {
            SafeHeader header = parse(file, json, 8 + length, size);
            check(file, header.entries(), 8 + length, size);
            return header;
        } catch (IllegalStateException | NumberFormatException | ArithmeticException | StackOverflowError e) {
            throw new IOException(file + ": malformed header: " + e.getMessage(), e);
        } catch (com.google.gson.stream.MalformedJsonException | java.io.EOFException e) {
            throw new IOException(file + ": malformed header: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer fill(Path file, FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException(file + ": ends early");
            }
        }
        return buffer.flip();
    }

    private static SafeHeader parse(Path file, String json, long start, long size) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        JsonReader in = new JsonReader(new StringReader(json));
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!names.add(name)) {
                throw new IOException(file + ": the header names " + name + " twice");
            }
            if (name.equals("__metadata__")) {
                in.beginObject();
                while (in.hasNext()) {
                    metadata.put(in.nextName(), in.nextString());
                }
                in.endObject();
            } else {
                entries.add(entry(file, in, name, start, size));
            }
        }
        in.endObject();
        if (in.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException(file + ": text after the header's object");
        }
        return new SafeHeader(metadata, entries);
    }

    private static Entry entry(Path file, JsonReader in, String name, long start, long size) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> range = null;
        in.beginObject();
        while (in.hasNext()) {
            switch (in.nextName()) {
                case "dtype" -> type = in.nextString();
                case "shape" -> shape = numbers(in);
                case "data_offsets" -> range = numbers(in);
                default -> in.skipValue();
            }
        }
        in.endObject();
        String where = file + ": tensor " + name;
        if (type == null || shape == null || range == null || range.size() != 2) {
            throw new IOException(where + " lacks dtype, shape or two data_offsets");
        }
        if (!SIZES.containsKey(type)) {
            throw new IOException(where + " has unknown type " + type);
        }
        long begin = range.get(0);
        long end = range.get(1);
        if (begin < 0 || end < begin || end > size - start) {
            throw new IOException(where + ": data from " + begin + " to " + end + " lies outside the file's "
                    + (size - start) + " bytes of data");
        }
        long bytes = size(type);
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IOException(where + " has a negative dimension in its shape " + shape);
            }
            bytes = Math.multiplyExact(bytes, dimension);
        }
        if (bytes != end - begin) {
            throw new IOException(
                    where + ": shape " + shape + " of " + type + " needs " + bytes + " bytes, has " + (end - begin));
        }
        return new Entry(name, type, List.copyOf(shape), start + begin, bytes);
    }

    private static List<Long> numbers(JsonReader in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            numbers.add(in.nextLong());
        }
        in.endArray();
        return numbers;
    }

    private static void check(Path file, List<Entry> entries, long start, long size) throws IOException {
        entries.sort(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::length));
        long expected = start;
        for (Entry entry : entries) {
            if (entry.offset() != expected) {
                throw new IOException(file + ": tensor " + entry.name()
                        + (entry.offset() < expected ? " overlaps the one before it" : " leaves a hole before it"));
            }
            expected += entry.length();
        }
        if (expected != size) {
            throw new IOException(file + ": " + (size - expected) + " bytes after the last tensor");
        }
    }

    /** The first bytes of a file: the length and the header, padded so that data begins at a multiple of 8. */
    public byte[] toBytes() throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.beginObject();
        if (!metadata.isEmpty()) {
            out.name("__metadata__").beginObject();
            for (Map.Entry<String, String> item : metadata.entrySet()) {
                out.name(item.getKey()).value(item.getValue());
            }
            out.endObject();
        }
        for (Entry entry : entries) {
            out.name(entry.name()).beginObject().name("dtype").value(entry.type());
            out.name("shape").beginArray();
            for (long dimension : entry.shape()) {
                out.value(dimension);
            }
            out.endArray().name("data_offsets").beginArray();
            out.value(entry.offset())
                    .value(entry.offset() + entry.length())
                    .endArray()
                    .endObject();
        }
        out.endObject().flush();
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }
}
