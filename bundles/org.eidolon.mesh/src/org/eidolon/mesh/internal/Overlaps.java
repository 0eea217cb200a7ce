// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;

/**
 * Finds plane triangles that lie over one another, exactly (separating axes) up to a tolerance, with a grid of cells so
 * that only neighbours are compared.
 */
final class Overlaps {

    private final Chart chart;
    private final double[] at;
    private final double tolerance;
    private final double[] box;
    private final double cell;
    private final int columns;
    private final int rows;
    private final int[] head; // linked lists of accepted triangles per cell
    private int[] next = new int[1024];
    private int[] item = new int[1024];
    private int entries;

    private Overlaps(Chart chart, double[] at) {
        this.chart = chart;
        this.at = at;
        double[] saved = chart.plane;
        chart.plane = at;
        this.box = chart.bounds();
        double area = chart.planeArea();
        chart.plane = saved;
        double edge = Math.sqrt(2 * area / Math.max(1, chart.faces.length)) + 1e-30;
        this.tolerance = 1e-3 * edge;
        double width = Math.max(box[2] - box[0], box[3] - box[1]);
        this.cell = Math.max(2 * edge, width / 1000) + 1e-30;
        this.columns = (int) ((box[2] - box[0]) / cell) + 1;
        this.rows = (int) ((box[3] - box[1]) / cell) + 1;
        this.head = new int[columns * rows];
        Arrays.fill(head, -1);
    }

    /** Whether no triangle is flipped and no two overlap. */
    static boolean none(Chart chart, double[] at) {
        Overlaps overlaps = new Overlaps(chart, at);
        for (int f = 0; f < chart.faces.length; f++) {
            if (overlaps.flipped(f) || !overlaps.accept(f)) {
                return false;
            }
        }
        return true;
    }

    /** Triangles, taken in the given order, that are flipped or overlap one taken before: they must go elsewhere. */
    static boolean[] peel(Chart chart, double[] at, Integer[] order) {
        Overlaps overlaps = new Overlaps(chart, at);
        boolean[] peeled = new boolean[chart.faces.length];
        for (int f : order) {
            peeled[f] = overlaps.flipped(f) || !overlaps.accept(f);
        }
        return peeled;
    }

    private boolean flipped(int f) {
        double area = 2 * chart.signedArea(f, at);
        if (area >= 0) {
            return false;
        }
        double longest = 0;
        for (int k = 0; k < 3; k++) {
            int a = chart.corners[3 * f + k];
            int b = chart.corners[3 * f + (k + 1) % 3];
            longest = Math.max(longest, StrictMath.hypot(at[2 * a] - at[2 * b], at[2 * a + 1] - at[2 * b + 1]));
        }
        return -area > tolerance * longest; // a sliver thinner than the tolerance does no harm
    }

    private boolean accept(int f) {
        double[] b = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int k = 0; k < 3; k++) {
            int v = chart.corners[3 * f + k];
            for (int d = 0; d < 2; d++) {
                b[d] = Math.min(b[d], at[2 * v + d]);
                b[2 + d] = Math.max(b[2 + d], at[2 * v + d]);
            }
        }
        int x0 = (int) ((b[0] - box[0]) / cell);
        int y0 = (int) ((b[1] - box[1]) / cell);
        int x1 = Math.min(columns - 1, (int) ((b[2] - box[0]) / cell));
        int y1 = Math.min(rows - 1, (int) ((b[3] - box[1]) / cell));
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                for (int e = head[y * columns + x]; e >= 0; e = next[e]) {
                    if (overlap(f, item[e])) {
                        return false;
                    }
                }
            }
        }
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                if (entries == next.length) {
                    next = Arrays.copyOf(next, 2 * entries);
                    item = Arrays.copyOf(item, 2 * entries);
                }
                next[entries] = head[y * columns + x];
                item[entries] = f;
                head[y * columns + x] = entries++;
            }
        }
        return true;
    }

    private boolean overlap(int f, int g) {
        return !separated(f, g) && !separated(g, f);
    }

    /** Whether an edge of triangle f has all of g on its other side. */
    private boolean separated(int f, int g) {
        double orientation = chart.signedArea(f, at) >= 0 ? 1 : -1;
        for (int k = 0; k < 3; k++) {
            int a = chart.corners[3 * f + k];
            int b = chart.corners[3 * f + (k + 1) % 3];
            double length = StrictMath.hypot(at[2 * b] - at[2 * a], at[2 * b + 1] - at[2 * a + 1]);
            if (length < 1e-30) {
                continue;
            }
            double most = -Double.MAX_VALUE;
            for (int j = 0; j < 3; j++) {
                most = Math.max(most, orientation * Geometry.cross(at, a, b, chart.corners[3 * g + j]) / length);
            }
            if (most <= tolerance) {
                return true;
            }
        }
        return false;
    }
}
