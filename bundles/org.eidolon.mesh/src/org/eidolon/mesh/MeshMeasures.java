// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/** Normals, area and volume of a mesh. Sums run in double precision and in triangle order, so they repeat exactly. */
public final class MeshMeasures {

    private MeshMeasures() {}

    /** Unit vertex normals, each the area-weighted mean of its triangles'; (0, 1, 0) where that vanishes. float[3V]. */
    public static float[] vertexNormals(Mesh mesh) {
        double[] sum = new double[mesh.positions().length];
        double[] n = new double[3];
        int[] t = mesh.triangles();
        for (int f = 0; f < mesh.triangleCount(); f++) {
            areaVector(mesh, f, n);
            for (int k = 0; k < 3; k++) {
                int v = 3 * t[3 * f + k];
                sum[v] += n[0];
                sum[v + 1] += n[1];
                sum[v + 2] += n[2];
            }
        }
        float[] normals = new float[sum.length];
        for (int v = 0; v < sum.length; v += 3) {
            double length = Math.sqrt(sum[v] * sum[v] + sum[v + 1] * sum[v + 1] + sum[v + 2] * sum[v + 2]);
            if (length > 1e-30) {
                normals[v] = (float) (sum[v] / length);
                normals[v + 1] = (float) (sum[v + 1] / length);
                normals[v + 2] = (float) (sum[v + 2] / length);
            } else {
                normals[v + 1] = 1;
            }
        }
        return normals;
    }

    /** Unit normal of each triangle; zero where the triangle has no area. float[3F]. */
    public static float[] faceNormals(Mesh mesh) {
        float[] normals = new float[3 * mesh.triangleCount()];
        double[] n = new double[3];
        for (int f = 0; f < mesh.triangleCount(); f++) {
            double length = 2 * areaVector(mesh, f, n);
            for (int k = 0; k < 3 && length > 1e-30; k++) {
                normals[3 * f + k] = (float) (n[k] / length);
            }
        }
        return normals;
    }

    /** Area of each triangle, in squared units. double[F]. */
    public static double[] areas(Mesh mesh) {
        double[] areas = new double[mesh.triangleCount()];
        double[] n = new double[3];
        for (int f = 0; f < areas.length; f++) {
            areas[f] = areaVector(mesh, f, n);
        }
        return areas;
    }

    /** Surface area, in squared units. */
    public static double area(Mesh mesh) {
        double total = 0;
        for (double area : areas(mesh)) {
            total += area;
        }
        return total;
    }

    /** Signed volume by the divergence theorem; positive when a closed mesh faces outward, meaningless when open. */
    public static double volume(Mesh mesh) {
        double total = 0;
        double[] n = new double[3];
        float[] p = mesh.positions();
        for (int f = 0; f < mesh.triangleCount(); f++) {
            areaVector(mesh, f, n);
            int a = 3 * mesh.triangles()[3 * f];
            total += p[a] * n[0] + p[a + 1] * n[1] + p[a + 2] * n[2];
        }
        return total / 6;
    }

    /** Writes the cross product of two edges (twice the area, along the normal) and returns the triangle's area. */
    static double areaVector(Mesh mesh, int triangle, double[] out) {
        float[] p = mesh.positions();
        int[] t = mesh.triangles();
        int a = 3 * t[3 * triangle];
        int b = 3 * t[3 * triangle + 1];
        int c = 3 * t[3 * triangle + 2];
        double ux = (double) p[b] - p[a];
        double uy = (double) p[b + 1] - p[a + 1];
        double uz = (double) p[b + 2] - p[a + 2];
        double vx = (double) p[c] - p[a];
        double vy = (double) p[c + 1] - p[a + 1];
        double vz = (double) p[c + 2] - p[a + 2];
        out[0] = uy * vz - uz * vy;
        out[1] = uz * vx - ux * vz;
        out[2] = ux * vy - uy * vx;
        return 0.5 * Math.sqrt(out[0] * out[0] + out[1] * out[1] + out[2] * out[2]);
    }
}
