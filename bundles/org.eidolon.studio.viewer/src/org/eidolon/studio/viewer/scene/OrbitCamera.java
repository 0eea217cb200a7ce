// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

import org.eidolon.mesh.Box;

/**
 * A camera that goes around a point, y up. Angles in radians; azimuth 0 sees the face from the front, positive moves the
 * camera to the subject's left, elevation up.
 *
 * @param distance from the point to the eye
 * @param radius of a sphere about the point that holds what is looked at, for the depth that is kept
 */
public record OrbitCamera(
        double azimuth, double elevation, double distance, double x, double y, double z, double radius) {
    /** The whole vertical angle of view. */
    public static final double FIELD_OF_VIEW = Math.toRadians(24);

    private static final double STEEPEST = Math.toRadians(89);
    private static final double MARGIN = 1.02;

    /** Of a head's box the front corners are empty, so that they need not all be seen. */
    private static final double FORWARD = 0.5;

    private static final double NEAREST = 0.6;
    private static final double FARTHEST = 40;

    /** Sees the box from the front, whole, in a square view. */
    public static OrbitCamera framing(Box box) {
        return new OrbitCamera(0, 0, 1, 0, 0, 0, 1).framed(box);
    }

    /** From the same direction, so far that a head in the box is seen whole in a square view. */
    public OrbitCamera framed(Box box) {
        double[] r = rotation();
        double away = 0;
        for (int corner = 0; corner < 8; corner++) {
            double[] p = {
                ((corner & 1) - 0.5) * box.sizeX(),
                ((corner >> 1 & 1) - 0.5) * box.sizeY(),
                ((corner >> 2) - 0.5) * box.sizeZ()
            };
            double side = Math.max(Math.abs(dot(r, 0, p)), Math.abs(dot(r, 3, p)));
            away = Math.max(away, MARGIN * side / Math.tan(FIELD_OF_VIEW / 2) + FORWARD * dot(r, 6, p));
        }
        double reach = Math.max(box.diagonal() / 2, 1e-6);
        return new OrbitCamera(
                azimuth,
                elevation,
                Math.max(away, reach * NEAREST),
                (box.minX() + box.maxX()) / 2,
                (box.minY() + box.maxY()) / 2,
                (box.minZ() + box.maxZ()) / 2,
                reach);
    }

    private static double dot(double[] rows, int at, double[] p) {
        return rows[at] * p[0] + rows[at + 1] * p[1] + rows[at + 2] * p[2];
    }

    public OrbitCamera orbited(double right, double up) {
        double turned = Math.IEEEremainder(azimuth + right, 2 * Math.PI);
        return new OrbitCamera(turned, Math.clamp(elevation + up, -STEEPEST, STEEPEST), distance, x, y, z, radius);
    }

    /** @param factor below 1 comes nearer */
    public OrbitCamera zoomed(double factor) {
        double to = Math.clamp(distance * factor, radius * NEAREST, radius * FARTHEST);
        return new OrbitCamera(azimuth, elevation, to, x, y, z, radius);
    }

    /** Moves what is looked at, in heights of the view. */
    public OrbitCamera panned(double right, double up) {
        double height = 2 * distance * Math.tan(FIELD_OF_VIEW / 2);
        double[] r = rotation();
        double dx = right * height;
        double dy = up * height;
        return new OrbitCamera(
                azimuth,
                elevation,
                distance,
                x + r[0] * dx + r[3] * dy,
                y + r[1] * dx + r[4] * dy,
                z + r[2] * dx + r[5] * dy,
                radius);
    }

    /** The same distance and point, from a given direction. */
    public OrbitCamera facing(double newAzimuth, double newElevation) {
        return new OrbitCamera(newAzimuth, newElevation, distance, x, y, z, radius);
    }

    /** Three rows: right, up and backward in the world. */
    public double[] rotation() {
        double ca = Math.cos(azimuth);
        double sa = Math.sin(azimuth);
        double ce = Math.cos(elevation);
        double se = Math.sin(elevation);
        return new double[] {ca, 0, -sa, -se * sa, ce, -se * ca, ce * sa, se, ce * ca};
    }

    public double[] eye() {
        double[] r = rotation();
        return new double[] {x + distance * r[6], y + distance * r[7], z + distance * r[8]};
    }

    /** 4×4, columns one after another as OpenGL takes them, world to camera. */
    public float[] view() {
        double[] r = rotation();
        double[] e = eye();
        float[] m = new float[16];
        for (int row = 0; row < 3; row++) {
            double moved = 0;
            for (int column = 0; column < 3; column++) {
                m[4 * column + row] = (float) r[3 * row + column];
                moved -= r[3 * row + column] * e[column];
            }
            m[12 + row] = (float) moved;
        }
        m[15] = 1;
        return m;
    }

    /** 4×4, columns one after another, camera to clip space. @param aspect width by height */
    public float[] projection(double aspect) {
        double f = 1 / Math.tan(FIELD_OF_VIEW / 2);
        // a portrait window narrower than high keeps the width of the square view
        double scale = Math.min(1, aspect);
        double near = Math.max(distance - 4 * radius, distance / 50);
        double far = distance + 4 * radius;
        float[] m = new float[16];
        m[0] = (float) (f * scale / aspect);
        m[5] = (float) (f * scale);
        m[10] = (float) (-(far + near) / (far - near));
        m[11] = -1;
        m[14] = (float) (-2 * far * near / (far - near));
        return m;
    }
}
