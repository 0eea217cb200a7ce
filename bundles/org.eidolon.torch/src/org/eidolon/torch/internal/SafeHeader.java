// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A safetensors header to write; {@link SafeIndex} reads them. */
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

    private static final String[] TYPES = SIZES.keySet().toArray(String[]::new);

    /** A tensor; the offset counts from the file's first byte, offset and length are in bytes. */
    public record Entry(String name, String type, List<Long> shape, long offset, long length) {}

    public static int size(String type) {
        return SIZES.get(type);
    }

    /** The type that a header names, or null for one that the format does not have. */
    static String known(JsonScanner in) throws IOException {
        for (String type : TYPES) {
            if (in.is(type)) {
                return type;
            }
        }
        return null;
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
