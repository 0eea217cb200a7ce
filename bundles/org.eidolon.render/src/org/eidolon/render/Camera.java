// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

/**
 * An orbit camera: it looks at a target from a distance, y up. Angles in radians, lengths in head space.
 *
 * @param azimuth 0 sees the face frontally; positive moves the camera to +x, the subject's left
 * @param elevation positive moves the camera up
 * @param distance from the target to the eye
 * @param fieldOfView the whole vertical angle of view, which is the horizontal one too: images are square
 * @param targetX the point looked at
 * @param targetY the point looked at
 * @param targetZ the point looked at
 * @param roll positive turns the camera anticlockwise, and so the picture clockwise
 */
public record Camera(
        double azimuth,
        double elevation,
        double distance,
        double fieldOfView,
        double targetX,
        double targetY,
        double targetZ,
        double roll) {

    /** Half of the depth that a camera sees around its target: a head in [-1, 1]³, off the target by up to 1. */
    private static final double REACH = 3;

    public Camera {
        if (!(distance > 0) || !Double.isFinite(distance)) {
            throw new IllegalArgumentException("camera distance must be positive, was " + distance);
        }
        if (!(fieldOfView > 0 && fieldOfView < Math.PI)) {
            throw new IllegalArgumentException("camera field of view must be in (0, pi) radians, was " + fieldOfView);
        }
    }

    /** Looks at the origin, without roll. */
    public static Camera orbit(double azimuth, double elevation, double distance, double fieldOfView) {
        return new Camera(azimuth, elevation, distance, fieldOfView, 0, 0, 0, 0);
    }

    public Camera at(double x, double y, double z) {
        return new Camera(azimuth, elevation, distance, fieldOfView, x, y, z, roll);
    }

    public Camera rolled(double angle) {
        return new Camera(azimuth, elevation, distance, fieldOfView, targetX, targetY, targetZ, angle);
    }

    public double near() {
        return Math.max(0.05, distance - REACH);
    }

    public double far() {
        return distance + REACH;
    }

    /** Three rows: the camera's right, up and backward axes in the world; world to camera. */
    public double[] rotation() {
        double ca = Math.cos(azimuth);
        double sa = Math.sin(azimuth);
        double ce = Math.cos(elevation);
        double se = Math.sin(elevation);
        double[] right = {ca, 0, -sa};
        double[] up = {-se * sa, ce, -se * ca};
        double c = Math.cos(roll);
        double s = Math.sin(roll);
        double[] m = new double[9];
        for (int i = 0; i < 3; i++) {
            m[i] = c * right[i] + s * up[i];
            m[3 + i] = -s * right[i] + c * up[i];
        }
        m[6] = ce * sa;
        m[7] = se;
        m[8] = ce * ca;
        return m;
    }

    /** Where the eye is, in the world. */
    public double[] eye() {
        double[] r = rotation();
        return new double[] {targetX + distance * r[6], targetY + distance * r[7], targetZ + distance * r[8]};
    }

    /** 4×4, row-major, world to camera space. */
    public double[] view() {
        double[] r = rotation();
        double[] e = eye();
        double[] m = new double[16];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(r, 3 * i, m, 4 * i, 3);
            m[4 * i + 3] = -(r[3 * i] * e[0] + r[3 * i + 1] * e[1] + r[3 * i + 2] * e[2]);
        }
        m[15] = 1;
        return m;
    }

    /** 4×4, row-major, camera space to OpenGL clip space. */
    public double[] projection() {
        double f = 1 / Math.tan(fieldOfView / 2);
        double n = near();
        double r = far();
        return new double[] {f, 0, 0, 0, 0, f, 0, 0, 0, 0, -(r + n) / (r - n), -2 * r * n / (r - n), 0, 0, -1, 0};
    }
}
