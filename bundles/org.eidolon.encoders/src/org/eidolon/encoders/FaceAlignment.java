// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * Brings a face to the 112×112 crop that ArcFace networks are trained on: the similarity that takes five points of the
 * face nearest to five fixed points, in the least-squares sense (Umeyama, "Least-squares estimation of transformation
 * parameters between two point patterns", 1991; template of InsightFace's {@code norm_crop}).
 */
public final class FaceAlignment {
    /** Side of the crop in pixels. */
    public static final int SIZE = 112;

    private static final double[] TEMPLATE = {
        38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041
    };

    private FaceAlignment() {}

    /** The five template points, x and y in pixels of the crop, in the order of {@link Face#points()}. */
    public static double[] template() {
        return TEMPLATE.clone();
    }

    /**
     * Photo pixels to crop pixels. In the plane, without reflection, Umeyama's solution is closed: with both point
     * sets centred, a = Σ(p·q)/Σ|p|², b = Σ(p×q)/Σ|p|².
     *
     * @param points ten numbers, x and y of the five points
     * @throws IllegalArgumentException when the points coincide or are not finite
     */
    public static Similarity similarity(double[] points) {
        if (points.length != TEMPLATE.length) {
            throw new IllegalArgumentException("five points are ten numbers, not " + points.length);
        }
        double mx = 0;
        double my = 0;
        double ux = 0;
        double uy = 0;
        for (int i = 0; i < 10; i += 2) {
            mx += points[i] / 5;
            my += points[i + 1] / 5;
            ux += TEMPLATE[i] / 5;
            uy += TEMPLATE[i + 1] / 5;
        }
        double dot = 0;
        double cross = 0;
        double norm = 0;
        for (int i = 0; i < 10; i += 2) {
            double px = points[i] - mx;
            double py = points[i + 1] - my;
            double qx = TEMPLATE[i] - ux;
            double qy = TEMPLATE[i + 1] - uy;
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            norm += px * px + py * py;
        }
        double a = dot / norm;
        double b = cross / norm;
        if (!(norm > 1e-12) || !(a * a + b * b > 1e-18) || !Double.isFinite(mx + my + a + b)) {
            throw new IllegalArgumentException("the five points do not span a face");
        }
        return new Similarity(a, b, ux - (a * mx - b * my), uy - (b * mx + a * my));
    }

    /** As {@link #similarity(double[])}. */
    static Similarity similarity(float[] points) {
        double[] p = new double[points.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = points[i];
        }
        return similarity(p);
    }

    /** The aligned crop of a face, 112×112. */
    public static Photo align(Photo photo, float[] points) {
        return warp(photo, similarity(points), SIZE, SIZE);
    }

    /**
     * Samples the photo where the inverse of {@code toCrop} puts the crop's pixels; black outside the photo. Where the
     * photo is finer than the crop each crop pixel is the mean of the area it covers, so that large photos do not
     * alias.
     */
    public static Photo warp(Photo photo, Similarity toCrop, int width, int height) {
        Similarity inverse = toCrop.inverse();
        double step = inverse.scale(); // photo pixels per crop pixel
        Photo source = photo;
        Similarity toPhoto = inverse;
        int reduce = (int) Math.floor(step / 3);
        if (reduce > 1) {
            source = reduced(photo, reduce);
            // Centre of reduced pixel i is photo pixel i·reduce + (reduce − 1)/2.
            double r = reduce;
            double half = (r - 1) / 2;
            toPhoto = new Similarity(
                    inverse.a() / r, inverse.b() / r, (inverse.tx() - half) / r, (inverse.ty() - half) / r);
        }
        int samples = Math.max(1, (int) Math.ceil(toPhoto.scale() - 0.01));
        byte[] out = new byte[width * height * 3];
        double[] sum = new double[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                for (int j = 0; j < samples; j++) {
                    double cy = y + (j + 0.5) / samples - 0.5;
                    for (int i = 0; i < samples; i++) {
                        double cx = x + (i + 0.5) / samples - 0.5;
                        bilinear(source, toPhoto.x(cx, cy), toPhoto.y(cx, cy), sum);
                    }
                }
                for (int c = 0; c < 3; c++) {
                    out[(y * width + x) * 3 + c] = (byte) Math.clamp(Math.round(sum[c] / (samples * samples)), 0, 255);
                }
            }
        }
        return new Photo(width, height, out);
    }

    private static void bilinear(Photo photo, double x, double y, double[] sum) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        double fx = x - x0;
        double fy = y - y0;
        add(photo, x0, y0, (1 - fx) * (1 - fy), sum);
        add(photo, x0 + 1, y0, fx * (1 - fy), sum);
        add(photo, x0, y0 + 1, (1 - fx) * fy, sum);
        add(photo, x0 + 1, y0 + 1, fx * fy, sum);
    }

    private static void add(Photo photo, int x, int y, double weight, double[] sum) {
        if (x < 0 || y < 0 || x >= photo.width() || y >= photo.height()) {
            return;
        }
        byte[] rgb = photo.raw();
        int at = (y * photo.width() + x) * 3;
        sum[0] += weight * (rgb[at] & 0xff);
        sum[1] += weight * (rgb[at + 1] & 0xff);
        sum[2] += weight * (rgb[at + 2] & 0xff);
    }

    /** Means of n×n blocks; what is left at the right and bottom is dropped. */
    static Photo reduced(Photo photo, int n) {
        int width = Math.max(1, photo.width() / n);
        int height = Math.max(1, photo.height() / n);
        byte[] rgb = photo.raw();
        byte[] out = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int r = 0;
                int g = 0;
                int b = 0;
                int count = 0;
                for (int j = y * n; j < Math.min(photo.height(), y * n + n); j++) {
                    for (int i = x * n; i < Math.min(photo.width(), x * n + n); i++) {
                        int at = (j * photo.width() + i) * 3;
                        r += rgb[at] & 0xff;
                        g += rgb[at + 1] & 0xff;
                        b += rgb[at + 2] & 0xff;
                        count++;
                    }
                }
                int to = (y * width + x) * 3;
                out[to] = (byte) ((r + count / 2) / count);
                out[to + 1] = (byte) ((g + count / 2) / count);
                out[to + 2] = (byte) ((b + count / 2) / count);
            }
        }
        return new Photo(width, height, out);
    }
}
