// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.javagl.jgltf.model.AccessorByteData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorIntData;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.AccessorShortData;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.SceneModel;
import de.javagl.jgltf.model.TextureModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import de.javagl.jgltf.model.v2.MaterialModelV2;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;

/** Reads a {@link Glb} through jgltf, after checking that the file's declared sizes hold. */
public final class GlbReader {

    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_JSON = 64 << 20;
    private static final int MAX_ELEMENTS = 20_000_000;
    private static final int MAX_DEPTH = 64;
    private static final int TRIANGLES = 4;

    private final String name;
    private final List<byte[]> textures = new ArrayList<>();
    private final Map<TextureModel, Integer> known = new IdentityHashMap<>();

    private GlbReader(String name) {
        this.name = name;
    }

    public static String readExtras(Path file) throws IOException {
        JsonNode extras = header(file).path("asset").path("extras");
        return extras.isObject() ? GlbWriter.JSON.writeValueAsString(extras) : null;
    }

    public static Glb read(Path file) throws IOException {
        JsonNode root = header(file);
        GlbReader reader = new GlbReader(file.toString());
        reader.checkSizes(root, Files.size(file));
        try {
            // without references: a GLB must not make us read other files or the network
            GltfModelReader gltf = new GltfModelReader();
            gltf.setJsonErrorConsumer(error -> {}); // unknown properties are no fault of the file
            GltfModel model = gltf.readWithoutReferences(new ByteArrayInputStream(Files.readAllBytes(file)));
            List<Glb.Scene> scenes = new ArrayList<>();
            for (SceneModel scene : model.getSceneModels()) {
                scenes.add(reader.scene(scene, scenes.size()));
            }
            JsonNode extras = root.path("asset").path("extras");
            return new Glb(
                    scenes,
                    root.path("scene").asInt(0),
                    reader.textures,
                    extras.isObject() ? GlbWriter.JSON.writeValueAsString(extras) : null);
        } catch (RuntimeException | IOException e) {
            if (e instanceof IOException
                    && e.getMessage() != null
                    && e.getMessage().startsWith(file + ": ")) {
                throw e;
            }
            throw new IOException(file + ": not a sound glTF file: " + e.getMessage(), e);
        }
    }

    /** Checks the file's frame and returns its JSON. */
    private static JsonNode header(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(file + ": " + size + " bytes is over the limit of " + MAX_BYTES);
        }
        if (size < 20) {
            throw new IOException(file + ": too short for a GLB file");
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(20)).order(ByteOrder.LITTLE_ENDIAN);
            if (head.getInt(0) != GlbWriter.MAGIC) {
                throw new IOException(file + ": not a GLB file (its first four bytes are not 'glTF')");
            }
            if (head.getInt(4) != 2) {
                throw new IOException(file + ": glTF version " + head.getInt(4) + "; version 2 is read");
            }
            int length = head.getInt(12);
            if (Integer.toUnsignedLong(head.getInt(8)) != size
                    || head.getInt(16) != GlbWriter.CHUNK_JSON
                    || length < 2
                    || length > size - 20) {
                throw new IOException(file + ": damaged GLB header (cut short?)");
            }
            if (length > MAX_JSON) {
                throw new IOException(file + ": " + length + " bytes of JSON is over the limit of " + MAX_JSON);
            }
            JsonNode root = GlbWriter.JSON.readTree(in.readNBytes(length));
            if (root == null || !root.isObject()) {
                throw new IOException(file + ": its JSON is not an object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": damaged JSON: " + e.getOriginalMessage(), e);
        } catch (StackOverflowError e) {
            throw new IOException(file + ": its JSON is nested too deeply", e);
        }
    }

