// SPDX-License-Identifier: EPL-2.0
package org.eidolon.graph;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eidolon.graph.model.Graph;

/** Binary glTF files (GLB) as carriers of the graph that made them, in {@code asset.extras.eidolon}. */
public final class GlbFile {
    private static final int MAGIC = 0x46546C67;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int HEAD = 20;

    /** Of the JSON part: the largest graph and the description of the scenes. */
    private static final GraphLimits LIMITS = new GraphLimits(48L << 20, 2_000_000, 80, Integer.MAX_VALUE);

    private static final Gson COMPACT =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private GlbFile() {}

    /**
     * What a GLB carries.
     *
     * @param seed of the run that made it, or null
     * @param quality of that run, or null
     */
    public record Carried(Graph graph, Long seed, String quality) {}

    /** True where a file begins as a GLB does. */
    static boolean isGlb(byte[] head) {
        return head.length >= 4
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }

    /** @throws GraphFormatException where the file is damaged or carries no graph */
    public static Carried read(Path file) throws IOException {
        JsonObject json;
        try (InputStream in = Files.newInputStream(file)) {
            json = json(in);
        }
        if (!(json.get("asset") instanceof JsonObject asset
                && asset.get("extras") instanceof JsonObject extras
                && extras.get("eidolon") instanceof JsonObject carried
                && carried.get("graph") instanceof JsonObject graph)) {
            throw fault("this GLB carries no graph", "It was made elsewhere, or stripped: name the .eidolon file");
        }
        Long seed = carried.get("seed") instanceof JsonPrimitive s && s.isNumber() ? (Long) s.getAsLong() : null;
        String quality = carried.get("quality") instanceof JsonPrimitive q && q.isString() ? q.getAsString() : null;
        return new Carried(GraphReader.read(COMPACT.toJson(graph)), seed, quality);
    }

    /** The bytes of a GLB without any {@code extras}, where programs keep what is theirs, the graph among it. */
    public static byte[] stripped(byte[] glb) throws IOException {
        JsonObject json = json(new ByteArrayInputStream(glb));
        int oldLength = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        dropExtras(json);
        byte[] text = COMPACT.toJson(json).getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 3) / 4 * 4;
        int rest = glb.length - HEAD - oldLength;
        ByteBuffer out = ByteBuffer.allocate(HEAD + padded + rest).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(2).putInt(out.capacity()).putInt(padded).putInt(JSON_CHUNK);
        out.put(text);
        while (out.position() < HEAD + padded) {
            out.put((byte) ' ');
        }
        return out.put(glb, HEAD + oldLength, rest).array();
    }

    private static void dropExtras(JsonElement value) {
        if (value instanceof JsonObject object) {
            object.remove("extras");
            object.entrySet().forEach(field -> dropExtras(field.getValue()));
        } else if (value instanceof JsonArray array) {
            array.forEach(GlbFile::dropExtras);
        }
    }

    private static JsonObject json(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length < HEAD || fields.getInt(0) != MAGIC || fields.getInt(16) != JSON_CHUNK) {
            throw fault("this is no binary glTF file, or it was cut short", "Get it once more");
        }
        int version = fields.getInt(4);
        int length = fields.getInt(12);
        if (version != 2) {
            throw fault("this is binary glTF of version " + version, "Only version 2 is read");
        }
        if (length < 0 || length > LIMITS.bytes()) {
            throw fault("its JSON part is larger than " + (LIMITS.bytes() >> 20) + " MiB", "");
        }
        byte[] text = in.readNBytes(length);
        if (text.length < length) {
            throw fault("the file ends too early", "Was it cut short? Get it once more");
        }
        if (new JsonText(GraphFiles.decode(text).strip(), LIMITS).parse() instanceof JsonObject object) {
            return object;
        }
        throw fault("its JSON part is no object", "");
    }

    private static GraphFormatException fault(String message, String advice) {
        return new GraphFormatException(List.of(Problem.error("", null, message, advice)));
    }
}
