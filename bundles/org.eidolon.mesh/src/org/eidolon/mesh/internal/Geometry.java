// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

/** Small geometry shared by the atlas. */
final class Geometry {

    private Geometry() {}

    /** Twice the signed area of the plane triangle over points a, b, c of x, y pairs. */
    static double cross(double[] p, int a, int b, int c) {
        return (p[2 * b] - p[2 * a]) * (p[2 * c + 1] - p[2 * a + 1])
                - (p[2 * b + 1] - p[2 * a + 1]) * (p[2 * c] - p[2 * a]);
    }
}