    private void checkSizes(JsonNode root, long fileSize) throws IOException {
        long total = 0;
        for (JsonNode accessor : root.path("accessors")) {
            long count = accessor.path("count").asLong(-1);
            total += count;
            if (count < 0 || total > MAX_ELEMENTS) {
                throw new IOException(
                        name + ": accessors of " + total + " elements, over the limit of " + MAX_ELEMENTS);
            }
        }
        for (JsonNode buffer : root.path("buffers")) {
            if (buffer.has("uri")) {
                throw new IOException(name + ": refers to another file or a data URI; only whole GLB files are read");
            }
            long length = buffer.path("byteLength").asLong(-1);
            if (length < 0 || length > fileSize) {
                throw new IOException(name + ": declares a buffer of " + length + " bytes in a file of " + fileSize);
            }
        }
        if (root.path("scenes").isEmpty()) {
            throw new IOException(name + ": holds no scene");
        }
        for (JsonNode image : root.path("images")) {
            if (image.has("uri")) {
                throw new IOException(name + ": an image lies outside the file; only whole GLB files are read");
            }
        }
    }

    private Glb.Scene scene(SceneModel scene, int index) throws IOException {
        MeshJoin join = new MeshJoin();
        int[] texture = {-1};
        float[] roughness = {Glb.SKIN_ROUGHNESS};
        for (NodeModel node : scene.getNodeModels()) {
            visit(node, join, texture, roughness, 0);
        }
        Mesh mesh = join.mesh();
        return new Glb.Scene(
                scene.getName() == null ? "scene " + index : scene.getName(),
                mesh,
                mesh.uvs() == null ? -1 : texture[0],
                roughness[0]);
    }

    private void visit(NodeModel node, MeshJoin join, int[] texture, float[] roughness, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException(name + ": nodes nested deeper than " + MAX_DEPTH);
        }
        for (MeshModel mesh : node.getMeshModels()) {
            for (MeshPrimitiveModel part : mesh.getMeshPrimitiveModels()) {
                AccessorModel positions = part.getAttributes().get("POSITION");
                if (part.getMode() != TRIANGLES || positions == null) {
                    continue; // points and lines have no surface
                }
                AccessorModel uvs = part.getAttributes().get("TEXCOORD_0");
                AccessorModel normals = part.getAttributes().get("NORMAL");
                join.add(
                        floats(positions, 3),
                        uvs == null ? null : floats(uvs, 2),
                        normals == null ? null : floats(normals, 3),
                        part.getIndices() == null ? null : indices(part.getIndices()),
                        node.computeGlobalTransform(null));
                if (part.getMaterialModel() instanceof MaterialModelV2 material && texture[0] < 0) {
                    roughness[0] = material.getRoughnessFactor();
                    texture[0] = texture(material.getBaseColorTexture());
                }
            }
        }
        for (NodeModel child : node.getChildren()) {
            visit(child, join, texture, roughness, depth + 1);
        }
    }

    private int texture(TextureModel texture) {
        if (texture == null || texture.getImageModel() == null) {
            return -1;
        }
        return known.computeIfAbsent(texture, t -> {
            ByteBuffer data = t.getImageModel().getImageData().duplicate();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            textures.add(bytes);
            return textures.size() - 1;
        });
    }

    private float[] floats(AccessorModel accessor, int width) throws IOException {
        if (!(accessor.getAccessorData() instanceof AccessorFloatData data)
                || accessor.getElementType().getNumComponents() != width) {
            throw new IOException(name + ": a vertex attribute is not " + width + " floats; re-export it unquantised");
        }
        float[] values = new float[width * accessor.getCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i / width, i % width);
        }
        return values;
    }

    private int[] indices(AccessorModel accessor) throws IOException {
        int[] result = new int[accessor.getCount()];
        for (int i = 0; i < result.length; i++) {
            result[i] = switch (accessor.getAccessorData()) {
                case AccessorByteData bytes -> bytes.get(i) & 0xFF;
                case AccessorShortData shorts -> shorts.get(i) & 0xFFFF;
                case AccessorIntData ints -> ints.get(i);
                default -> throw new IOException(name + ": indices are not integers");
            };
        }
        return result;
    }
}
