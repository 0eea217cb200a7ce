// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.util.List;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.TinyHead;

/** Meshes and settings for tests of textures. */
final class Faces {
    private Faces() {}

    /** Weights of the model's shapes for the first expressions. */
    static List<float[]> shapes(int count) {
        HeadModel model = TinyHead.model();
        return Expression.standard().subList(0, count).stream()
                .map(e -> model.shapeWeights(e.weights()))
                .toList();
    }

    static List<Mesh> meshes(int count) {
        HeadModel model = TinyHead.model();
        return shapes(count).stream()
                .map(w -> Mesh.of(model.vertices(new float[0], w), model.triangles()))
                .toList();
    }

    static TextureSettings settings(int steps) {
        return TextureSettings.draft(5).withSteps(steps).withPictures(6, 2, 2);
    }
}
