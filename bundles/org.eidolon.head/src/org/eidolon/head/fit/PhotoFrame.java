// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import org.eidolon.render.Camera;

/**
 * The square part of a photo that a fitted {@link Camera} takes as its picture. It may reach beyond the photo.
 *
 * @param x column of its centre, photo pixels (pixel centres at whole numbers)
 * @param y row of its centre
 * @param side width and height, photo pixels
 */
public record PhotoFrame(double x, double y, double side) {
    /** The frame is so many times as wide as the face's landmarks: room for the hair and the neck. */
    private static final double ROOM = 2.4;

    public PhotoFrame {
        if (!(side > 0) || !Double.isFinite(x + y + side)) {
            throw new IllegalArgumentException("a frame of " + side + " pixels at " + x + ", " + y);
        }
    }

    /** Around landmarks (x, y each). */
    public static PhotoFrame around(float[] points) {
        double[] box = box(points);
        double size = size(box);
        return new PhotoFrame((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 - 0.12 * size, ROOM * size);
    }

    /** Size of a face: root of width times height of its landmarks' box, photo pixels. */
    static double size(float[] points) {
        return size(box(points));
    }

    private static double size(double[] box) {
        return Math.sqrt(Math.max(1, box[2] - box[0]) * Math.max(1, box[3] - box[1]));
    }

    /** Left, top, right, bottom. */
    private static double[] box(float[] points) {
        double left = Double.MAX_VALUE, top = left, right = -left, bottom = -left;
        for (int i = 0; i < points.length; i += 2) {
            left = Math.min(left, points[i]);
            right = Math.max(right, points[i]);
            top = Math.min(top, points[i + 1]);
            bottom = Math.max(bottom, points[i + 1]);
        }
        return new double[] {left, top, right, bottom};
    }

    /** −1 at the left border to 1 at the right one. */
    public double toPictureX(double photoX) {
        return (photoX - x) / (side / 2);
    }

    /** −1 at the lower border to 1 at the upper one, as in clip space. */
    public double toPictureY(double photoY) {
        return (y - photoY) / (side / 2);
    }

    public double toPhotoX(double pictureX) {
        return x + side / 2 * pictureX;
    }

    public double toPhotoY(double pictureY) {
        return y - side / 2 * pictureY;
    }
}
