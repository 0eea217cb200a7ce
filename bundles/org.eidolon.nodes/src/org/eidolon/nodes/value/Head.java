// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Mesh;

/**
 * A head in one or several expressions, in head space (docs/method.md): y up, facing +z, inside [-1, 1]³.
 *
 * @param shapes one for each expression; the first is the head at rest
 * @param textures what the shapes name by index; empty before the texture stage
 * @param weights sha256 of the weights that went into it, by logical id
 * @param albedo the field that the textures were baked from (safetensors), to bake them anew; or null
 */
public record Head(List<Shape> shapes, List<Texture> textures, Map<String, String> weights, Path albedo) {
    /**
     * A head wearing one expression.
     *
     * @param name what the expression is called
     * @param slug the same as a file name
     * @param mesh with texture coordinates where it has a texture
     * @param texture index into the head's textures, or -1
     */
    public record Shape(String name, String slug, Mesh mesh, int texture) {}

    public Head {
        shapes = List.copyOf(shapes);
        textures = List.copyOf(textures);
        weights = Map.copyOf(weights);
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("a head has at least one shape");
        }
        for (Shape shape : shapes) {
            if (shape.texture() >= textures.size()
                    || shape.texture() >= 0 && shape.mesh().uvs() == null) {
                throw new IllegalArgumentException("shape '" + shape.name() + "' lacks its texture or coordinates");
            }
        }
    }

    /** A head whose textures come from nowhere else. */
    public Head(List<Shape> shapes, List<Texture> textures, Map<String, String> weights) {
        this(shapes, textures, weights, null);
    }

    /** A head without textures, in so many expressions. */
    public static Head plain(Expressions expressions, List<Mesh> meshes, Map<String, String> weights) {
        List<Shape> shapes = new ArrayList<>();
        for (int e = 0; e < expressions.count(); e++) {
            shapes.add(new Shape(expressions.names().get(e), expressions.slugs().get(e), meshes.get(e), -1));
        }
        return new Head(shapes, List.of(), weights);
    }

    public boolean textured() {
        return shapes.get(0).texture() >= 0;
    }
}
