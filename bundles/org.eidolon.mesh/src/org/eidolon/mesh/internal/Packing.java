// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Packs charts into a grid of cells by their true outlines: the largest first, each in the lowest, then leftmost free
 * place in the best of four turns, at the largest common scale that fits.
 */
final class Packing {

    private static final int STEPS = 256;
    private static final double STEP = 0.985;

    private final int width;
    private final int height;
    private final long[][] taken;

    /** A cell grid; {@code free(x, y)} says where charts may lie. */
    Packing(int width, int height, java.util.function.BiPredicate<Integer, Integer> free) {
        this.width = width;
        this.height = height;
        this.taken = new long[height][(width + 63) / 64 + 1];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (!free.test(x, y)) {
                    taken[y][x >> 6] |= 1L << x;
                }
            }
            for (int x = width; x < 64 * taken[y].length; x++) {
                taken[y][x >> 6] |= 1L << x;
            }
        }
    }

    /**
     * Turns, scales and moves the charts into cell coordinates, in place.
     *
     * @param padding free cells kept between charts
     * @param most the largest scale allowed, in cells per unit; {@link Double#MAX_VALUE} for as large as fits
     * @return the scale in cells per unit
     */
    double pack(List<Chart> charts, int padding, double most) {
        if (charts.isEmpty()) {
            return most;
        }
        Integer[] order = IntStream.range(0, charts.size()).boxed().toArray(Integer[]::new);
        double[] size = new double[order.length];
        double total = 0;
        for (int c = 0; c < order.length; c++) {
            double[] b = charts.get(c).bounds();
            size[c] = Math.max(b[2] - b[0], b[3] - b[1]);
            total += charts.get(c).planeArea();
        }
        Arrays.sort(order, Comparator.<Integer>comparingDouble(c -> -size[c]));
        long room = 0;
        for (long[] row : taken) {
            for (long word : row) {
                room += Long.bitCount(~word);
            }
        }
        double largest = Math.min(most, Math.sqrt(room / Math.max(total, 1e-30)));
        // halve the range of steps that may fit: packing is nearly monotone in scale, and a step is 1.5%
        int fails = -1;
        int fits = STEPS;
        Place[] places = null;
        while (fits - fails > 1) {
            int step = (fails + fits) >>> 1;
            Place[] trial = tryScale(charts, order, padding, largest * StrictMath.pow(STEP, step));
            fails = trial == null ? step : fails;
            fits = trial == null ? fits : step;
            places = trial == null ? places : trial;
        }
        if (places == null) {
            throw new IllegalStateException(charts.size() + " charts don't fit into " + width + "×" + height
                    + " cells; use a larger atlas or less padding");
        }
        double scale = largest * StrictMath.pow(STEP, fits);
        for (int c = 0; c < places.length; c++) {
            Chart chart = charts.get(c);
            chart.plane = turned(chart.plane, places[c].turn);
            chart.scale(scale);
            double[] b = chart.bounds();
            for (int i = 0; i < chart.plane.length; i += 2) {
                chart.plane[i] += places[c].x + padding - b[0];
                chart.plane[i + 1] += places[c].y + padding - b[1];
            }
        }
        return scale;
    }

    private record Place(int turn, int x, int y) {}

    private Place[] tryScale(List<Chart> charts, Integer[] order, int padding, double scale) {
        long[][] grid = new long[height][];
        for (int y = 0; y < height; y++) {
            grid[y] = taken[y].clone();
        }
        Place[] places = new Place[order.length];
        for (int c : order) {
            Place best = null;
            long[][] bestMask = null;
            for (int turn = 0; turn < 4; turn++) {
                Mask mask = mask(charts.get(c), turn, scale, padding);
                int limit = best == null ? height : best.y; // a later turn must do better
                Place place = find(grid, mask, turn, limit);
                if (place != null && (best == null || place.y < best.y)) {
                    best = place;
                    bestMask = mask(charts.get(c), turn, scale, 0).rows;
                }
            }
            if (best == null) {
                return null;
            }
            places[c] = best;
            // the padded outline must be free, but only the plain one is taken: neighbours share the gap
            for (int y = 0; y < bestMask.length; y++) {
                or(grid[best.y + padding + y], bestMask[y], best.x + padding);
            }
        }
        return places;
    }

    private Place find(long[][] grid, Mask mask, int turn, int limit) {
        for (int y = 0; y + mask.rows.length <= height && y < limit; y++) {
            for (int x = 0; x + mask.width <= width; x++) {
                if (free(grid, mask, x, y)) {
                    return new Place(turn, x, y);
                }
            }
        }
        return null;
    }

    private static boolean free(long[][] grid, Mask mask, int x, int y) {
        int word = x >> 6;
        int shift = x & 63;
        for (int r = 0; r < mask.rows.length; r++) {
            long[] m = mask.rows[r];
            long[] g = grid[y + r];
            long carry = 0;
            for (int i = 0; i < m.length; i++) {
                if ((g[word + i] & (m[i] << shift | carry)) != 0) {
                    return false;
                }
                carry = shift == 0 ? 0 : m[i] >>> 64 - shift;
            }
            if (carry != 0 && (g[word + m.length] & carry) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void or(long[] row, long[] mask, int x) {
        int shift = x & 63;
        for (int i = 0; i < mask.length; i++) {
            row[(x >> 6) + i] |= mask[i] << shift;
            if (shift != 0 && mask[i] >>> 64 - shift != 0) {
                row[(x >> 6) + i + 1] |= mask[i] >>> 64 - shift;
            }
        }
    }

    private record Mask(int width, long[][] rows) {}

    private static double[] turned(double[] plane, int quarters) {
        double[] result = plane.clone();
        for (int i = 0; i < plane.length; i += 2) {
            double x = plane[i];
            double y = plane[i + 1];
            result[i] = quarters == 0 ? x : quarters == 1 ? -y : quarters == 2 ? -x : y;
            result[i + 1] = quarters == 0 ? y : quarters == 1 ? x : quarters == 2 ? -y : -x;
        }
        return result;
    }

    /** Every cell that the chart touches, grown by {@code padding} cells on all sides. */
    private static Mask mask(Chart chart, int turn, double scale, int padding) {
        double[] plane = turned(chart.plane, turn);
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= scale;
            low[i % 2] = Math.min(low[i % 2], plane[i]);
            high[i % 2] = Math.max(high[i % 2], plane[i]);
        }
        int w = (int) (high[0] - low[0]) + 1 + 2 * padding;
        int h = (int) (high[1] - low[1]) + 1 + 2 * padding;
        for (int i = 0; i < plane.length; i++) {
            plane[i] += padding - low[i % 2];
        }
        long[][] rows = new long[h][(w + 63) / 64];
        for (int f = 0; f < chart.faces.length; f++) {
            touch(rows, plane, chart.corners, 3 * f, w);
        }
        return new Mask(w, padding == 0 ? rows : grown(rows, padding));
    }

    private static void touch(long[][] rows, double[] p, int[] corners, int at, int width) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int k = 0; k < 3; k++) {
            low = Math.min(low, p[2 * corners[at + k] + 1]);
            high = Math.max(high, p[2 * corners[at + k] + 1]);
        }
        for (int y = (int) low; y <= Math.min(rows.length - 1, (int) high); y++) {
            double left = Double.MAX_VALUE;
            double right = -Double.MAX_VALUE;
            for (int k = 0; k < 3; k++) { // the part of each edge within this row of cells
                int a = 2 * corners[at + k];
                int b = 2 * corners[at + (k + 1) % 3];
                double dy = p[b + 1] - p[a + 1];
                double t0 = dy == 0 ? 0 : Math.clamp((y - p[a + 1]) / dy, 0, 1);
                double t1 = dy == 0 ? 1 : Math.clamp((y + 1 - p[a + 1]) / dy, 0, 1);
                if (Math.max(p[a + 1], p[b + 1]) < y || Math.min(p[a + 1], p[b + 1]) > y + 1) {
                    continue;
                }
                double x0 = p[a] + t0 * (p[b] - p[a]);
                double x1 = p[a] + t1 * (p[b] - p[a]);
                left = Math.min(left, Math.min(x0, x1));
                right = Math.max(right, Math.max(x0, x1));
            }
            for (int x = Math.max(0, (int) left); x <= Math.min(width - 1, (int) right) && left <= right; x++) {
                rows[y][x >> 6] |= 1L << x;
            }
        }
    }

    private static long[][] grown(long[][] rows, int by) {
        long[][] result = rows;
        for (int i = 0; i < by; i++) {
            long[][] next = new long[rows.length][rows[0].length];
            for (int y = 0; y < rows.length; y++) {
                for (int d = -1; d <= 1; d++) {
                    if (y + d < 0 || y + d >= rows.length) {
                        continue;
                    }
                    long[] row = result[y + d];
                    for (int w = 0; w < row.length; w++) {
                        long before = w > 0 ? row[w - 1] >>> 63 : 0;
                        long after = w + 1 < row.length ? row[w + 1] << 63 : 0;
                        next[y][w] |= row[w] | row[w] << 1 | before | row[w] >>> 1 | after;
                    }
                }
            }
            result = next;
        }
        return result;
    }
}
