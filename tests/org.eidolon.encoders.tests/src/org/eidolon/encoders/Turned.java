// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.Arrays;

/** Photos and points turned: in the picture's plane, or about the upright axis by the depth of a face's own points. */
final class Turned {
    private Turned() {}

    /** Turned about the middle in a square picture that holds all of it; degrees from x towards y. */
    static Similarity roll(Photo photo, double degrees) {
        double side = Math.ceil(Math.hypot(photo.width(), photo.height()));
        double a = Math.cos(Math.toRadians(degrees));
        double b = Math.sin(Math.toRadians(degrees));
        double x = (photo.width() - 1) / 2.0;
        double y = (photo.height() - 1) / 2.0;
        double middle = (side - 1) / 2;
        return new Similarity(a, b, middle - (a * x - b * y), middle - (b * x + a * y));
    }

    static Photo rolled(Photo photo, double degrees) {
        int side = (int) Math.ceil(Math.hypot(photo.width(), photo.height()));
        return FaceAlignment.warp(photo, roll(photo, degrees), side, side);
    }

    static FacePoints moved(FacePoints points, Similarity by) {
        float[] p = points.points();
        for (int i = 0; i < p.length; i += 3) {
            float x = p[i];
            p[i] = (float) by.x(x, p[i + 1]);
            p[i + 1] = (float) by.y(x, p[i + 1]);
            p[i + 2] *= (float) by.scale();
        }
        return new FacePoints(p, points.presence(), points.disagreement());
    }

    static FacePoints mirrored(FacePoints points, int width) {
        float[] p = new float[FacePoints.COUNT * 3];
        for (int i = 0; i < FacePoints.COUNT; i++) {
            int from = FacePoints.partner(i);
            p[3 * i] = width - 1 - points.x(from);
            p[3 * i + 1] = points.y(from);
            p[3 * i + 2] = points.z(from);
        }
        return new FacePoints(p, points.presence(), points.disagreement());
    }

    /** Points of a head turned about the upright axis through the face's middle; positive turns x away from us. */
    static FacePoints yawed(FacePoints points, double degrees) {
        double a = Math.cos(Math.toRadians(degrees));
        double b = Math.sin(Math.toRadians(degrees));
        double cx = middle(points);
        float[] p = points.points();
        for (int i = 0; i < p.length; i += 3) {
            double x = p[i] - cx;
            double z = p[i + 2];
            p[i] = (float) (cx + a * x - b * z);
            p[i + 2] = (float) (b * x + a * z);
        }
        return new FacePoints(p, points.presence(), points.disagreement());
    }

    private static double middle(FacePoints points) {
        return (points.x(FacePoints.CHEEK_LEFT) + points.x(FacePoints.CHEEK_RIGHT)) / 2.0;
    }

    /** The photo as a relief: each pixel around the face at the depth of the points near it, turned, nearest in front. */
    static Photo yawed(Photo photo, FacePoints points, double degrees) {
        double a = Math.cos(Math.toRadians(degrees));
        double b = Math.sin(Math.toRadians(degrees));
        double cx = middle(points);
        int w = photo.width();
        int h = photo.height();
        double reach = 0.9 * points.width();
        double cy = points.y(FacePoints.NOSE);
        byte[] rgb = new byte[w * h * 3];
        Arrays.fill(rgb, (byte) 120);
        double[] nearest = new double[w * h];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (double y = Math.max(0, cy - reach); y < Math.min(h - 1, cy + reach); y += 0.5) {
            for (double x = Math.max(0, cx - reach); x < Math.min(w - 1, cx + reach); x += 0.5) {
                double z = depth(points, x, y);
                int tx = (int) Math.round(cx + a * (x - cx) - b * z);
                int ty = (int) Math.round(y);
                double tz = b * (x - cx) + a * z;
                if (tx < 0 || tx >= w || ty >= h || tz >= nearest[ty * w + tx]) {
                    continue;
                }
                nearest[ty * w + tx] = tz;
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (ty * w + tx) + c] = (byte) photo.at((int) Math.round(x), (int) Math.round(y), c);
                }
            }
        }
        return Photo.ofBytes(rgb, w, h);
    }

    private static double depth(FacePoints points, double x, double y) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < FacePoints.COUNT; i++) {
            double dx = x - points.x(i);
            double dy = y - points.y(i);
            double d = dx * dx + dy * dy + 0.1;
            double near = 1 / (d * d);
            sum += near * points.z(i);
            weight += near;
        }
        return sum / weight;
    }
}
