// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * A detected face, in pixel coordinates of the photo (pixel centres at whole numbers, y down).
 *
 * @param points x and y of five points: the eye at the left of the picture, the eye at its right, nose tip, mouth
 *     corner at the left, mouth corner at the right
 * @param score the detector's confidence, 0 to 1
 */
public record Face(float left, float top, float right, float bottom, float[] points, float score) {
    public Face {
        if (points.length != 10) {
            throw new IllegalArgumentException("five points are ten numbers, not " + points.length);
        }
        points = points.clone();
    }

    @Override
    public float[] points() {
        return points.clone();
    }

    public float width() {
        return right - left;
    }

    public float height() {
        return bottom - top;
    }

    public float area() {
        return Math.max(0, width()) * Math.max(0, height());
    }

    /** Pixels between the eyes. */
    public float eyeDistance() {
        return (float) Math.hypot(points[2] - points[0], points[3] - points[1]);
    }
}
