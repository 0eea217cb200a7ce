// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

/**
 * What every head begins as: an ellipsoid on a neck that widens downwards, in head space. The values are distances to
 * first order only, which is all that marching tetrahedra and an optimiser need of a start.
 */
final class BaseShape {
    private static final double SMOOTH = 0.08;

    private BaseShape() {}

    /** Distance at a point, negative inside. */
    static float distance(float x, float y, float z) {
        double head = ellipsoid(x, y - 0.33, z + 0.05, 0.43, 0.6, 0.55);
        double radius = 0.31 + 0.35 * Math.pow(Math.max(0, -y - 0.35), 2);
        double neck = Math.max(Math.hypot(x, z + 0.14) - radius, y - 0.2);
        double h = Math.max(0, Math.min(1, 0.5 + 0.5 * (neck - head) / SMOOTH));
        return (float) (neck + (head - neck) * h - SMOOTH * h * (1 - h));
    }

    private static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        double k0 = Math.sqrt(x * x / (a * a) + y * y / (b * b) + z * z / (c * c));
        double k1 = Math.sqrt(x * x / (a * a * a * a) + y * y / (b * b * b * b) + z * z / (c * c * c * c));
        return k1 < 1e-9 ? -Math.min(a, Math.min(b, c)) : k0 * (k0 - 1) / k1;
    }
}
