// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;

/**
 * A tetrahedral lattice over [-1, 1]³ on which a signed distance is sampled. Every tetrahedron (a, b, c, d) has positive
 * volume: det(b − a, c − a, d − a) &gt; 0. Arrays are shared, not copied: don't write into them.
 *
 * <p>Vertices of the (n+1)³ grid come first with x fastest, then y, then z, so that a value per vertex reshapes to a
 * (depth, height, width) volume.
 */
public final class Lattice {

    private static final int MAX_RESOLUTION = 160;

    private final int resolution;
    private final float[] positions;
    private final int[] tetrahedra;
    private final int[] edges;
    private final int[] edgeStart;
    private final boolean[] boundary;
    private final float[] spacing;

    private Lattice(int n, float[] positions, int[] tets, int[] edges, boolean[] boundary, float[] spacing) {
        this.resolution = n;
        this.positions = positions;
        this.tetrahedra = tets;
        this.edges = edges;
        this.boundary = boundary;
        this.spacing = spacing;
        this.edgeStart = new int[positions.length / 3 + 1];
        for (int e = 0; e < edges.length; e += 2) {
            edgeStart[edges[e] + 1]++;
        }
        for (int v = 0; v < edgeStart.length - 1; v++) {
            edgeStart[v + 1] += edgeStart[v];
        }
    }

    /** Kuhn's lattice, uniform: n³ cubes of six tetrahedra around one diagonal; V = (n+1)³, T = 6n³. */
    public static Lattice kuhn(int n) {
        return kuhn(n, AxisWarp.NONE, AxisWarp.NONE, AxisWarp.NONE);
    }

