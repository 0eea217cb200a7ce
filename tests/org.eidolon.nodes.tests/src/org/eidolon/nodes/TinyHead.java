// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Lattice;
import org.eidolon.mesh.MarchingTetrahedra;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.UvAtlas;
import org.eidolon.nodes.internal.Slugs;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Texture;

/** An egg with a nose, in several expressions: the mouth is a bump that grows. */
final class TinyHead {
    private TinyHead() {}

    static Head plain(String... prompts) {
        return of(false, prompts);
    }

    static Head textured(String... prompts) {
        return of(true, prompts);
    }

    private static Head of(boolean textured, String... prompts) {
        List<String> slugs = Slugs.of(List.of(prompts));
        var shapes = new ArrayList<Head.Shape>();
        var textures = new ArrayList<Texture>();
        for (int e = 0; e < prompts.length; e++) {
            Mesh mesh = mesh(e);
            if (textured) {
                mesh = UvAtlas.of(mesh, new UvAtlas.Options(128, 2, 1.3)).mesh();
                textures.add(texture(e));
            }
            shapes.add(new Head.Shape(prompts[e], slugs.get(e), mesh, textured ? e : -1));
        }
        return new Head(shapes, textures, Map.of("prior/none", "0".repeat(64)));
    }

    private static Mesh mesh(int expression) {
        Lattice lattice = Lattice.kuhn(20);
        float[] at = lattice.positions();
        float[] distance = new float[at.length / 3];
        for (int v = 0; v < distance.length; v++) {
            double x = at[3 * v];
            double y = at[3 * v + 1] - 0.2;
            double z = at[3 * v + 2];
            double egg = Math.sqrt(x * x / 0.25 + y * y / 0.49 + z * z / 0.36) - 1;
            double nose = Math.sqrt(x * x + y * y + (z - 0.6) * (z - 0.6)) / 0.2 - 1;
            double mouth =
                    Math.sqrt(x * x + (y + 0.3) * (y + 0.3) + (z - 0.5) * (z - 0.5)) / (0.12 + 0.05 * expression);
            distance[v] = (float) Math.min(egg, Math.min(nose, mouth - 1));
        }
        return new MarchingTetrahedra(lattice).extract(distance).place(at, distance);
    }

    /** Skin above, a colour of the expression's own in the right half. */
    private static Texture texture(int expression) {
        var picture = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                picture.setRGB(x, y, x < 64 ? 0xd0a080 : 0x905040 + 40 * expression);
            }
        }
        return Texture.of(picture);
    }
}
