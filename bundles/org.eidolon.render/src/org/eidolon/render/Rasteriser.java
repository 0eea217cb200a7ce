// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * A differentiable rasteriser. Which triangle a pixel sees is found without gradients by a {@link Visibility}; the
 * perspective-correct barycentrics, whatever is interpolated with them and the antialiasing of silhouettes are tensor
 * algebra that gradients pass through to the vertices (the modular design of Laine et al. 2020, <em>Modular Primitives
 * for High-Performance Differentiable Rendering</em>; antialiasing here walks the silhouette edges of the mesh, so that
 * it also finds outlines of triangles smaller than a pixel).
 */
public final class Rasteriser {
    static final Script SCRIPT = Script.load(Rasteriser.class, "rasterise.py");
    private static final Script VISIBILITY = Script.load(TorchVisibility.class, "visibility.py");

    private final Visibility visibility;
    private final int width;
    private final int height;
    private final boolean cull;

    /**
     * @param visibility the backend
     * @param width pixels
     * @param height pixels
     * @param cull leaves out back faces
     */
    public Rasteriser(Visibility visibility, int width, int height, boolean cull) {
        if (width < 1 || height < 1 || width > 16384 || height > 16384) {
            throw new IllegalArgumentException("picture size must be 1 to 16384, was " + width + " x " + height);
        }
        this.visibility = visibility;
        this.width = width;
        this.height = height;
        this.cull = cull;
    }

    /**
     * @param scope owns the results
     * @param views which mesh each view shows
     * @param vertices (sum of V, 3), or (B, V, 3) where all have as many, in the world; may require gradients
     * @param cameras as many as views
     */
    public Fragments rasterise(Scope scope, Views views, NDArray vertices, Cameras cameras) {
        if (cameras.count() != views.count()) {
            throw new IllegalArgumentException(views.count() + " views have " + cameras.count() + " cameras");
        }
        return rasterise(scope, views, clip(scope, views, vertices, cameras));
    }

    /** The clip positions (P, 4) of the views' vertices, one view after another. */
    public NDArray clip(Scope scope, Views views, NDArray vertices, Cameras cameras) {
        long rows = vertices.getShape().size() / 3;
        if (rows != views.meshes().vertices()) {
            throw new IllegalArgumentException(
                    "the meshes have " + views.meshes().vertices() + " vertices, positions are " + vertices.getShape());
        }
        return SCRIPT.call(
                scope,
                "transform_views",
                cameras.viewProjection(scope),
                vertices,
                views.vertexStart(),
                views.vertexCount());
    }

    /** From clip positions (P, 4) of any source. */
    public Fragments rasterise(Scope scope, Views views, NDArray clip) {
        NDArray ids;
        try (Torch.Mode off = Torch.noGradient();
                Scope inner = scope.child()) {
            NDArray snapped = VISIBILITY.call(inner, "snap", clip, width, height);
            ids = inner.keep(visibility.triangles(inner, snapped, views, width, height, cull));
        }
        List<NDArray> parts = SCRIPT.callAll(
                scope,
                "fragments",
                clip,
                ids,
                views.meshes().faces(),
                views.faceStart(),
                views.vertexStart(),
                views.viewStart());
        return new Fragments(
                views,
                cull,
                clip,
                ids,
                parts.get(0),
                parts.get(1),
                parts.get(2),
                parts.get(3),
                parts.get(4),
                parts.get(5));
    }

    /** (B, H, W, C) to (B, H/2, W/2, C): the mean of 2×2 pixels. */
    public static NDArray half(Scope scope, NDArray images) {
        long h = images.getShape().get(1);
        long w = images.getShape().get(2);
        if (h % 2 != 0 || w % 2 != 0) {
            throw new IllegalArgumentException("only even sizes can be halved, got " + images.getShape());
        }
        return SCRIPT.call(scope, "half", images);
    }
}
