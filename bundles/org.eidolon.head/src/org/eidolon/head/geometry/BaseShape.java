// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

/**
 * What every head begins as, in head space: ellipsoids for skull, jaw and shoulders and a neck between them. The values
 * are distances to first order only, which is all that marching tetrahedra and an optimiser need of a start.
 */
final class BaseShape {
    private static final double SMOOTH = 0.08;

    private BaseShape() {}

    /** Distance at a point, negative inside. */
    static float distance(float x, float y, float z) {
        double head = ellipsoid(x, y - 0.33, z + 0.04, 0.45, 0.6, 0.57);
        double jaw = ellipsoid(x, y - 0.02, z - 0.17, 0.33, 0.36, 0.34);
        double neck = Math.max(Math.hypot(x, z + 0.17) - 0.28, y - 0.2);
        double shoulders = ellipsoid(x, y + 0.98, z + 0.21, 0.72, 0.5, 0.42);
        return (float) union(union(union(head, jaw), neck), shoulders);
    }

    /** The smaller of two distances, rounded off where they meet (Quilez's polynomial smooth minimum). */
    private static double union(double a, double b) {
        double h = Math.max(0, Math.min(1, 0.5 + 0.5 * (b - a) / SMOOTH));
        return b + (a - b) * h - SMOOTH * h * (1 - h);
    }

    private static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        double k0 = Math.sqrt(x * x / (a * a) + y * y / (b * b) + z * z / (c * c));
        double k1 = Math.sqrt(x * x / (a * a * a * a) + y * y / (b * b * b * b) + z * z / (c * c * c * c));
        return k1 < 1e-9 ? -Math.min(a, Math.min(b, c)) : k0 * (k0 - 1) / k1;
    }
}
