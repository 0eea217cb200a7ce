// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import org.eidolon.mesh.internal.EdgeCollapse;

/**
 * Fewer triangles by edge collapse under quadric error metrics (Garland and Heckbert, Surface Simplification Using
 * Quadric Error Metrics, SIGGRAPH 1997).
 */
public final class Decimation {

    private Decimation() {}

    /**
     * A mesh of at most {@code target} triangles where that can be reached: a closed manifold stays one, boundaries keep
     * their shape, no triangle turns over. Where no edge may be collapsed any more the result has more triangles.
     * Texture coordinates and normals are dropped: decimate first, then unwrap.
     *
     * @param target ≥ 4
     */
    public static Mesh toTriangles(Mesh mesh, int target) {
        if (target < 4) {
            throw new IllegalArgumentException("a target of " + target + " triangles; at least 4 are needed");
        }
        return mesh.triangleCount() <= target
                ? Mesh.of(mesh.positions(), mesh.triangles())
                : EdgeCollapse.run(mesh, target);
    }
}
