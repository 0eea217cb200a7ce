// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import org.eidolon.torch.Scope;

/**
 * Where the surfaces of E expressions cross the lattice, without gradients.
 *
 * @param index (E, U) int64: the lattice vertices at the ends of each expression's crossed edges, in order; the shorter
 *     rows are filled up with the first vertex, which nothing refers to
 * @param a (K) int64: one end of each crossed edge, of the first expression first, as a place in {@code index}
 * @param b (K) int64: the other end
 * @param faces (F, 3) int64: triangles of crossed edges, numbered within their own surface, facing outward
 * @param vertexCounts crossed edges of each expression
 * @param faceCounts triangles of each expression
 */
record Topology(NDArray index, NDArray a, NDArray b, NDArray faces, long[] vertexCounts, long[] faceCounts) {

    /** Finds topologies; all implementations give the same, to the order of vertices and triangles. */
    interface Finder {
        /**
         * @param everywhere whether the distance is asked for at every lattice vertex; else a finder may leave out what
         *     is far from the surface
         * @throws IllegalStateException if a surface is gone or distances are not finite
         */
        Topology find(Scope s, HeadField field, int[] expressions, boolean everywhere, StepClock clock);
    }

    /** The faster one where the scope computes. */
    static Finder finder(Scope scope, HeadLattice lattice) {
        return scope.device().isGpu() ? new TorchTopology(scope, lattice) : new JavaTopology(lattice);
    }

    /** Complains of a surface without triangles. */
    void check(int[] expressions) {
        for (int i = 0; i < expressions.length; i++) {
            if (vertexCounts[i] == 0) {
                throw new IllegalStateException("the surface of expression " + expressions[i]
                        + " has vanished: lower the learning rates or the guidance");
            }
        }
    }
}
