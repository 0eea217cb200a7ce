// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshParts;
import org.eidolon.mesh.MeshTopology;

/** The state of one decimation. */
public final class EdgeCollapse {

    private static final double BOUNDARY_WEIGHT = 20;
    private static final double LEAST_COSINE = 0.2;

    private final double[] p;
    private final int[] t;
    private final boolean[] deadTriangle;
    private final double[] quadrics; // 10 per vertex: xx xy xz xw yy yz yw zz zw ww
    private final int[][] around; // triangles of each vertex
    private final int[] degree;
    private final int[] stamp;
    private final boolean[] border;
    private final int[] mark;
    private int marks;
    private int alive;
    private final double[] place = new double[3];
    private final PriorityQueue<Edge> queue = new PriorityQueue<>();

    private record Edge(double cost, int a, int b, int stamps, float x, float y, float z) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge o) {
            int c = Double.compare(cost, o.cost);
            return c != 0 ? c : a != o.a ? Integer.compare(a, o.a) : Integer.compare(b, o.b);
        }
    }

    private EdgeCollapse(Mesh mesh) {
        int vertices = mesh.vertexCount();
        p = new double[3 * vertices];
        for (int i = 0; i < p.length; i++) {
            p[i] = mesh.positions()[i];
        }
        t = mesh.triangles().clone();
        alive = t.length / 3;
        deadTriangle = new boolean[alive];
        quadrics = new double[10 * vertices];
        degree = new int[vertices];
        stamp = new int[vertices];
        mark = new int[vertices];
        border = new boolean[vertices];
        around = new int[vertices][];
        for (int v : t) {
            degree[v]++;
        }
        for (int v = 0; v < vertices; v++) {
            around[v] = new int[degree[v]];
        }
        Arrays.fill(degree, 0);
        for (int c = 0; c < t.length; c++) {
            around[t[c]][degree[t[c]]++] = c / 3;
        }
        addPlanes(MeshTopology.of(mesh).neighbours());
    }

    public static Mesh run(Mesh mesh, int target) {
        EdgeCollapse state = new EdgeCollapse(mesh);
        int[] t = state.t;
        for (int c = 0; c < t.length; c++) {
            int a = t[c];
            int b = t[MeshTopology.next(c)];
            if (a < b || state.border[a] && state.border[b]) {
                state.offer(Math.min(a, b), Math.max(a, b));
            }
        }
        while (state.alive > target && !state.queue.isEmpty()) {
            Edge edge = state.queue.poll();
            if (edge.stamps == state.stamp[edge.a] + state.stamp[edge.b]
                    && state.stamp[edge.a] >= 0
                    && state.stamp[edge.b] >= 0) {
                state.place[0] = edge.x;
                state.place[1] = edge.y;
                state.place[2] = edge.z;
                if (state.allowed(edge.a, edge.b)) {
                    state.collapse(edge.a, edge.b);
                }
            }
        }
        return state.mesh();
    }

    /** Each vertex sums the squared distance to its triangles' planes, weighted by area. */
    private void addPlanes(int[] neighbours) {
        double[] n = new double[3];
        for (int f = 0; f < alive; f++) {
            double doubleArea = normal(t[3 * f], t[3 * f + 1], t[3 * f + 2], n);
            if (doubleArea <= 0) {
                continue;
            }
            for (int k = 0; k < 3; k++) {
                addPlane(t[3 * f + k], n, t[3 * f], doubleArea / 2);
            }
        }
        double[] wall = new double[3];
        for (int c = 0; c < t.length; c++) {
            if (neighbours[c] >= 0) {
                continue;
            }
            int f = c / 3;
            int a = t[c];
            int b = t[MeshTopology.next(c)];
            border[a] = true;
            border[b] = true;
            normal(t[3 * f], t[3 * f + 1], t[3 * f + 2], n);
            double[] e = {p[3 * b] - p[3 * a], p[3 * b + 1] - p[3 * a + 1], p[3 * b + 2] - p[3 * a + 2]};
            double[] w = Flattening.unit(Flattening.cross(e, n));
            System.arraycopy(w, 0, wall, 0, 3);
            double weight = BOUNDARY_WEIGHT * (e[0] * e[0] + e[1] * e[1] + e[2] * e[2]);
            addPlane(a, wall, a, weight);
            addPlane(b, wall, a, weight);
        }
    }

    private void addPlane(int v, double[] n, int through, double weight) {
        double w = -(n[0] * p[3 * through] + n[1] * p[3 * through + 1] + n[2] * p[3 * through + 2]);
        double[] plane = {n[0], n[1], n[2], w};
        int at = 10 * v;
        for (int i = 0; i < 4; i++) {
            for (int j = i; j < 4; j++) {
                quadrics[at++] += weight * plane[i] * plane[j];
            }
        }
    }

    /** Writes the unit normal, returns twice the area (0 for a degenerate triangle). */
    private double normal(int a, int b, int c, double[] n) {
        double ux = p[3 * b] - p[3 * a];
        double uy = p[3 * b + 1] - p[3 * a + 1];
        double uz = p[3 * b + 2] - p[3 * a + 2];
        double vx = p[3 * c] - p[3 * a];
        double vy = p[3 * c + 1] - p[3 * a + 1];
        double vz = p[3 * c + 2] - p[3 * a + 2];
        n[0] = uy * vz - uz * vy;
        n[1] = uz * vx - ux * vz;
        n[2] = ux * vy - uy * vx;
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        for (int k = 0; k < 3 && length > 0; k++) {
            n[k] /= length;
        }
        return length;
    }

    private void offer(int a, int b) {
        double cost = bestPlace(a, b);
        queue.add(new Edge(cost, a, b, stamp[a] + stamp[b], (float) place[0], (float) place[1], (float) place[2]));
    }

    private double bestPlace(int a, int b) {
        double[] q = new double[10];
        for (int i = 0; i < 10; i++) {
            q[i] = quadrics[10 * a + i] + quadrics[10 * b + i];
        }
        double[] middle = new double[3];
        double length = 0;
        for (int k = 0; k < 3; k++) {
            middle[k] = (p[3 * a + k] + p[3 * b + k]) / 2;
            length += (p[3 * a + k] - p[3 * b + k]) * (p[3 * a + k] - p[3 * b + k]);
        }
        // a weak pull to the middle: settles the place within flat regions and evens out triangle shapes
        double pull = 1e-3 * (q[0] + q[4] + q[7]) + 1e-12;
        double xx = q[0] + pull;
        double yy = q[4] + pull;
        double zz = q[7] + pull;
        double bx = pull * middle[0] - q[3];
        double by = pull * middle[1] - q[6];
        double bz = pull * middle[2] - q[8];
        double cx = yy * zz - q[5] * q[5];
        double cy = q[5] * q[2] - q[1] * zz;
        double cz = q[1] * q[5] - yy * q[2];
        double det = xx * cx + q[1] * cy + q[2] * cz;
        boolean solved = det > 1e-12 * xx * yy * zz;
        if (solved) {
            place[0] = (bx * cx + by * cy + bz * cz) / det;
            place[1] = (bx * cy + by * (xx * zz - q[2] * q[2]) + bz * (q[1] * q[2] - xx * q[5])) / det;
            place[2] = (bx * cz + by * (q[1] * q[2] - xx * q[5]) + bz * (xx * yy - q[1] * q[1])) / det;
            double away = 0;
            for (int k = 0; k < 3; k++) {
                away += (place[k] - middle[k]) * (place[k] - middle[k]);
            }
            solved = away < 4 * length;
        }
        if (!solved) {
            System.arraycopy(middle, 0, place, 0, 3);
        }
        return error(q) + 1e-6 * length * (q[0] + q[4] + q[7]);
    }

    private double error(double[] q) {
        double x = place[0];
        double y = place[1];
        double z = place[2];
        return Math.max(
                0,
                q[0] * x * x
                        + 2 * q[1] * x * y
                        + 2 * q[2] * x * z
                        + 2 * q[3] * x
                        + q[4] * y * y
                        + 2 * q[5] * y * z
                        + 2 * q[6] * y
                        + q[7] * z * z
                        + 2 * q[8] * z
                        + q[9]);
    }

    /** Keeps the surface a manifold (link condition) and its triangles upright. */
    private boolean allowed(int a, int b) {
        int shared = 0;
        boolean slim = false;
        for (int i = 0; i < degree[a]; i++) {
            int f = around[a][i];
            if (has(f, b)) {
                shared++;
                int opposite = t[3 * f] + t[3 * f + 1] + t[3 * f + 2] - a - b;
                slim |= degree[opposite] <= 3 && !border[opposite];
            }
        }
        if (shared == 0 || shared > 2 || slim || border[a] && border[b] && shared == 2) {
            return false;
        }
        marks++;
        for (int i = 0; i < degree[a]; i++) {
            for (int k = 0; k < 3; k++) {
                mark[t[3 * around[a][i] + k]] = marks;
            }
        }
        int common = 0;
        for (int i = 0; i < degree[b]; i++) {
            for (int k = 0; k < 3; k++) {
                int v = t[3 * around[b][i] + k];
                if (v != a && v != b && mark[v] == marks) {
                    mark[v] = 0;
                    common++;
                }
            }
        }
        return common == shared && upright(a, b) && upright(b, a);
    }

    private boolean has(int f, int v) {
        return t[3 * f] == v || t[3 * f + 1] == v || t[3 * f + 2] == v;
    }

    private boolean upright(int moved, int other) {
        double[] before = new double[3];
        double[] after = new double[3];
        double[] saved = {p[3 * moved], p[3 * moved + 1], p[3 * moved + 2]};
        for (int i = 0; i < degree[moved]; i++) {
            int f = around[moved][i];
            if (has(f, other)) {
                continue;
            }
            double was = normal(t[3 * f], t[3 * f + 1], t[3 * f + 2], before);
            System.arraycopy(place, 0, p, 3 * moved, 3);
            double is = normal(t[3 * f], t[3 * f + 1], t[3 * f + 2], after);
            System.arraycopy(saved, 0, p, 3 * moved, 3);
            double cosine = before[0] * after[0] + before[1] * after[1] + before[2] * after[2];
            if (is <= 1e-14 || was > 1e-14 && cosine < LEAST_COSINE) {
                return false;
            }
        }
        return true;
    }

    private void collapse(int a, int b) {
        int[] merged = new int[degree[a] + degree[b]];
        int count = 0;
        for (int i = 0; i < degree[a]; i++) {
            int f = around[a][i];
            if (has(f, b)) {
                deadTriangle[f] = true;
                alive--;
                int opposite = t[3 * f] + t[3 * f + 1] + t[3 * f + 2] - a - b;
                remove(opposite, f);
            } else {
                merged[count++] = f;
            }
        }
        for (int i = 0; i < degree[b]; i++) {
            int f = around[b][i];
            if (!deadTriangle[f]) {
                for (int k = 0; k < 3; k++) {
                    if (t[3 * f + k] == b) {
                        t[3 * f + k] = a;
                    }
                }
                merged[count++] = f;
            }
        }
        around[a] = merged;
        degree[a] = count;
        around[b] = null;
        degree[b] = 0;
        stamp[b] = -1;
        stamp[a]++;
        border[a] |= border[b];
        System.arraycopy(place, 0, p, 3 * a, 3);
        for (int i = 0; i < 10; i++) {
            quadrics[10 * a + i] += quadrics[10 * b + i];
        }
        marks++;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 3; k++) {
                int v = t[3 * merged[i] + k];
                if (v != a && mark[v] != marks) {
                    mark[v] = marks;
                    offer(Math.min(a, v), Math.max(a, v));
                }
            }
        }
    }

    private void remove(int v, int f) {
        for (int i = 0; i < degree[v]; i++) {
            if (around[v][i] == f) {
                around[v][i] = around[v][--degree[v]];
                return;
            }
        }
    }

    private Mesh mesh() {
        float[] positions = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            positions[i] = (float) p[i];
        }
        return MeshParts.select(Mesh.of(positions, t), f -> !deadTriangle[f]);
    }
}
