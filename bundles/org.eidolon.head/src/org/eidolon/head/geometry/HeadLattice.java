// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import org.eidolon.mesh.AxisWarp;
import org.eidolon.mesh.Lattice;

/**
 * The lattice that heads are found on: Kuhn's, about 1.5 to 4 times denser at the face than elsewhere, in a box that
 * holds a head with its shoulders. Vertices count with x fastest, then y, then z.
 */
final class HeadLattice {
    /** Half the box along each axis. */
    private static final float[] BOX = {0.85f, 1f, 0.8f};

    /** Share of a coarse cell's longest edge below which a corner's distance makes the cell worth a closer look. */
    private static final float NEAR = 0.75f;

    private final Lattice lattice;
    private final float[] positions;
    private final float[] spacing;

    HeadLattice(int resolution) {
        // denser where the face is: in front, between chin and brows; less so from ear to ear
        lattice = Lattice.kuhn(
                resolution, new AxisWarp(1.5, 0, 0.5), new AxisWarp(3, 0.14, 0.35), new AxisWarp(1.5, 0.56, 0.31));
        positions = boxed(lattice.positions());
        spacing = boxed(lattice.spacing());
    }

    private static float[] boxed(float[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) out[i] = values[i] * BOX[i % 3];
        return out;
    }

    Lattice lattice() {
        return lattice;
    }

    int resolution() {
        return lattice.resolution();
    }

    int vertexCount() {
        return lattice.vertexCount();
    }

    /** Positions in head space, 3V. */
    float[] positions() {
        return positions;
    }

    /** For each vertex and axis the distance to the nearest plane of vertices, 3V. */
    float[] spacing() {
        return spacing;
    }

    /** Where each vertex lies in grids over the whole lattice, -1…1 along x, y, z, 3V. */
    float[] coordinates() {
        int n = resolution(), side = n + 1;
        float[] where = new float[positions.length];
        for (int v = 0; v < vertexCount(); v++) {
            where[3 * v] = 2f * (v % side) / n - 1;
            where[3 * v + 1] = 2f * (v / side % side) / n - 1;
            where[3 * v + 2] = 2f * (v / (side * side)) / n - 1;
        }
        return where;
    }

    /** Whether every second vertex along each axis makes a lattice of its own. */
    boolean halves() {
        return resolution() % 2 == 0 && resolution() >= 32;
    }

    /** Every second vertex along each axis, numbered as in this lattice. */
    int[] half() {
        int n = resolution() / 2, side = n + 1, full = resolution() + 1;
        int[] index = new int[side * side * side];
        for (int i = 0; i < index.length; i++) {
            index[i] = 2 * (i % side) + full * (2 * (i / side % side) + full * 2 * (i / (side * side)));
        }
        return index;
    }

    /**
     * From distances at {@link #half()} the vertices near the surface, and for all others a value of the right sign.
     *
     * @param coarse distances at every second vertex
     * @param filled takes values for all vertices; those of the vertices returned mean nothing
     * @return vertices that want a closer look, in order
     */
    long[] near(float[] coarse, float[] filled) {
        int n = resolution() / 2, side = n + 1, full = resolution() + 1;
        boolean[] marked = new boolean[vertexCount()];
        int count = 0;
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    int c = (k * side + j) * side + i;
                    int v = 2 * ((k * full + j) * full + i);
                    if (!near(coarse, c, side, v, full)) {
                        fill(filled, marked, v, full, coarse[c]);
                        continue;
                    }
                    for (int d = 0; d < 27; d++) {
                        int w = v + d % 3 + full * (d / 3 % 3 + full * (d / 9));
                        if (!marked[w]) {
                            marked[w] = true;
                            count++;
                        }
                    }
                }
            }
        }
        long[] index = new long[count];
        int at = 0;
        for (int v = 0; v < marked.length; v++) if (marked[v]) index[at++] = v;
        return index;
    }

    private static void fill(float[] filled, boolean[] marked, int v, int full, float value) {
        for (int d = 0; d < 27; d++) {
            int w = v + d % 3 + full * (d / 3 % 3 + full * (d / 9));
            if (!marked[w]) filled[w] = value;
        }
    }

    private boolean near(float[] coarse, int c, int side, int v, int full) {
        int far = v + 2 + full * (2 + full * 2);
        float edge = 0;
        for (int a = 0; a < 3; a++) edge = Math.max(edge, positions[3 * far + a] - positions[3 * v + a]);
        float limit = NEAR * edge;
        boolean inside = coarse[c] < 0;
        for (int d = 0; d < 8; d++) {
            float value = coarse[c + (d & 1) + side * ((d >> 1 & 1) + side * (d >> 2))];
            if (value < 0 != inside || Math.abs(value) < limit) return true;
        }
        return false;
    }
}
