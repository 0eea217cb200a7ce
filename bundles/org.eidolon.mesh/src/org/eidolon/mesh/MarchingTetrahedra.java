// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds where a distance sampled on a {@link Lattice} changes its sign: the topology only. The caller places the vertex
 * on the edge (a, b) at v = (v_a s_b − v_b s_a) / (s_b − s_a), differentiably (Shen et al., Deep Marching Tetrahedra,
 * NeurIPS 2021, eq. 3).
 *
 * <p>Distances are negative inside; zero counts as outside, so the denominator never vanishes. Triangles face outward.
 * The order of vertices and triangles depends on the signs alone, not on threads. Safe for use by several threads.
 */
public final class MarchingTetrahedra {

    /** The six edges of a tetrahedron by corner. */
    static final int[][] EDGES = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};

    /**
     * For each of the 16 sign cases (bit i set: corner i inside) the triangles as edge numbers, facing outward in a
     * tetrahedron of positive volume.
     */
    static final int[][] TRIANGLES = triangleTable();

    private final Lattice lattice;
    private final ThreadLocal<int[]> rankOfEdge;

    /**
     * The crossed edges and the surface between them.
     *
     * @param edges lattice vertices (a, b), a &lt; b, of each surface vertex: int[2K], each edge once, in lexicographic
     *     order
     * @param triangles indices into the K edges: int[3F], facing outward
     */
    public record Surface(int[] edges, int[] triangles) {
        public int vertexCount() {
            return edges.length / 2;
        }

        public int triangleCount() {
            return triangles.length / 3;
        }

        /** The surface in space, without gradients: {@code positions} of the lattice's vertices (3V), moved or not. */
        public Mesh place(float[] positions, float[] distances) {
            float[] placed = new float[3 * vertexCount()];
            for (int v = 0; v < vertexCount(); v++) {
                int a = edges[2 * v];
                int b = edges[2 * v + 1];
                double s = (double) distances[b] - distances[a];
                double wa = distances[b] / s;
                double wb = -distances[a] / s;
                for (int k = 0; k < 3; k++) {
                    placed[3 * v + k] = (float) (wa * positions[3 * a + k] + wb * positions[3 * b + k]);
                }
            }
            return Mesh.of(placed, triangles);
        }
    }

    public MarchingTetrahedra(Lattice lattice) {
        this.lattice = lattice;
        this.rankOfEdge = ThreadLocal.withInitial(() -> new int[lattice.edges().length / 2]);
    }

    private static int[][] triangleTable() {
        // Even permutations (i, j, k, l) of the corners: an even permutation keeps the volume positive, so the winding
        // found for (0, 1, 2, 3) holds for all of them.
        int[][] single = {{0, 1, 2, 3}, {1, 0, 3, 2}, {2, 3, 0, 1}, {3, 2, 1, 0}};
        int[][] pairs = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {1, 2, 0, 3}, {1, 3, 2, 0}, {2, 3, 0, 1}};
        int[][] table = new int[16][0];
        for (int[] p : single) {
            int a = edge(p[0], p[1]);
            int b = edge(p[0], p[2]);
            int c = edge(p[0], p[3]);
            table[1 << p[0]] = new int[] {a, b, c};
            table[15 ^ 1 << p[0]] = new int[] {a, c, b};
        }
        for (int[] p : pairs) {
            int ik = edge(p[0], p[2]);
            int il = edge(p[0], p[3]);
            int jl = edge(p[1], p[3]);
            int jk = edge(p[1], p[2]);
            table[1 << p[0] | 1 << p[1]] = new int[] {ik, il, jl, ik, jl, jk};
        }
        return table;
    }

    /**
     * The triangles in a tetrahedron of positive volume, as edge numbers: 0 to 5 run between corners 01, 02, 03, 12, 13
     * and 23.
     *
     * @param signs bit i set: corner i is inside
     */
    public static int[] triangles(int signs) {
        return TRIANGLES[signs].clone();
    }

    private static int edge(int a, int b) {
        for (int e = 0; e < EDGES.length; e++) {
            if (EDGES[e][0] == Math.min(a, b) && EDGES[e][1] == Math.max(a, b)) {
                return e;
            }
        }
        throw new IllegalStateException();
    }

    /** The surface of distances given for each lattice vertex, negative inside; NaN is refused. */
    public Surface extract(float[] distances) {
        checkLength(distances.length);
        byte[] inside = new byte[distances.length];
        for (int v = 0; v < inside.length; v++) {
            if (Float.isNaN(distances[v])) {
                throw new IllegalArgumentException("the distance of lattice vertex " + v + " is NaN");
            }
            inside[v] = (byte) (distances[v] < 0 ? 1 : 0);
        }
        return extract(inside);
    }

    /** The surface between vertices marked 1 (inside) and 0 (outside). */
    public Surface extract(byte[] inside) {
        checkLength(inside.length);
        int[] rank = rankOfEdge.get();
        int[] crossed = crossedEdges(inside, rank);
        int tets = lattice.tetrahedronCount();
        int parts = Math.max(1, Math.min(64, tets / 20_000));
        int[][] found = new int[parts][];
        IntStream.range(0, parts).parallel().forEach(p -> {
            int from = (int) ((long) tets * p / parts);
            int to = (int) ((long) tets * (p + 1) / parts);
            found[p] = triangles(inside, rank, from, to);
        });
        int total = Arrays.stream(found).mapToInt(f -> f.length).sum();
        int[] triangles = new int[total];
        int at = 0;
        for (int[] part : found) {
            System.arraycopy(part, 0, triangles, at, part.length);
            at += part.length;
        }
        return new Surface(crossed, triangles);
    }

    private void checkLength(int length) {
        if (length != lattice.vertexCount()) {
            throw new IllegalArgumentException(
                    length + " values for a lattice of " + lattice.vertexCount() + " vertices");
        }
    }

    private int[] crossedEdges(byte[] inside, int[] rank) {
        int[] start = lattice.edgeStart();
        int[] edges = lattice.edges();
        int[] crossed = new int[1024];
        int count = 0;
        for (int a = 0; a < inside.length; a++) {
            byte sign = inside[a];
            for (int e = start[a]; e < start[a + 1]; e++) {
                int b = edges[2 * e + 1];
                if (inside[b] != sign) {
                    if (2 * count + 2 > crossed.length) {
                        crossed = Arrays.copyOf(crossed, 2 * crossed.length);
                    }
                    crossed[2 * count] = a;
                    crossed[2 * count + 1] = b;
                    rank[e] = count++;
                }
            }
        }
        return Arrays.copyOf(crossed, 2 * count);
    }

    private int[] triangles(byte[] inside, int[] rank, int from, int to) {
        int[] tets = lattice.tetrahedra();
        int[] out = new int[512];
        int count = 0;
        for (int t = 4 * from; t < 4 * to; t += 4) {
            int signs =
                    inside[tets[t]] | inside[tets[t + 1]] << 1 | inside[tets[t + 2]] << 2 | inside[tets[t + 3]] << 3;
            if (signs == 0 || signs == 15) {
                continue;
            }
            int[] cut = TRIANGLES[signs];
            if (count + 6 > out.length) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            for (int edge : cut) {
                out[count++] = rank[lattice.edge(tets[t + EDGES[edge][0]], tets[t + EDGES[edge][1]])];
            }
        }
        return Arrays.copyOf(out, count);
    }
}
