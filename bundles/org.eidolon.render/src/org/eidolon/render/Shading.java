// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/** Normals, light and textures; everything is differentiable. */
public final class Shading {
    private static final Script SCRIPT = Script.load(Shading.class, "shading.py");

    private Shading() {}

    /** Unit vertex normals, weighted by triangle area, of vertices (sum of V, 3) or (B, V, 3); same shape. */
    public static NDArray normals(Scope scope, Meshes meshes, NDArray vertices) {
        if (meshes.isShared()) {
            NDArray batch = SCRIPT.call(scope, "batched", vertices, meshes.count());
            NDArray normals = SCRIPT.call(scope, "shared_normals", batch, meshes.faces());
            return vertices.getShape().dimension() == 3 ? normals : SCRIPT.call(scope, "flat", normals);
        }
        return SCRIPT.call(scope, "normals", vertices, meshes.packedFaces(scope));
    }

    /** Samples (N, 3): unit normals in camera space, from vertex normals in the world. */
    public static NDArray cameraNormals(Scope scope, Fragments fragments, NDArray normals, Cameras cameras) {
        NDArray world = fragments.interpolate(scope, normals);
        return SCRIPT.call(scope, "to_camera", world, fragments.view(), cameras.rotation(scope));
    }

    /** Unit normals as colours, (n + 1) / 2. */
    public static NDArray normalColours(Scope scope, NDArray normals) {
        return SCRIPT.call(scope, "as_colour", normals);
    }

    /**
     * Albedo under light.
     *
     * @param albedo samples (N, 3)
     * @param normals samples (N, 3), unit, in camera space
     * @param lights (B, {@link Light#WIDTH}), from {@link Lights#tensor}
     * @return samples (N, 3)
     */
    public static NDArray lit(Scope scope, Fragments fragments, NDArray albedo, NDArray normals, NDArray lights) {
        if (lights.getShape().get(0) != fragments.views().count()
                || lights.getShape().get(1) != Light.WIDTH) {
            throw new IllegalArgumentException(fragments.views().count() + " views need lights ("
                    + fragments.views().count() + ", " + Light.WIDTH + "), got " + lights.getShape());
        }
        return SCRIPT.call(scope, "lit", albedo, normals, fragments.view(), lights);
    }

    /**
     * A texture, bilinear, its border repeated outside.
     *
     * @param texture (H, W, C), row 0 on top
     * @param uv samples (N, 2), from the upper left as in glTF
     * @return samples (N, C)
     */
    public static NDArray sample(Scope scope, NDArray texture, NDArray uv) {
        return SCRIPT.call(scope, "sample", texture, uv);
    }
}
