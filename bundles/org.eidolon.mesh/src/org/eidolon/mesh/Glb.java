// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eidolon.mesh.internal.GlbReader;
import org.eidolon.mesh.internal.GlbWriter;

/**
 * A binary glTF 2.0 file (GLB) of named scenes, one mesh each, in metres and y up.
 *
 * @param scenes at least one
 * @param defaultScene which one programs show that read one scene only
 * @param textures base colour images as whole PNG or JPEG files, sRGB; a scene names its own by index
 * @param extras a JSON object for {@code asset.extras} (the graph, say), or null
 */
public record Glb(List<Scene> scenes, int defaultScene, List<byte[]> textures, String extras) {

    /** The roughness of skin under plain light, where nobody said otherwise. */
    public static final float SKIN_ROUGHNESS = 0.6f;

    /**
     * A scene with one mesh.
     *
     * @param mesh with texture coordinates where it has a texture; normals are computed where it has none
     * @param texture index into the file's textures, or −1 for plain grey
     * @param roughness of the material, 0 to 1; it is never metallic
     */
    public record Scene(String name, Mesh mesh, int texture, float roughness) {
        public Scene(String name, Mesh mesh, int texture) {
            this(name, mesh, texture, SKIN_ROUGHNESS);
        }

        public Scene {
            if (texture >= 0 && mesh.uvs() == null) {
                throw new IllegalArgumentException("scene '" + name + "' has a texture but no texture coordinates");
            }
            if (!(roughness >= 0 && roughness <= 1)) {
                throw new IllegalArgumentException(
                        "scene '" + name + "': roughness " + roughness + " is not in [0, 1]");
            }
        }
    }

    public Glb {
        scenes = List.copyOf(scenes);
        textures = List.copyOf(textures);
        if (defaultScene < 0 || defaultScene >= scenes.size()) {
            throw new IllegalArgumentException("default scene " + defaultScene + " of " + scenes.size());
        }
        for (Scene scene : scenes) {
            if (scene.texture >= textures.size()) {
                throw new IllegalArgumentException(
                        "scene '" + scene.name + "' names texture " + scene.texture + " of " + textures.size());
            }
        }
    }

    /** The file's bytes: the same for the same content. An empty mesh or bad extras are an IllegalArgumentException. */
    public byte[] bytes() {
        return GlbWriter.write(this);
    }

    /** Writes beside the file and renames, so that a reader never meets half of it. */
    public void write(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(parent, file.getFileName().toString(), ".part");
        try {
            Files.write(beside, bytes());
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Reads triangles, normals, first texture coordinates and base colour textures of each scene; a scene of several
     * meshes becomes one mesh, node transforms applied, with the first texture. Nothing outside the file is read.
     *
     * @throws IOException naming the file and what is wrong with it, also when it is over 1 GiB
     */
    public static Glb read(Path file) throws IOException {
        return GlbReader.read(file);
    }

    /** The JSON object in {@code asset.extras} alone, or null: reads the head of the file only. */
    public static String readExtras(Path file) throws IOException {
        return GlbReader.readExtras(file);
    }
}
