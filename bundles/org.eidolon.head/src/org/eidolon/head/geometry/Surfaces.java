// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import org.eidolon.render.Meshes;
import org.eidolon.torch.Scope;

/**
 * Surfaces of several expressions, one after another.
 *
 * @param vertices (K, 3) of all, differentiable
 * @param cell (K, 1) size of the lattice's cells at each vertex
 * @param meshes who owns which vertices and triangles; these face outward
 */
public record Surfaces(NDArray vertices, NDArray cell, Meshes meshes) {

    /** (E, 2) int64: the edges of all triangles, each once, by row of {@code vertices}. */
    NDArray edges(Scope s) {
        return HeadField.KERNELS.call(s, "edges", meshes.packedFaces(s));
    }
}
