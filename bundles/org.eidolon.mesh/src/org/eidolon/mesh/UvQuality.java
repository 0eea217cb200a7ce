// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/**
 * How evenly a texture lies on a mesh. A triangle's stretch is by how much the texture map, at the mean texel density,
 * lengthens or shortens the direction that it distorts most: 1 is none, 2 is double or half. Weighted by area.
 *
 * @param meanStretch mean of that
 * @param stretch95 what 95% of the area stays below
 * @param maxStretch the worst of triangles that hold 99.9% of the area
 * @param meanAspect mean ratio of the largest to the smallest stretch within a triangle: 1 keeps every angle
 * @param fill share of the unit square that triangles cover
 */
public record UvQuality(double meanStretch, double stretch95, double maxStretch, double meanAspect, double fill) {

    public static UvQuality of(Mesh mesh) {
        if (mesh.uvs() == null) {
            throw new IllegalArgumentException("a mesh without texture coordinates has no texture quality");
        }
        int faces = mesh.triangleCount();
        double[] area = MeshMeasures.areas(mesh);
        double[] large = new double[faces];
        double[] small = new double[faces];
        double total = 0;
        double covered = 0;
        for (int f = 0; f < faces; f++) {
            covered += singularValues(mesh, f, area[f], large, small);
            total += area[f];
        }
        double scale = Math.sqrt(covered / total);
        double mean = 0;
        double aspect = 0;
        double[][] sorted = new double[faces][];
        for (int f = 0; f < faces; f++) {
            double worst = Math.max(large[f] / scale, scale / Math.max(small[f], 1e-12));
            sorted[f] = new double[] {worst, area[f]};
            mean += area[f] * Math.min(worst, 100);
            aspect += area[f] * Math.min(large[f] / Math.max(small[f], 1e-12), 100);
        }
        java.util.Arrays.sort(sorted, java.util.Comparator.comparingDouble(s -> s[0]));
        return new UvQuality(
                mean / total, quantile(sorted, 0.95 * total), quantile(sorted, 0.999 * total), aspect / total, covered);
    }

    private static double quantile(double[][] sorted, double upTo) {
        double sum = 0;
        for (double[] s : sorted) {
            sum += s[1];
            if (sum >= upTo) {
                return s[0];
            }
        }
        return sorted.length == 0 ? 1 : sorted[sorted.length - 1][0];
    }

    /** Largest and smallest stretch of the map from the surface to the unit square; returns the area there. */
    private static double singularValues(Mesh mesh, int f, double area, double[] large, double[] small) {
        int[] t = mesh.triangles();
        double[] u = new double[4];
        double[] e = new double[3];
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 2; k++) {
                u[2 * i + k] = (double) mesh.uvs()[2 * t[3 * f + i + 1] + k] - mesh.uvs()[2 * t[3 * f] + k];
            }
        }
        double[][] d = new double[2][3];
        for (int k = 0; k < 3; k++) {
            d[0][k] = (double) mesh.positions()[3 * t[3 * f + 1] + k] - mesh.positions()[3 * t[3 * f] + k];
            d[1][k] = (double) mesh.positions()[3 * t[3 * f + 2] + k] - mesh.positions()[3 * t[3 * f] + k];
            e[0] += d[0][k] * d[0][k];
            e[1] += d[0][k] * d[1][k];
        }
        double length = Math.sqrt(e[0]) + 1e-30;
        double x = e[1] / length;
        double y = Math.max(2 * area / length, 1e-30);
        // J maps (length, 0) and (x, y) to the two uv edges
        double j00 = u[0] / length;
        double j10 = u[1] / length;
        double j01 = (u[2] - j00 * x) / y;
        double j11 = (u[3] - j10 * x) / y;
        double sum = j00 * j00 + j01 * j01 + j10 * j10 + j11 * j11;
        double determinant = Math.abs(j00 * j11 - j01 * j10);
        double root = Math.sqrt(Math.max(0, sum * sum / 4 - determinant * determinant));
        large[f] = Math.sqrt(sum / 2 + root);
        small[f] = Math.sqrt(Math.max(0, sum / 2 - root));
        return area * determinant;
    }
}
