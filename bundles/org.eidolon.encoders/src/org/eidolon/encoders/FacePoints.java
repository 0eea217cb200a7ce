// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * The 468 points of a face as MediaPipe's FaceMesh numbers them, in pixels of the photo (pixel centres at whole numbers,
 * y down; z in the same unit, less is nearer to the camera, 0 about the middle of the head's depth).
 *
 * @param points 468 × 3 numbers: x, y, z
 * @param presence how surely there is a face, 0 to 1: the lower one of two looks, at the crop and at its mirror image.
 *     Faces have more than 0.99; about 0.5 parts faces from the rest
 * @param disagreement mean distance between the points of the two looks before they were averaged, as a share of the
 *     face's width: 0.004 to 0.015 for clear faces, more than 0.03 where the points are not to be trusted
 */
public record FacePoints(float[] points, float presence, float disagreement) {
    /** Number of points. */
    public static final int COUNT = 468;

    /** Outer corners of the eye at the left and at the right of an unmirrored picture. */
    public static final int EYE_LEFT = 33;

    public static final int EYE_RIGHT = 263;

    /** Middle of the hairline, tip of the nose, chin. */
    public static final int FOREHEAD = 10;

    public static final int NOSE = 1;
    public static final int CHIN = 152;

    /** Corners of the mouth at the left and at the right of an unmirrored picture. */
    public static final int MOUTH_LEFT = 61;

    public static final int MOUTH_RIGHT = 291;

    /** Widest places of the face's oval at the left and at the right of an unmirrored picture. */
    public static final int CHEEK_LEFT = 234;

    public static final int CHEEK_RIGHT = 454;

    // Numbers below 248 run over one half and the middle, the rest over the other half in the same order. Measured on
    // photos and their mirror images: the pairing of least distance.
    private static final int HALF = 248;
    private static final int[] MIDDLE = {
        0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94, 151, 152, 164, 168, 175, 195, 197, 199, 200
    };
    private static final int[] PARTNER = partners();

    public FacePoints {
        if (points.length != COUNT * 3) {
            throw new IllegalArgumentException("468 points are 1404 numbers, not " + points.length);
        }
        points = points.clone();
    }

    private static int[] partners() {
        int[] partner = new int[COUNT];
        for (int i : MIDDLE) {
            partner[i] = i;
        }
        int other = HALF;
        for (int i = 0, m = 0; i < HALF; i++) {
            if (m < MIDDLE.length && MIDDLE[m] == i) {
                m++;
            } else {
                partner[i] = other;
                partner[other++] = i;
            }
        }
        return partner;
    }

    /** The same place on the other half of the face; the point itself in the middle. */
    public static int partner(int point) {
        return PARTNER[point];
    }

    /** A copy: 468 × 3 numbers. */
    @Override
    public float[] points() {
        return points.clone();
    }

    public float x(int point) {
        return points[3 * point];
    }

    public float y(int point) {
        return points[3 * point + 1];
    }

    public float z(int point) {
        return points[3 * point + 2];
    }

    /** Pixels between the cheeks, depth included, so that a turned face is as wide as one from the front. */
    public float width() {
        return (float) Math.sqrt(square(x(CHEEK_RIGHT) - x(CHEEK_LEFT))
                + square(y(CHEEK_RIGHT) - y(CHEEK_LEFT))
                + square(z(CHEEK_RIGHT) - z(CHEEK_LEFT)));
    }

    /** Mean distance in the picture to other points of the same face, as a share of this one's width. */
    public double distance(FacePoints other) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Math.hypot(x(i) - other.x(i), y(i) - other.y(i));
        }
        return sum / COUNT / width();
    }

    private static double square(double x) {
        return x * x;
    }
}
