// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import org.eidolon.torch.Scope;

/**
 * What the pixels of a batch of views see. <em>Samples</em> are tensors (N, C) over the N covered pixels, in the order
 * of {@code pixel}. Belongs to the scope that it was made in.
 *
 * @param views which mesh each view shows
 * @param cull whether back faces were left out
 * @param clip (P, 4) clip positions of the views' vertices
 * @param ids (B, H, W) int64: 0 = nothing, else the triangle's number within its mesh plus 1
 * @param pixel (N) int64: the covered pixels, counted through the batch
 * @param view (N) int64
 * @param face (N) int64: rows of the meshes' faces
 * @param rows (N, 3) int64: rows of the meshes' packed vertices
 * @param weights (N, 3) perspective-correct barycentrics, differentiable
 * @param inverseDepth (B, H, W) one over the distance along the camera's axis, 0 for nothing; not differentiable
 */
public record Fragments(
        Views views,
        boolean cull,
        NDArray clip,
        NDArray ids,
        NDArray pixel,
        NDArray view,
        NDArray face,
        NDArray rows,
        NDArray weights,
        NDArray inverseDepth) {

    public int width() {
        return Math.toIntExact(ids.getShape().get(2));
    }

    public int height() {
        return Math.toIntExact(ids.getShape().get(1));
    }

    /** Samples (N, C) of vertex values (sum of V, C) or (B, V, C), which may require gradients. */
    public NDArray interpolate(Scope scope, NDArray values) {
        long channels = values.getShape().get(values.getShape().dimension() - 1);
        if (values.getShape().size() / Math.max(1, channels) != views.meshes().vertices()) {
            throw new IllegalArgumentException(
                    "the meshes have " + views.meshes().vertices() + " vertices, values are " + values.getShape());
        }
        return Rasteriser.SCRIPT.call(scope, "interpolate", values, rows, weights);
    }

    /** Samples (N, C) of values (sum of F, 3, C) at the corners of the faces, such as UV coordinates across seams. */
    public NDArray interpolateCorners(Scope scope, NDArray corners) {
        if (corners.getShape().get(0) != views.meshes().faces().getShape().get(0)) {
            throw new IllegalArgumentException("the meshes have "
                    + views.meshes().faces().getShape() + " faces, corner values are " + corners.getShape());
        }
        return Rasteriser.SCRIPT.call(scope, "interpolate_corners", corners, face, weights);
    }

    /** Samples (N, C) as pictures (B, H, W, C) on a background. */
    public NDArray image(Scope scope, NDArray samples, double background) {
        return Rasteriser.SCRIPT.call(scope, "image", samples, pixel, views.count(), height(), width(), background);
    }

    /** (B, H, W, 1): 1 where something is seen. Only {@link #antialias} makes it differentiable. */
    public NDArray mask(Scope scope) {
        return Rasteriser.SCRIPT.call(scope, "coverage", ids);
    }

    /**
     * Blends the two pixels that each silhouette edge passes between, by where it passes. This is what carries
     * gradients of outlines to the vertices.
     *
     * @param images (B, H, W, C); pass all channels at once
     */
    public NDArray antialias(Scope scope, NDArray images) {
        return Rasteriser.SCRIPT.call(
                scope,
                "antialias",
                images,
                clip,
                views.meshes().faces(),
                views.meshes().twins(scope),
                views.faceStart(),
                views.faceCount(),
                views.viewStart(),
                inverseDepth,
                cull);
    }
}
