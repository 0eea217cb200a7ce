// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;

/** How the triangles of a mesh hang together: edges, neighbours, components, and whether it is closed and manifold. */
public final class MeshTopology {

    private final int vertices;
    private final int[] triangles;
    private final int[] neighbours;
    private final int edgeCount;
    private final int boundaryEdges;
    private final int nonManifoldEdges;
    private final int misorientedEdges;

    private MeshTopology(
            int vertices,
            int[] triangles,
            int[] neighbours,
            int edges,
            int boundary,
            int nonManifold,
            int misoriented) {
        this.vertices = vertices;
        this.triangles = triangles;
        this.neighbours = neighbours;
        this.edgeCount = edges;
        this.boundaryEdges = boundary;
        this.nonManifoldEdges = nonManifold;
        this.misorientedEdges = misoriented;
    }

    public static MeshTopology of(Mesh mesh) {
        return of(mesh.triangles(), mesh.vertexCount());
    }

    static MeshTopology of(int[] t, int vertices) {
        // a half edge per corner: key = (lower vertex, higher vertex), sorted so that partners become neighbours
        long[][] half = sortedHalfEdges(t);
        int[] neighbours = new int[t.length];
        Arrays.fill(neighbours, -1);
        int edges = 0;
        int boundary = 0;
        int nonManifold = 0;
        int misoriented = 0;
        long[] keys = half[0];
        long[] corners = half[1];
        for (int i = 0; i < keys.length; ) {
            int end = i + 1;
            while (end < keys.length && keys[end] == keys[i]) {
                end++;
            }
            edges++;
            if (end - i == 1) {
                boundary++;
            } else if (end - i > 2) {
                nonManifold++;
            } else {
                int a = (int) corners[i];
                int b = (int) corners[i + 1];
                neighbours[a] = b;
                neighbours[b] = a;
                if (t[a] == t[b]) {
                    misoriented++;
                }
            }
            i = end;
        }
        return new MeshTopology(vertices, t, neighbours, edges, boundary, nonManifold, misoriented);
    }

    private static long[][] sortedHalfEdges(int[] t) {
        // counting sort by the lower vertex, then insertion sort of the few edges that share it
        int vertices = 0;
        for (int v : t) {
            vertices = Math.max(vertices, v + 1);
        }
        int[] start = new int[vertices + 1];
        for (int c = 0; c < t.length; c++) {
            start[Math.min(t[c], t[next(c)]) + 1]++;
        }
        for (int v = 0; v < vertices; v++) {
            start[v + 1] += start[v];
        }
        int[] at = Arrays.copyOf(start, vertices);
        long[] keys = new long[t.length];
        long[] corners = new long[t.length];
        for (int c = 0; c < t.length; c++) {
            int low = Math.min(t[c], t[next(c)]);
            long key = (long) low << 32 | Math.max(t[c], t[next(c)]);
            int i = at[low]++;
            while (i > start[low] && keys[i - 1] > key) {
                keys[i] = keys[i - 1];
                corners[i] = corners[i - 1];
                i--;
            }
            keys[i] = key;
            corners[i] = c;
        }
        return new long[][] {keys, corners};
    }

    /** The corner after corner {@code c} (= 3 · triangle + 0…2) in the same triangle. */
    public static int next(int c) {
        return c % 3 == 2 ? c - 2 : c + 1;
    }

    /** The corner before corner {@code c} in the same triangle. */
    public static int previous(int c) {
        return c % 3 == 0 ? c + 2 : c - 1;
    }

    /**
     * For corner c (3 · triangle + 0…2) the corner that begins the same edge in the neighbouring triangle, where the
     * edge runs from the corner to the next; −1 on a boundary or where more than two triangles meet. int[3F].
     */
    public int[] neighbours() {
        return neighbours;
    }

    public int edgeCount() {
        return edgeCount;
    }

    /** Edges with one triangle only. */
    public int boundaryEdges() {
        return boundaryEdges;
    }

    /** Edges with more than two triangles. */
    public int nonManifoldEdges() {
        return nonManifoldEdges;
    }

    /** Edges whose two triangles disagree on which side is outside. */
    public int misorientedEdges() {
        return misorientedEdges;
    }

    public boolean closed() {
        return boundaryEdges == 0;
    }

    /** Every edge has at most two, agreeing triangles and the triangles around each vertex form one fan. */
    public boolean manifold() {
        return nonManifoldEdges == 0 && misorientedEdges == 0 && pinchedVertices() == 0;
    }

    /** Vertices whose triangles form more than one fan. */
    public int pinchedVertices() {
        int[] fans = new int[vertices];
        boolean[] seen = new boolean[triangles.length];
        int pinched = 0;
        for (int c = 0; c < triangles.length; c++) {
            if (seen[c]) {
                continue;
            }
            if (++fans[triangles[c]] == 2) {
                pinched++;
            }
            int at = c;
            while (at >= 0 && !seen[at]) { // turn one way around the vertex …
                seen[at] = true;
                int across = neighbours[at];
                at = across < 0 ? -1 : next(across);
            }
            at = neighbours[previous(c)];
            while (at >= 0 && !seen[at]) { // … and, if a boundary stopped that, the other way
                seen[at] = true;
                at = neighbours[previous(at)];
            }
        }
        return pinched;
    }

    /** V − E + F over the vertices that triangles use; 2 for one closed surface without handles. */
    public int eulerCharacteristic() {
        boolean[] used = new boolean[vertices];
        int count = 0;
        for (int v : triangles) {
            if (!used[v]) {
                used[v] = true;
                count++;
            }
        }
        return count - edgeCount + triangles.length / 3;
    }

    /** Component number of each triangle (sharing a vertex connects), numbered by first appearance. int[F]. */
    public int[] components() {
        int[] parent = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            parent[v] = v;
        }
        for (int c = 0; c < triangles.length; c += 3) {
            union(parent, triangles[c], triangles[c + 1]);
            union(parent, triangles[c], triangles[c + 2]);
        }
        int[] number = new int[vertices];
        Arrays.fill(number, -1);
        int[] result = new int[triangles.length / 3];
        int count = 0;
        for (int f = 0; f < result.length; f++) {
            int root = root(parent, triangles[3 * f]);
            if (number[root] < 0) {
                number[root] = count++;
            }
            result[f] = number[root];
        }
        return result;
    }

    private static int root(int[] parent, int v) {
        while (parent[v] != v) {
            parent[v] = parent[parent[v]];
            v = parent[v];
        }
        return v;
    }

    private static void union(int[] parent, int a, int b) {
        int ra = root(parent, a);
        int rb = root(parent, b);
        parent[Math.max(ra, rb)] = Math.min(ra, rb);
    }
}
