// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.model.HeadSpace;
import org.eidolon.mesh.Box;
import org.eidolon.mesh.Glb;
import org.eidolon.mesh.Mesh;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Texture;

/** A head as glTF files: metres, y up, a scene for each expression. */
public final class HeadFiles {
    private HeadFiles() {}

    /**
     * The head as it is to be written.
     *
     * @param textureSize pixels; null keeps what there is
     * @param triangles at most, for each expression; null keeps all
     * @param perShape called before each shape that takes time
     */
    public static Head prepared(Head head, Integer textureSize, Integer triangles, Runnable perShape) {
        int now = head.textured() ? head.textures().get(0).picture().getWidth() : 64;
        int size = textureSize != null ? textureSize : now;
        if (head.albedo() != null && (triangles != null || size != now)) {
            return Simplified.baked(head, triangles, size, perShape);
        }
        Head result = triangles != null ? Simplified.of(head, triangles, size, perShape) : head;
        return size != now ? Simplified.resized(result, size) : result;
    }

    /** Metres for a unit of head space. {@code height}: of the whole model at rest in metres, null for life size. */
    public static float scale(Head head, Double height) {
        Box box = head.shapes().get(0).mesh().bounds();
        return height != null ? (float) (height / (box.maxY() - box.minY())) : HeadSpace.METRES;
    }

    /** All expressions in one file, the first shown by programs that read one scene. */
    public static Glb whole(Head head, float scale, String extras) {
        var scenes = new ArrayList<Glb.Scene>();
        for (Head.Shape shape : head.shapes()) {
            scenes.add(new Glb.Scene(shape.slug(), metres(shape.mesh(), scale), shape.texture()));
        }
        return new Glb(scenes, 0, head.textures().stream().map(Texture::png).toList(), extras);
    }

    /** One file for each expression, {@code SLUG.glb}. */
    public static void each(Head head, float scale, String extras, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Head.Shape shape : head.shapes()) {
            boolean textured = shape.texture() >= 0;
            List<byte[]> textures =
                    textured ? List.of(head.textures().get(shape.texture()).png()) : List.of();
            var scene = new Glb.Scene(shape.slug(), metres(shape.mesh(), scale), textured ? 0 : -1);
            Files.write(folder.resolve(shape.slug() + ".glb"), new Glb(List.of(scene), 0, textures, extras).bytes());
        }
    }

    private static Mesh metres(Mesh mesh, float scale) {
        return Normals.smooth(mesh).transformed(scale, 0, 0, 0);
    }
}
