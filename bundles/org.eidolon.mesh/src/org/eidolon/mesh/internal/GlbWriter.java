// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;

/**
 * Writes a {@link Glb}. The JSON is built by hand because the bytes must be the same on every run, and because several
 * scenes must share images and materials.
 */
public final class GlbWriter {

    static final ObjectMapper JSON = new ObjectMapper()
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static final int MAGIC = 0x46546C67;
    static final int CHUNK_JSON = 0x4E4F534A;
    static final int CHUNK_BIN = 0x004E4942;

    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int UNSIGNED_SHORT = 5123;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;

    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode views = JSON.createArrayNode();
    private final ArrayNode accessors = JSON.createArrayNode();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    /** Accessors by their bytes: scenes of one topology share texture coordinates and indices. */
    private final Map<ByteBuffer, Integer> written = new HashMap<>();

    private GlbWriter() {}

    public static byte[] write(Glb glb) {
        return new GlbWriter().run(glb);
    }

    private byte[] run(Glb glb) {
        ObjectNode asset = root.putObject("asset");
        asset.put("version", "2.0").put("generator", "Eidolon");
        if (glb.extras() != null) {
            asset.set("extras", extras(glb.extras()));
        }
        root.put("scene", glb.defaultScene());
        ArrayNode scenes = root.putArray("scenes");
        ArrayNode nodes = root.putArray("nodes");
        ArrayNode meshes = root.putArray("meshes");
        ArrayNode materials = root.putArray("materials");
        Map<List<Object>, Integer> known = new HashMap<>();
        for (Glb.Scene scene : glb.scenes()) {
            scenes.addObject().put("name", scene.name()).putArray("nodes").add(nodes.size());
            nodes.addObject().put("name", scene.name()).put("mesh", meshes.size());
            List<Object> look = List.of(scene.texture(), scene.roughness());
            Integer material = known.putIfAbsent(look, known.size());
            if (material == null) {
                material = known.size() - 1;
                material(materials.addObject(), scene);
            }
            mesh(meshes.addObject().put("name", scene.name()), scene, material);
        }
        textures(glb.textures());
        root.set("accessors", accessors);
        root.set("bufferViews", views);
        root.putArray("buffers").addObject().put("byteLength", binary.size());
        return assemble();
    }

    private static JsonNode extras(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("extras are not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("extras must be a JSON object");
    }

    private static void material(ObjectNode material, Glb.Scene scene) {
        material.put("name", scene.texture() < 0 ? "grey" : "skin" + (scene.texture() == 0 ? "" : scene.texture()));
        ObjectNode pbr = material.putObject("pbrMetallicRoughness");
        if (scene.texture() >= 0) {
            pbr.putObject("baseColorTexture").put("index", scene.texture());
        } else {
            pbr.putArray("baseColorFactor").add(0.5).add(0.5).add(0.5).add(1);
        }
        pbr.put("metallicFactor", 0).put("roughnessFactor", Double.parseDouble(Float.toString(scene.roughness())));
    }

    private void mesh(ObjectNode node, Glb.Scene scene, int material) {
        Mesh mesh = scene.mesh().withVertexNormals();
        if (mesh.triangleCount() == 0) {
            throw new IllegalArgumentException("scene '" + scene.name() + "' has an empty mesh");
        }
        ObjectNode primitive = node.putArray("primitives").addObject();
        ObjectNode attributes = primitive.putObject("attributes");
        attributes.put("POSITION", floats(mesh.positions(), 3, true));
        attributes.put("NORMAL", floats(unit(mesh.normals()), 3, false));
        if (mesh.uvs() != null) {
            attributes.put("TEXCOORD_0", floats(mesh.uvs(), 2, false));
        }
        primitive.put("indices", indices(mesh)).put("material", material);
    }

    private static float[] unit(float[] normals) {
        float[] result = normals.clone();
        for (int v = 0; v < result.length; v += 3) {
            double length = Math.sqrt((double) result[v] * result[v]
                    + (double) result[v + 1] * result[v + 1]
                    + (double) result[v + 2] * result[v + 2]);
            // unit already: leave it, so that what is read back is what was written
            for (int k = 0; k < 3 && Math.abs(length - 1) > 1e-5; k++) {
                result[v + k] = length > 1e-20 ? (float) (result[v + k] / length) : k == 1 ? 1 : 0;
            }
        }
        return result;
    }

    private int floats(float[] values, int width, boolean bounds) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Integer same = written.get(bytes);
        if (same != null) {
            return same;
        }
        ObjectNode accessor = accessors.addObject();
        accessor.put("bufferView", view(bytes.array(), ARRAY_BUFFER)).put("componentType", FLOAT);
        accessor.put("count", values.length / width).put("type", "VEC" + width);
        if (bounds) {
            float[] low = java.util.Arrays.copyOf(values, width);
            float[] high = low.clone();
            for (int i = 0; i < values.length; i++) {
                low[i % width] = Math.min(low[i % width], values[i]);
                high[i % width] = Math.max(high[i % width], values[i]);
            }
            ArrayNode min = accessor.putArray("min");
            ArrayNode max = accessor.putArray("max");
            for (int k = 0; k < width; k++) {
                min.add((double) low[k]); // as double: the validator compares exactly
                max.add((double) high[k]);
            }
        }
        return numbered(bytes);
    }

