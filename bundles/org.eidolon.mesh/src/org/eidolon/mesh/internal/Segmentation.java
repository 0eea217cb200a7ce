// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
import org.eidolon.mesh.MeshTopology;

/**
 * Cuts a surface into connected charts of similar normals by variational shape approximation (Cohen-Steiner, Alliez,
 * Desbrun, SIGGRAPH 2004, metric L2,1): flood from seeds, refit each chart's normal, add a seed where a chart bends most.
 */
final class Segmentation {

    private static final int MAX_CHARTS = 400;
    private static final int SMOOTHING = 6;
    private static final int CLEANING = 8;

    private final int[] neighbours;
    private final float[] normals; // smoothed over neighbours: noise of a marched surface must not cut charts
    private final double[] area;
    private final int faces;
    private final int[] chart;
    private final List<double[]> axes = new ArrayList<>();
    private int[] seeds;

    private Segmentation(Mesh mesh, MeshTopology topology, boolean[] included) {
        this.neighbours = topology.neighbours().clone();
        this.faces = mesh.triangleCount();
        this.chart = new int[faces];
        this.area = MeshMeasures.areas(mesh);
        for (int c = 0; c < neighbours.length; c++) {
            if (neighbours[c] >= 0 && !(included[c / 3] && included[neighbours[c] / 3])) {
                neighbours[c] = -1;
            }
        }
        this.normals = smoothed(MeshMeasures.faceNormals(mesh));
    }

    /**
     * Chart number of each included triangle, −1 of the others.
     *
     * @param maxAngle how far, in radians, a chart's normals may lean from its axis
     */
    static int[] segment(Mesh mesh, MeshTopology topology, boolean[] included, double maxAngle) {
        Segmentation s = new Segmentation(mesh, topology, included);
        s.run(included, maxAngle);
        return s.chart;
    }

    private void run(boolean[] included, double maxAngle) {
        seeds = firstSeeds(included);
        for (int seed : seeds) {
            axes.add(axisOf(seed));
        }
        double limit = 1 - StrictMath.cos(maxAngle);
        int most = seeds.length + MAX_CHARTS;
        while (true) {
            flood(included);
            refit();
            int[] worst = worst(included, limit);
            if (worst.length == 0 || seeds.length >= most) {
                break;
            }
            int from = seeds.length;
            seeds = Arrays.copyOf(seeds, from + worst.length);
            for (int i = 0; i < worst.length; i++) {
                seeds[from + i] = worst[i];
                axes.add(axisOf(worst[i]));
            }
        }
        for (int i = 0; i < 3; i++) {
            flood(included);
            refit();
        }
        for (int i = 0; i < CLEANING; i++) {
            straightenBorders(limit);
        }
    }

    private double[] axisOf(int f) {
        return new double[] {normals[3 * f], normals[3 * f + 1], normals[3 * f + 2]};
    }

