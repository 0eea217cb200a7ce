// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/** Smoothing by the umbrella operator: each vertex moves towards the mean of its neighbours. */
public final class Smoothing {

    private Smoothing() {}

    /**
     * Laplacian smoothing; shrinks the surface.
     *
     * @param iterations how often, ≥ 0
     * @param step share of the way to the neighbours' mean, in (0, 1]
     */
    public static Mesh laplacian(Mesh mesh, int iterations, float step) {
        check(iterations, step);
        int[][] rings = neighbourLists(mesh);
        float[] p = mesh.positions();
        for (int i = 0; i < iterations; i++) {
            p = pass(p, rings, step);
        }
        return mesh.withPositions(p);
    }

    /**
     * Taubin's λ|μ smoothing (SIGGRAPH 1995): a step in and a slightly longer one out, so that the volume stays.
     *
     * @param iterations pairs of steps, ≥ 0
     * @param step λ in (0, 1]; μ is chosen for a pass band of 0.1
     */
    public static Mesh taubin(Mesh mesh, int iterations, float step) {
        check(iterations, step);
        int[][] rings = neighbourLists(mesh);
        float out = 1 / (0.1f - 1 / step);
        float[] p = mesh.positions();
        for (int i = 0; i < iterations; i++) {
            p = pass(pass(p, rings, step), rings, out);
        }
        return mesh.withPositions(p);
    }

    private static void check(int iterations, float step) {
        if (iterations < 0 || !(step > 0 && step <= 1)) {
            throw new IllegalArgumentException(
                    "smoothing needs iterations ≥ 0 and a step in (0, 1]: " + iterations + ", " + step);
        }
    }

    private static float[] pass(float[] p, int[][] rings, float step) {
        int[] start = rings[0];
        int[] ring = rings[1];
        float[] moved = p.clone();
        for (int v = 0; v < start.length - 1; v++) {
            int degree = start[v + 1] - start[v];
            for (int k = 0; k < 3 && degree > 0; k++) {
                double sum = 0;
                for (int i = start[v]; i < start[v + 1]; i++) {
                    sum += p[3 * ring[i] + k];
                }
                moved[3 * v + k] += (float) (step * (sum / degree - p[3 * v + k]));
            }
        }
        return moved;
    }

    /** Neighbours of each vertex, once each: where its list starts (V + 1), and the lists. */
    static int[][] neighbourLists(Mesh mesh) {
        int[] t = mesh.triangles();
        int[] neighbours = MeshTopology.of(mesh).neighbours();
        int[] start = new int[mesh.vertexCount() + 1];
        for (int pass = 0; ; pass++) {
            int[] at = pass == 0 ? null : java.util.Arrays.copyOf(start, start.length - 1);
            int[] ring = pass == 0 ? null : new int[start[start.length - 1]];
            for (int c = 0; c < t.length; c++) {
                int across = neighbours[c];
                // an inner edge is met from both sides: take the one with the lower corner number
                if (across >= 0 && across < c) {
                    continue;
                }
                int a = t[c];
                int b = t[MeshTopology.next(c)];
                if (pass == 0) {
                    start[a + 1]++;
                    start[b + 1]++;
                } else {
                    ring[at[a]++] = b;
                    ring[at[b]++] = a;
                }
            }
            if (pass == 1) {
                return new int[][] {start, ring};
            }
            for (int v = 0; v < start.length - 1; v++) {
                start[v + 1] += start[v];
            }
        }
    }
}