    private int indices(Mesh mesh) {
        int[] t = mesh.triangles();
        boolean small = mesh.vertexCount() < 65_535; // 65535 itself means primitive restart
        ByteBuffer bytes = ByteBuffer.allocate((small ? 2 : 4) * t.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int v : t) {
            if (small) {
                bytes.putShort((short) v);
            } else {
                bytes.putInt(v);
            }
        }
        bytes.rewind();
        Integer same = written.get(bytes);
        if (same != null) {
            return same;
        }
        accessors
                .addObject()
                .put("bufferView", view(bytes.array(), ELEMENT_ARRAY_BUFFER))
                .put("componentType", small ? UNSIGNED_SHORT : UNSIGNED_INT)
                .put("count", t.length)
                .put("type", "SCALAR");
        return numbered(bytes);
    }

    private int numbered(ByteBuffer bytes) {
        written.put(bytes, accessors.size() - 1);
        return accessors.size() - 1;
    }

    private void textures(List<byte[]> images) {
        if (images.isEmpty()) {
            return;
        }
        ArrayNode textures = root.putArray("textures");
        ArrayNode list = root.putArray("images");
        // clamp: an atlas has nothing beyond its border; trilinear, which the padding between charts allows for
        root.putArray("samplers")
                .addObject()
                .put("magFilter", 9729)
                .put("minFilter", 9987)
                .put("wrapS", 33071)
                .put("wrapT", 33071);
        for (byte[] image : images) {
            list.addObject().put("mimeType", mimeType(image)).put("bufferView", view(image, 0));
            textures.addObject().put("sampler", 0).put("source", textures.size() - 1);
        }
    }

    private static String mimeType(byte[] image) {
        if (image.length > 8 && (image[0] & 0xFF) == 0x89 && image[1] == 'P' && image[2] == 'N' && image[3] == 'G') {
            return "image/png";
        }
        if (image.length > 3 && (image[0] & 0xFF) == 0xFF && (image[1] & 0xFF) == 0xD8) {
            return "image/jpeg";
        }
        throw new IllegalArgumentException("a texture is neither PNG nor JPEG");
    }

    private int view(byte[] bytes, int target) {
        while (binary.size() % 4 != 0) {
            binary.write(0);
        }
        ObjectNode view = views.addObject().put("buffer", 0).put("byteOffset", binary.size());
        view.put("byteLength", bytes.length);
        if (target != 0) {
            view.put("target", target);
        }
        binary.writeBytes(bytes);
        return views.size() - 1;
    }

    private byte[] assemble() {
        byte[] json;
        try {
            json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        int jsonLength = (json.length + 3) / 4 * 4;
        int binaryLength = (binary.size() + 3) / 4 * 4;
        ByteBuffer out =
                ByteBuffer.allocate(12 + 8 + jsonLength + 8 + binaryLength).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(2).putInt(out.capacity());
        out.putInt(jsonLength).putInt(CHUNK_JSON).put(json);
        while (out.position() < 20 + jsonLength) {
            out.put((byte) ' ');
        }
        out.putInt(binaryLength).putInt(CHUNK_BIN).put(binary.toByteArray());
        return out.array();
    }
}