    private int[] firstSeeds(boolean[] included) {
        boolean[] seen = new boolean[faces];
        List<Integer> found = new ArrayList<>();
        int[] stack = new int[faces];
        for (int f = 0; f < faces; f++) {
            if (!included[f] || seen[f]) {
                continue;
            }
            found.add(f);
            int top = 0;
            stack[top++] = f;
            seen[f] = true;
            while (top > 0) {
                int at = stack[--top];
                for (int c = 3 * at; c < 3 * at + 3; c++) {
                    int next = neighbours[c] < 0 ? -1 : neighbours[c] / 3;
                    if (next >= 0 && !seen[next]) {
                        seen[next] = true;
                        stack[top++] = next;
                    }
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private float[] smoothed(float[] n) {
        float[] current = n;
        for (int i = 0; i < SMOOTHING; i++) {
            float[] next = new float[n.length];
            for (int f = 0; f < faces; f++) {
                double[] sum = new double[3];
                for (int k = 0; k < 3; k++) {
                    sum[k] = current[3 * f + k] * area[f];
                    for (int c = 3 * f; c < 3 * f + 3; c++) {
                        if (neighbours[c] >= 0) {
                            int g = neighbours[c] / 3;
                            sum[k] += current[3 * g + k] * area[g];
                        }
                    }
                }
                double length = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
                for (int k = 0; k < 3; k++) {
                    next[3 * f + k] = length > 1e-30 ? (float) (sum[k] / length) : current[3 * f + k];
                }
            }
            current = next;
        }
        return current;
    }

    private double bend(int f, double[] axis) {
        if (normals[3 * f] == 0 && normals[3 * f + 1] == 0 && normals[3 * f + 2] == 0) {
            return 0; // no area, no direction: fits anywhere
        }
        return 1 - (normals[3 * f] * axis[0] + normals[3 * f + 1] * axis[1] + normals[3 * f + 2] * axis[2]);
    }

    private record Step(double cost, int face, int chart) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byCost = Double.compare(cost, other.cost);
            return byCost != 0
                    ? byCost
                    : face != other.face ? Integer.compare(face, other.face) : Integer.compare(chart, other.chart);
        }
    }

    private void flood(boolean[] included) {
        Arrays.fill(chart, -1);
        PriorityQueue<Step> queue = new PriorityQueue<>();
        for (int c = 0; c < seeds.length; c++) {
            queue.add(new Step(-1, seeds[c], c));
        }
        while (!queue.isEmpty()) {
            Step step = queue.poll();
            if (chart[step.face] >= 0) {
                continue;
            }
            chart[step.face] = step.chart;
            for (int c = 3 * step.face; c < 3 * step.face + 3; c++) {
                int next = neighbours[c] < 0 ? -1 : neighbours[c] / 3;
                if (next >= 0 && chart[next] < 0) {
                    queue.add(new Step(bend(next, axes.get(step.chart)), next, step.chart));
                }
            }
        }
    }

    /** New axes are mean normals, new seeds the triangles that lie nearest to them. */
    private void refit() {
        double[][] sums = new double[seeds.length][3];
        for (int f = 0; f < faces; f++) {
            for (int k = 0; k < 3 && chart[f] >= 0; k++) {
                sums[chart[f]][k] += area[f] * normals[3 * f + k];
            }
        }
        double[] best = new double[seeds.length];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int c = 0; c < seeds.length; c++) {
            double length = Math.sqrt(sums[c][0] * sums[c][0] + sums[c][1] * sums[c][1] + sums[c][2] * sums[c][2]);
            if (length > 1e-30) {
                axes.set(c, new double[] {sums[c][0] / length, sums[c][1] / length, sums[c][2] / length});
            }
        }
        for (int f = 0; f < faces; f++) {
            if (chart[f] >= 0) {
                double bend = bend(f, axes.get(chart[f]));
                if (bend < best[chart[f]]) {
                    best[chart[f]] = bend;
                    seeds[chart[f]] = f;
                }
            }
        }
    }

    /** The triangles that bend most, beyond the limit, of the worst eighth of the charts (at least of one). */
    private int[] worst(boolean[] included, double limit) {
        int[] worst = new int[seeds.length];
        double[] bend = new double[seeds.length];
        Arrays.fill(bend, limit);
        for (int f = 0; f < faces; f++) {
            if (included[f] && bend(f, axes.get(chart[f])) > bend[chart[f]]) {
                bend[chart[f]] = bend(f, axes.get(chart[f]));
                worst[chart[f]] = f;
            }
        }
        return IntStream.range(0, seeds.length)
                .filter(c -> bend[c] > limit)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(c -> -bend[c]))
                .limit(Math.max(1, seeds.length / 8))
                .mapToInt(c -> worst[c])
                .toArray();
    }

    private void straightenBorders(double limit) {
        for (int f = 0; f < faces; f++) {
            int[] around = new int[3];
            for (int k = 0; k < 3; k++) {
                int n = neighbours[3 * f + k];
                around[k] = n < 0 ? -1 : chart[n / 3];
            }
            for (int k = 0; k < 3 && chart[f] >= 0; k++) {
                int other = around[k];
                if (other >= 0
                        && other != chart[f]
                        && other == around[(k + 1) % 3]
                        && bend(f, axes.get(other)) <= limit) {
                    chart[f] = other;
                }
            }
        }
    }
}
