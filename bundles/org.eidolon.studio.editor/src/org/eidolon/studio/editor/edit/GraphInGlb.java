// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.edit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.graph.GraphFiles;
import org.eidolon.graph.GraphReader;
import org.eidolon.graph.Graphs;
import org.eidolon.graph.model.Graph;
import org.eidolon.studio.editor.base.Messages;

/** The graph that an exported head carries in its {@code asset.extras}. */
public final class GraphInGlb {
    /** "glTF" and "JSON", as little-endian numbers (glTF 2.0, 4.4). */
    private static final int MAGIC = 0x46546C67;

    private static final int JSON = 0x4E4F534A;

    /** No head's description is larger; the geometry lies outside of it. */
    private static final int MOST = 32 << 20;

    private GraphInGlb() {}

    /**
     * Reads the graph.
     *
     * @throws IOException if the file is no GLB or carries no graph
     */
    public static Graph read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(20)).order(ByteOrder.LITTLE_ENDIAN);
            if (head.remaining() < 20 || head.getInt(0) != MAGIC || head.getInt(16) != JSON) {
                throw new IOException(Messages.bind(Messages.glb_none, file.getFileName()));
            }
            int length = head.getInt(12);
            if (length < 0 || length > MOST) {
                throw new IOException(Messages.bind(Messages.glb_no_graph, file.getFileName()));
            }
            var json = JsonParser.parseString(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            JsonElement graph = step(step(step(step(json, "asset"), "extras"), "eidolon"), "graph");
            if (graph == null) {
                throw new IOException(Messages.bind(Messages.glb_no_graph, file.getFileName()));
            }
            return GraphReader.read(graph.isJsonPrimitive() ? graph.getAsString() : graph.toString());
        } catch (JsonParseException e) {
            throw new IOException(Messages.bind(Messages.glb_none, file.getFileName()), e);
        }
    }

    private static JsonElement step(JsonElement in, String name) {
        return in instanceof JsonObject object ? object.get(name) : null;
    }

    /** Writes the graph beside the head, under a free name, and says where. */
    public static Path unpack(Path file) throws IOException {
        Graph graph = read(file);
        String name = file.getFileName().toString().replaceFirst("(?i)\\.glb$", "");
        Path target = file.resolveSibling(name + "." + Graphs.EXTENSION);
        for (int i = 2; Files.exists(target); i++) {
            target = file.resolveSibling(name + "-" + i + "." + Graphs.EXTENSION);
        }
        GraphFiles.save(graph, target);
        return target;
    }
}