    /** Kuhn's lattice with its planes spread by a density on each axis. 1 ≤ n ≤ 160. */
    public static Lattice kuhn(int n, AxisWarp x, AxisWarp y, AxisWarp z) {
        checkResolution(n, 1);
        int m = n + 1;
        int[] step = {1, m, m * m};
        // corners of the six tetrahedra: walk from one end of the diagonal to the other, one axis at a time
        int[][] walks = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {1, 0, 2}, {2, 1, 0}};
        int[] tets = new int[24 * n * n * n];
        int at = 0;
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    int a = (k * m + j) * m + i;
                    for (int w = 0; w < 6; w++) {
                        int b = a + step[walks[w][0]];
                        int c = b + step[walks[w][1]];
                        tets[at] = a;
                        tets[at + 1] = w < 3 ? b : c; // odd permutations would have negative volume
                        tets[at + 2] = w < 3 ? c : b;
                        tets[at + 3] = a + 1 + m + m * m;
                        at += 4;
                    }
                }
            }
        }
        int[] edges = new int[2 * (3 * n * m * m + 3 * n * n * m + n * n * n)];
        boolean[] boundary = new boolean[m * m * m];
        at = 0;
        for (int v = 0; v < boundary.length; v++) {
            int i = v % m;
            int j = v / m % m;
            int k = v / (m * m);
            boundary[v] = i == 0 || j == 0 || k == 0 || i == n || j == n || k == n;
            for (int d = 1; d < 8; d++) {
                if (i + (d & 1) <= n && j + (d >> 1 & 1) <= n && k + (d >> 2) <= n) {
                    edges[at++] = v;
                    edges[at++] = v + (d & 1) + (d >> 1 & 1) * m + (d >> 2) * m * m;
                }
            }
        }
        float[][] planes = {x.planes(m), y.planes(m), z.planes(m)};
        float[] positions = new float[3 * boundary.length];
        float[] spacing = new float[positions.length];
        for (int v = 0; v < boundary.length; v++) {
            place(v, new int[] {v % m, v / m % m, v / (m * m)}, planes, positions, spacing);
        }
        return new Lattice(n, positions, tets, edges, boundary, spacing);
    }

    /** The body-centred cubic lattice, uniform: V = (n+1)³ + n³, T = 12n²(n−1). */
    public static Lattice bodyCentred(int n) {
        return bodyCentred(n, AxisWarp.NONE, AxisWarp.NONE, AxisWarp.NONE);
    }

    /**
     * The body-centred cubic lattice with its planes spread by a density on each axis. 2 ≤ n ≤ 160. Four tetrahedra
     * around each line between the centres of two neighbouring cubes. The half pyramids at the box's faces are left
     * out, and with them the box's eight corners, which belong to no tetrahedron.
     */
    public static Lattice bodyCentred(int n, AxisWarp x, AxisWarp y, AxisWarp z) {
        checkResolution(n, 2);
        int m = n + 1;
        int corners = m * m * m;
        int[] tets = new int[4 * 12 * n * n * (n - 1)];
        int[] step = {1, m, m * m};
        int[] centreStep = {1, n, n * n};
        int at = 0;
        for (int axis = 0; axis < 3; axis++) {
            int u = step[(axis + 1) % 3];
            int w = step[(axis + 2) % 3];
            for (int c = 0; c < n * n * n; c++) {
                int[] cube = {c % n, c / n % n, c / (n * n)};
                if (cube[axis] == n - 1) {
                    continue;
                }
                int next = corners + c + centreStep[axis];
                int q = (cube[2] * m + cube[1]) * m + cube[0] + step[axis];
                int[] ring = {q, q + u, q + u + w, q + w};
                for (int s = 0; s < 4; s++) {
                    tets[at++] = corners + c;
                    tets[at++] = next;
                    tets[at++] = ring[s];
                    tets[at++] = ring[(s + 1) % 4];
                }
            }
        }
        int vertices = corners + n * n * n;
        float[][] planes = {x.planes(2 * n + 1), y.planes(2 * n + 1), z.planes(2 * n + 1)};
        float[] positions = new float[3 * vertices];
        float[] spacing = new float[3 * vertices];
        boolean[] boundary = new boolean[vertices];
        for (int v = 0; v < vertices; v++) {
            int size = v < corners ? m : n;
            int c = v < corners ? v : v - corners;
            int odd = v < corners ? 0 : 1;
            int[] cell = {c % size, c / size % size, c / (size * size)};
            for (int k = 0; k < 3; k++) {
                boundary[v] |= cell[k] == 0 || cell[k] == size - 1;
            }
            place(v, new int[] {2 * cell[0] + odd, 2 * cell[1] + odd, 2 * cell[2] + odd}, planes, positions, spacing);
        }
        return new Lattice(n, positions, tets, uniqueEdges(tets), boundary, spacing);
    }

    private static void checkResolution(int n, int least) {
        if (n < least || n > MAX_RESOLUTION) {
            throw new IllegalArgumentException(
                    "lattice resolution " + n + " is not between " + least + " and " + MAX_RESOLUTION);
        }
    }

    private static void place(int v, int[] cell, float[][] planes, float[] positions, float[] spacing) {
        for (int k = 0; k < 3; k++) {
            float[] p = planes[k];
            int i = cell[k];
            positions[3 * v + k] = p[i];
            float below = i > 0 ? p[i] - p[i - 1] : Float.MAX_VALUE;
            float above = i < p.length - 1 ? p[i + 1] - p[i] : Float.MAX_VALUE;
            spacing[3 * v + k] = Math.min(below, above);
        }
    }

    private static int[] uniqueEdges(int[] tets) {
        long[] keys = new long[tets.length / 4 * 6];
        int at = 0;
        for (int t = 0; t < tets.length; t += 4) {
            for (int[] pair : MarchingTetrahedra.EDGES) {
                int a = tets[t + pair[0]];
                int b = tets[t + pair[1]];
                keys[at++] = (long) Math.min(a, b) << 32 | Math.max(a, b);
            }
        }
        Arrays.parallelSort(keys);
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[count++] = keys[i];
            }
        }
        int[] edges = new int[2 * count];
        for (int i = 0; i < count; i++) {
            edges[2 * i] = (int) (keys[i] >> 32);
            edges[2 * i + 1] = (int) keys[i];
        }
        return edges;
    }

    public int resolution() {
        return resolution;
    }

    public int vertexCount() {
        return positions.length / 3;
    }

    public int tetrahedronCount() {
        return tetrahedra.length / 4;
    }

    /** x, y, z of each vertex: float[3V]. */
    public float[] positions() {
        return positions;
    }

    /** Four vertex indices of each tetrahedron: int[4T]. */
    public int[] tetrahedra() {
        return tetrahedra;
    }

    /** Every edge once as (a, b) with a &lt; b, in lexicographic order: int[2E]. */
    public int[] edges() {
        return edges;
    }

    /** For each vertex a, where the edges (a, ·) begin in {@link #edges()} (in edges, not ints): int[V + 1]. */
    int[] edgeStart() {
        return edgeStart;
    }

    /** Tetrahedra by the rows of {@link #edges()}: six each, in the order of {@link MarchingTetrahedra#triangles}. */
    public int[] tetrahedraByEdge() {
        int[] all = new int[tetrahedra.length / 4 * 6];
        for (int t = 0; t < tetrahedra.length / 4; t++) {
            for (int i = 0; i < 6; i++) {
                int[] pair = MarchingTetrahedra.EDGES[i];
                all[6 * t + i] = edge(tetrahedra[4 * t + pair[0]], tetrahedra[4 * t + pair[1]]);
            }
        }
        return all;
    }

    /** The row of {@link #edges()} that runs between two vertices, which there must be. */
    int edge(int p, int q) {
        int a = Math.min(p, q), b = Math.max(p, q);
        int e = edgeStart[a];
        while (edges[2 * e + 1] != b) e++;
        return e;
    }

    /** Whether a vertex lies on the lattice's boundary, where the distance must stay positive or surfaces open. */
    public boolean[] boundary() {
        return boundary;
    }

    /**
     * For each vertex and axis the distance to the nearest plane of vertices: float[3V]. Offsets below half of it never
     * let two planes cross.
     */
    public float[] spacing() {
        return spacing;
    }
}
