// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/**
 * Closest points on a mesh, by a tree of bounding boxes. Built once in O(F log F), read by any number of threads.
 * Point-to-triangle after Ericson, Real-Time Collision Detection, section 5.1.5.
 */
public final class SurfaceIndex {

    private static final int LEAF = 4;

    private final Mesh mesh;
    private final int[] order;
    private final float[] boxes; // 6 numbers per node of an implicit balanced tree over ranges of `order`

    /**
     * A point on the surface.
     *
     * @param triangle its triangle
     * @param b0 weight of the triangle's first corner; b1, b2 of the others, summing to 1
     * @param distance from the point asked for, in units of the mesh
     */
    public record Hit(int triangle, float b0, float b1, float b2, float x, float y, float z, float distance) {}

    public SurfaceIndex(Mesh mesh) {
        if (mesh.triangleCount() == 0) {
            throw new IllegalArgumentException("a mesh without triangles has no closest point");
        }
        this.mesh = mesh;
        int faces = mesh.triangleCount();
        this.order = new int[faces];
        float[] centres = new float[3 * faces];
        for (int f = 0; f < faces; f++) {
            order[f] = f;
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 3; k++) {
                    centres[3 * f + k] += mesh.positions()[3 * mesh.triangles()[3 * f + c] + k];
                }
            }
        }
        int leaves = Integer.highestOneBit(Math.max(1, (faces - 1) / LEAF)) * 2;
        this.boxes = new float[6 * 2 * leaves];
        build(1, 0, faces, centres);
    }

    private boolean leaf(int node, int from, int to) {
        return to - from <= LEAF || 12 * node + 6 >= boxes.length;
    }

    private void build(int node, int from, int to, float[] centres) {
        if (!leaf(node, from, to)) {
            int axis = widestAxis(from, to, centres);
            int middle = (from + to) >>> 1;
            select(from, to - 1, middle, axis, centres);
            build(2 * node, from, middle, centres);
            build(2 * node + 1, middle, to, centres);
            for (int k = 0; k < 3; k++) {
                boxes[6 * node + k] = Math.min(boxes[12 * node + k], boxes[12 * node + 6 + k]);
                boxes[6 * node + 3 + k] = Math.max(boxes[12 * node + 3 + k], boxes[12 * node + 9 + k]);
            }
            return;
        }
        for (int k = 0; k < 3; k++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 3 * from; i < 3 * to; i++) {
                float p = mesh.positions()[3 * mesh.triangles()[3 * order[i / 3] + i % 3] + k];
                low = Math.min(low, p);
                high = Math.max(high, p);
            }
            boxes[6 * node + k] = low;
            boxes[6 * node + 3 + k] = high;
        }
    }

    private int widestAxis(int from, int to, float[] centres) {
        int best = 0;
        float widest = -1;
        for (int k = 0; k < 3; k++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, centres[3 * order[i] + k]);
                high = Math.max(high, centres[3 * order[i] + k]);
            }
            if (high - low > widest) {
                widest = high - low;
                best = k;
            }
        }
        return best;
    }

    /** Hoare's selection: afterwards {@code order[middle]} is where a full sort along the axis would put it. */
    private void select(int low, int high, int middle, int axis, float[] centres) {
        while (low < high) {
            float pivot = centres[3 * order[(low + high) >>> 1] + axis];
            int i = low;
            int j = high;
            while (i <= j) {
                while (centres[3 * order[i] + axis] < pivot) {
                    i++;
                }
                while (centres[3 * order[j] + axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swap = order[i];
                    order[i++] = order[j];
                    order[j--] = swap;
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /** The point of the surface that is closest to (x, y, z). */
    public Hit closest(float x, float y, float z) {
        Search search = new Search(x, y, z);
        search.visit(1, 0, order.length);
        int t = 3 * search.triangle;
        double[] w = search.weights;
        float[] at = new float[3];
        for (int k = 0; k < 3; k++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += w[c] * mesh.positions()[3 * mesh.triangles()[t + c] + k];
            }
            at[k] = (float) sum;
        }
        return new Hit(search.triangle, (float) w[0], (float) w[1], (float) w[2], at[0], at[1], at[2], (float)
                Math.sqrt(search.best));
    }

    private final class Search {
        private final double x;
        private final double y;
        private final double z;
        private double best = Double.POSITIVE_INFINITY;
        private int triangle = -1;
        private final double[] weights = new double[3];
        private final double[] trial = new double[3];

        Search(double x, double y, double z) {
            this.x = x;
            this.y = y;
            this.z = z;
        }

        private double toBox(int node) {
            double dx = Math.max(0, Math.max(boxes[6 * node] - x, x - boxes[6 * node + 3]));
            double dy = Math.max(0, Math.max(boxes[6 * node + 1] - y, y - boxes[6 * node + 4]));
            double dz = Math.max(0, Math.max(boxes[6 * node + 2] - z, z - boxes[6 * node + 5]));
            return dx * dx + dy * dy + dz * dz;
        }

        void visit(int node, int from, int to) {
            if (leaf(node, from, to)) {
                for (int i = from; i < to; i++) {
                    double d = toTriangle(order[i]);
                    if (d < best) {
                        best = d;
                        triangle = order[i];
                        System.arraycopy(trial, 0, weights, 0, 3);
                    }
                }
                return;
            }
            int middle = (from + to) >>> 1;
            double left = toBox(2 * node);
            double right = toBox(2 * node + 1);
            for (int pass = 0; pass < 2; pass++) {
                boolean first = (left <= right) == (pass == 0);
                if (first && left < best) {
                    visit(2 * node, from, middle);
                } else if (!first && right < best) {
                    visit(2 * node + 1, middle, to);
                }
            }
        }

        private double toTriangle(int f) {
            float[] p = mesh.positions();
            int a = 3 * mesh.triangles()[3 * f];
            int b = 3 * mesh.triangles()[3 * f + 1];
            int c = 3 * mesh.triangles()[3 * f + 2];
            double abx = (double) p[b] - p[a];
            double aby = (double) p[b + 1] - p[a + 1];
            double abz = (double) p[b + 2] - p[a + 2];
            double acx = (double) p[c] - p[a];
            double acy = (double) p[c + 1] - p[a + 1];
            double acz = (double) p[c + 2] - p[a + 2];
            double px = x - p[a];
            double py = y - p[a + 1];
            double pz = z - p[a + 2];
            double d1 = abx * px + aby * py + abz * pz;
            double d2 = acx * px + acy * py + acz * pz;
            double bb = abx * abx + aby * aby + abz * abz;
            double bc = abx * acx + aby * acy + abz * acz;
            double cc = acx * acx + acy * acy + acz * acz;
            double d3 = d1 - bb;
            double d4 = d2 - bc;
            double d5 = d1 - bc;
            double d6 = d2 - cc;
            double va = d3 * d6 - d5 * d4;
            double vb = d5 * d2 - d1 * d6;
            double vc = d1 * d4 - d3 * d2;
            double v;
            double w;
            if (d1 <= 0 && d2 <= 0) {
                v = 0;
                w = 0;
            } else if (d3 >= 0 && d4 <= d3) {
                v = 1;
                w = 0;
            } else if (d6 >= 0 && d5 <= d6) {
                v = 0;
                w = 1;
            } else if (vc <= 0 && d1 >= 0 && d3 <= 0) {
                v = d1 / (d1 - d3);
                w = 0;
            } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
                v = 0;
                w = d2 / (d2 - d6);
            } else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
                w = (d4 - d3) / (d4 - d3 + (d5 - d6));
                v = 1 - w;
            } else {
                double sum = va + vb + vc;
                v = vb / sum;
                w = vc / sum;
            }
            trial[0] = 1 - v - w;
            trial[1] = v;
            trial[2] = w;
            double dx = px - v * abx - w * acx;
            double dy = py - v * aby - w * acy;
            double dz = pz - v * abz - w * acz;
            return dx * dx + dy * dy + dz * dz;
        }
    }
}
