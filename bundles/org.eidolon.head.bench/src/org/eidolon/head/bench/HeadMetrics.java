// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.List;
import org.eidolon.head.geometry.NormalViews;

/**
 * How alike two sets of normal pictures are (docs/method.md, "Measuring likeness").
 */
final class HeadMetrics {
    private HeadMetrics() {}

    /**
     * Sums over pictures, to be added up over many.
     *
     * @param angles sum of the angles between normals where both cover, degrees
     * @param both pixels that both cover
     * @param either pixels that at least one covers
     */
    public record Match(double angles, long both, long either) {
        public static final Match NONE = new Match(0, 0, 0);

        public Match plus(Match other) {
            return new Match(angles + other.angles, both + other.both, either + other.either);
        }

        /** Mean angle between normals where both cover, degrees; NaN if nowhere. */
        public double degrees() {
            return angles / both;
        }

        /** Intersection of the silhouettes over their union. */
        public double iou() {
            return either == 0 ? 1 : (double) both / either;
        }
    }

    /**
     * Compares pictures of one size.
     *
     * @throws IllegalArgumentException if they differ in number or size
     */
    public static Match match(NormalViews.Seen ours, NormalViews.Seen truth) {
        if (ours.size() != truth.size() || ours.colours().length != truth.colours().length) {
            throw new IllegalArgumentException(ours.count() + " pictures of " + ours.size() + " and " + truth.count()
                    + " of " + truth.size() + " cannot be compared");
        }
        int plane = ours.size() * ours.size();
        double angles = 0;
        long both = 0, either = 0;
        double[] a = new double[3], b = new double[3];
        for (int i = 0; i < ours.mask().length; i++) {
            boolean here = ours.mask()[i] >= 0.5f, there = truth.mask()[i] >= 0.5f;
            if (here || there) either++;
            if (!here || !there) continue;
            both++;
            normal(ours, i, plane, a);
            normal(truth, i, plane, b);
            angles += angle(a, b);
        }
        return new Match(Math.toDegrees(angles), both, either);
    }

    /** Mean absolute difference of pictures: the distance by which heads and expressions are retrieved. */
    public static double distance(float[] ours, float[] truth) {
        if (ours.length != truth.length || ours.length == 0) {
            throw new IllegalArgumentException("pictures of " + ours.length + " and " + truth.length + " numbers");
        }
        double sum = 0;
        for (int i = 0; i < ours.length; i++) sum += Math.abs(ours[i] - truth[i]);
        return sum / ours.length / 2;
    }

    /** How many of the gallery are nearer to the query than the right one is, plus one: 1 is best. */
    public static int rank(float[] query, List<float[]> gallery, int right) {
        double own = distance(query, gallery.get(right));
        int rank = 1;
        for (int i = 0; i < gallery.size(); i++) {
            if (i != right && distance(query, gallery.get(i)) < own) rank++;
        }
        return rank;
    }

    /** How many expressions have their own truth as the nearest of all truths. */
    public static int retrieved(List<float[]> ours, List<float[]> truths) {
        int found = 0;
        for (int e = 0; e < ours.size(); e++) {
            if (rank(ours.get(e), truths, e) == 1) found++;
        }
        return found;
    }

    /** The normal that a pixel shows, what it was averaged with at an outline taken out. */
    private static void normal(NormalViews.Seen seen, int pixel, int plane, double[] n) {
        int at = pixel / plane * 3 * plane + pixel % plane;
        for (int c = 0; c < 3; c++) n[c] = (seen.colours()[at + c * plane] + 1) / seen.mask()[pixel] - 1;
    }

    private static double angle(double[] a, double[] b) {
        double x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2], z = a[0] * b[1] - a[1] * b[0];
        return Math.atan2(Math.sqrt(x * x + y * y + z * z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
    }
}
