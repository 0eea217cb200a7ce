// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.encoders.Similarity;
import org.eidolon.head.model.HeadModel;
import org.eidolon.render.Camera;

/**
 * Finds the camera whose picture of a subject is the aligned 112×112 crop that a detector would have cut out: the five
 * points, each off by the shot's jitter, lie where the encoder wants them. So portraits need no detection, only the
 * error of one.
 */
final class PortraitCamera {
    private static final double DISTANCE = 4.5;
    private static final int ROUNDS = 6;

    /** Landmarks whose mean is each point: eyes (their rims), nose tip, mouth corners; iBUG order. */
    private static final List<int[]> POINTS =
            List.of(range(36, 42), range(42, 48), new int[] {30}, new int[] {48}, new int[] {54});

    private final HeadModel model;

    PortraitCamera(HeadModel model) {
        this.model = model;
    }

    Camera of(Subject subject) {
        Subject.Shot shot = subject.portrait();
        double[][] points = points(subject);
        double half = FaceAlignment.SIZE / 2.0;
        double tan = 0.12;
        double[] target = {0, 0.1, 0.3};
        double roll = shot.roll();
        Camera camera = null;
        for (int round = 0; round <= ROUNDS; round++) {
            camera = new Camera(
                    shot.azimuth(),
                    shot.elevation(),
                    DISTANCE,
                    2 * Math.atan(tan),
                    target[0],
                    target[1],
                    target[2],
                    roll);
            if (round == ROUNDS) break;
            double[] seen = new double[10];
            double[] view = camera.view();
            for (int p = 0; p < 5; p++) {
                double[] c = transform(view, points[p]);
                seen[2 * p] = half + half * c[0] / (-c[2] * tan) + shot.jitter()[2 * p];
                seen[2 * p + 1] = half - half * c[1] / (-c[2] * tan) + shot.jitter()[2 * p + 1];
            }
            Similarity toCrop = FaceAlignment.similarity(seen);
            Similarity back = toCrop.inverse();
            double right = (back.x(half, half) - half) / half * tan * DISTANCE;
            double down = (back.y(half, half) - half) / half * tan * DISTANCE;
            double[] axes = camera.rotation();
            for (int i = 0; i < 3; i++) target[i] += right * axes[i] - down * axes[3 + i];
            tan /= toCrop.scale();
            roll += toCrop.angle();
        }
        return camera;
    }

    /** The five points in head space. */
    private double[][] points(Subject subject) {
        double[][] points = new double[5][3];
        for (int p = 0; p < 5; p++) {
            for (int landmark : POINTS.get(p)) {
                for (int axis = 0; axis < 3; axis++) {
                    points[p][axis] += at(subject, model.landmarks()[landmark] * 3 + axis) / POINTS.get(p).length;
                }
            }
        }
        return points;
    }

    private double at(Subject subject, int coordinate) {
        double value = model.neutral()[coordinate];
        for (int i = 0; i < subject.identity().length; i++) {
            value += subject.identity()[i] * model.identities().get(i)[coordinate];
        }
        float[] shapes = subject.portrait().shapes();
        for (int i = 0; i < shapes.length; i++) {
            if (shapes[i] != 0) value += shapes[i] * model.shapes().get(i)[coordinate];
        }
        return value;
    }

    private static double[] transform(double[] m, double[] p) {
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) {
            out[i] = m[4 * i] * p[0] + m[4 * i + 1] * p[1] + m[4 * i + 2] * p[2] + m[4 * i + 3];
        }
        return out;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
