// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import org.eidolon.render.Camera;

/**
 * The six numbers of a camera that a photo leaves open, in a form that a solver can move: its field of view is known,
 * and so is the depth of the point that it looks at.
 *
 * @param azimuth radians
 * @param elevation radians
 * @param roll radians
 * @param targetX point looked at, head space
 * @param targetY point looked at, head space
 * @param logDistance natural logarithm of the distance to that point
 */
record Pose(double azimuth, double elevation, double roll, double targetX, double targetY, double logDistance) {
    static final int NUMBERS = 6;

    /** Depth of the point that is looked at: the middle of the face. */
    private static final double TARGET_Z = 0.35;

    /** Numbers move by this much for a central difference; in double precision the rest of it does not count. */
    private static final double STEP = 1e-5;

    static Pose of(double[] p, int from) {
        return new Pose(p[from], p[from + 1], p[from + 2], p[from + 3], p[from + 4], p[from + 5]);
    }

    double[] numbers() {
        return new double[] {azimuth, elevation, roll, targetX, targetY, logDistance};
    }

    Camera camera(double fieldOfView) {
        return new Camera(azimuth, elevation, Math.exp(logDistance), fieldOfView, targetX, targetY, TARGET_Z, roll);
    }

    /** A camera as it projects points: world to −1…1. */
    static final class Projection {
        private final double[] view;
        private final double scale;

        Projection(Camera camera) {
            view = camera.view();
            scale = 1 / Math.tan(camera.fieldOfView() / 2);
        }

        /** Picture coordinates of a point, x to the right and y up, and the depth behind them. */
        double[] project(double[] points, int at) {
            double[] c = new double[3];
            for (int i = 0; i < 3; i++) {
                c[i] = view[4 * i] * points[at]
                        + view[4 * i + 1] * points[at + 1]
                        + view[4 * i + 2] * points[at + 2]
                        + view[4 * i + 3];
            }
            double depth = Math.max(1e-6, -c[2]);
            return new double[] {scale * c[0] / depth, scale * c[1] / depth, depth};
        }

        /** Derivatives of picture x (first three) and y (last three) by the point. */
        double[] slopes(double[] projected) {
            double[] out = new double[6];
            for (int k = 0; k < 3; k++) {
                // x = s c0 / d, d = −c2
                out[k] = (scale * view[k] + projected[0] * view[8 + k]) / projected[2];
                out[3 + k] = (scale * view[4 + k] + projected[1] * view[8 + k]) / projected[2];
            }
            return out;
        }
    }

    /** Derivatives of a point's picture x and y by each number: [6][2]. */
    double[][] slopes(double[] points, int at, Projection[] shifted) {
        double[][] out = new double[NUMBERS][];
        for (int k = 0; k < NUMBERS; k++) {
            double[] ahead = shifted[2 * k].project(points, at), behind = shifted[2 * k + 1].project(points, at);
            out[k] = new double[] {(ahead[0] - behind[0]) / (2 * STEP), (ahead[1] - behind[1]) / (2 * STEP)};
        }
        return out;
    }

    /** The projections a little ahead of and behind each number, which {@link #slopes} takes. */
    Projection[] shifted(double fieldOfView) {
        Projection[] out = new Projection[2 * NUMBERS];
        for (int i = 0; i < out.length; i++) {
            double[] p = numbers();
            p[i / 2] += i % 2 == 0 ? STEP : -STEP;
            out[i] = new Projection(of(p, 0).camera(fieldOfView));
        }
        return out;
    }
}
