// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import org.eidolon.mesh.Mesh;

/** Small geometry shared by the atlas. */
final class Geometry {

    private Geometry() {}

    static double[] areas(Mesh mesh) {
        float[] p = mesh.positions();
        int[] t = mesh.triangles();
        double[] areas = new double[mesh.triangleCount()];
        for (int f = 0; f < areas.length; f++) {
            int a = 3 * t[3 * f];
            int b = 3 * t[3 * f + 1];
            int c = 3 * t[3 * f + 2];
            double ux = (double) p[b] - p[a];
            double uy = (double) p[b + 1] - p[a + 1];
            double uz = (double) p[b + 2] - p[a + 2];
            double vx = (double) p[c] - p[a];
            double vy = (double) p[c + 1] - p[a + 1];
            double vz = (double) p[c + 2] - p[a + 2];
            double x = uy * vz - uz * vy;
            double y = uz * vx - ux * vz;
            double z = ux * vy - uy * vx;
            areas[f] = 0.5 * Math.sqrt(x * x + y * y + z * z);
        }
        return areas;
    }

    /** Twice the signed area of the plane triangle over points a, b, c of x, y pairs. */
    static double cross(double[] p, int a, int b, int c) {
        return (p[2 * b] - p[2 * a]) * (p[2 * c + 1] - p[2 * a + 1])
                - (p[2 * b + 1] - p[2 * a + 1]) * (p[2 * c] - p[2 * a]);
    }
}
