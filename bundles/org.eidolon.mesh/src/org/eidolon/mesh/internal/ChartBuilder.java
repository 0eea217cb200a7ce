// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;
import org.eidolon.mesh.MeshTopology;

/** Makes flat charts, free of flips and overlaps, that hold each chosen triangle of a mesh once. */
final class ChartBuilder {

    private static final int SMALL = 40;

    private final Mesh mesh;
    private final int[] neighbours;
    private final float[] normals;
    private final double[] areas;
    private final boolean[] member;

    private ChartBuilder(Mesh mesh, MeshTopology topology) {
        this.mesh = mesh;
        this.neighbours = topology.neighbours();
        this.normals = MeshMeasures.faceNormals(mesh);
        this.areas = MeshMeasures.areas(mesh);
        this.member = new boolean[mesh.triangleCount()];
    }

    static List<Chart> charts(Mesh mesh, MeshTopology topology, boolean[] included, double maxAngle) {
        ChartBuilder builder = new ChartBuilder(mesh, topology);
        int[] label = Segmentation.segment(mesh, topology, included, maxAngle);
        List<Chart> charts = builder.flat(builder.byLabel(label));
        charts = builder.mergeSmall(charts);
        for (Chart chart : charts) {
            Flattening.relax(mesh, chart);
            Flattening.turnToSmallestBox(chart);
        }
        return charts;
    }

    private List<int[]> byLabel(int[] label) {
        int count = Arrays.stream(label).max().orElse(-1) + 1;
        List<List<Integer>> groups = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            groups.add(new ArrayList<>());
        }
        for (int f = 0; f < label.length; f++) {
            if (label[f] >= 0) {
                groups.get(label[f]).add(f);
            }
        }
        List<int[]> result = new ArrayList<>();
        for (List<Integer> group : groups) {
            if (!group.isEmpty()) {
                result.addAll(
                        connected(group.stream().mapToInt(Integer::intValue).toArray()));
            }
        }
        return result;
    }

    /** The parts of a set of triangles that hang together by edges, each in ascending order. */
    static List<int[]> connected(Mesh mesh, MeshTopology topology, int[] faces) {
        return new ChartBuilder(mesh, topology).connected(faces);
    }

    private List<int[]> connected(int[] faces) {
        List<int[]> parts = new ArrayList<>();
        for (int f : faces) {
            member[f] = true;
        }
        int[] stack = new int[faces.length];
        for (int f : faces) {
            if (!member[f]) {
                continue;
            }
            int top = 0;
            int[] part = new int[16];
            int size = 0;
            stack[top++] = f;
            member[f] = false;
            while (top > 0) {
                int at = stack[--top];
                if (size == part.length) {
                    part = Arrays.copyOf(part, 2 * size);
                }
                part[size++] = at;
                for (int c = 3 * at; c < 3 * at + 3; c++) {
                    int next = neighbours[c] < 0 ? -1 : neighbours[c] / 3;
                    if (next >= 0 && member[next]) {
                        member[next] = false;
                        stack[top++] = next;
                    }
                }
            }
            part = Arrays.copyOf(part, size);
            Arrays.sort(part);
            parts.add(part);
        }
        return parts;
    }

    /** Projects each set; what would flip or lie over another triangle is taken out and becomes charts of its own. */
    private List<Chart> flat(List<int[]> sets) {
        List<Chart> done = new ArrayList<>();
        Deque<int[]> waiting = new ArrayDeque<>(sets);
        while (!waiting.isEmpty()) {
            int[] set = waiting.poll();
            Chart chart = new Chart(mesh, set);
            boolean[] peeled = projectAndPeel(chart, Flattening.meanNormal(mesh, chart, normals, areas));
            int lost = count(peeled);
            if (lost == set.length) { // the mean normal suits nobody: take the largest triangle's
                int largest = Arrays.stream(set)
                        .boxed()
                        .max(Comparator.comparingDouble(f -> areas[f]))
                        .orElseThrow();
                double[] axis = {normals[3 * largest], normals[3 * largest + 1], normals[3 * largest + 2]};
                peeled = projectAndPeel(chart, areas[largest] > 0 ? axis : new double[] {0, 0, 1});
                lost = count(peeled);
            }
            if (lost == 0) {
                done.add(chart);
                continue;
            }
            if (lost == set.length) {
                throw new IllegalStateException("a chart of " + lost + " triangles can't be flattened");
            }
            boolean[] out = peeled;
            waiting.addAll(connected(IntStream.range(0, set.length)
                    .filter(i -> !out[i])
                    .map(i -> set[i])
                    .toArray()));
            waiting.addAll(connected(IntStream.range(0, set.length)
                    .filter(i -> out[i])
                    .map(i -> set[i])
                    .toArray()));
        }
        return done;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    private boolean[] projectAndPeel(Chart chart, double[] axis) {
        double area = 0;
        double[] depth = new double[chart.faces.length];
        for (int i = 0; i < depth.length; i++) {
            area += areas[chart.faces[i]];
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                for (int k = 0; k < 3; k++) {
                    depth[i] += mesh.positions()[3 * chart.vertices[chart.corners[c]] + k] * axis[k];
                }
            }
        }
        Flattening.project(mesh, chart, axis, area);
        Integer[] order = IntStream.range(0, depth.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -depth[i])); // outermost first
        return Overlaps.peel(chart, chart.plane, order);
    }

    /** Joins crumbs to the neighbour with which they share most, where the two together stay flat. */
    private List<Chart> mergeSmall(List<Chart> charts) {
        int[] owner = new int[mesh.triangleCount()];
        Arrays.fill(owner, -1);
        for (int c = 0; c < charts.size(); c++) {
            for (int f : charts.get(c).faces) {
                owner[f] = c;
            }
        }
        Chart[] current = charts.toArray(Chart[]::new);
        Integer[] bySize = IntStream.range(0, current.length).boxed().toArray(Integer[]::new);
        Arrays.sort(bySize, Comparator.<Integer>comparingInt(c -> current[c].faces.length));
        for (int c : bySize) {
            if (current[c].faces.length > SMALL) {
                continue;
            }
            int[] shared = new int[current.length];
            for (int f : current[c].faces) {
                for (int k = 3 * f; k < 3 * f + 3; k++) {
                    int other = neighbours[k] < 0 ? -1 : owner[neighbours[k] / 3];
                    if (other >= 0 && other != c) {
                        shared[other]++;
                    }
                }
            }
            Integer[] candidates = IntStream.range(0, shared.length)
                    .filter(o -> shared[o] > 0)
                    .boxed()
                    .toArray(Integer[]::new);
            Arrays.sort(candidates, Comparator.<Integer>comparingInt(o -> -shared[o]));
            for (int other : candidates) {
                Chart joined = joined(current[other], current[c]);
                if (count(projectAndPeel(joined, Flattening.meanNormal(mesh, joined, normals, areas))) == 0) {
                    for (int f : current[c].faces) {
                        owner[f] = other;
                    }
                    current[other] = joined;
                    current[c] = null;
                    break;
                }
            }
        }
        return new ArrayList<>(Arrays.stream(current).filter(c -> c != null).toList());
    }

    private Chart joined(Chart a, Chart b) {
        int[] faces = Arrays.copyOf(a.faces, a.faces.length + b.faces.length);
        System.arraycopy(b.faces, 0, faces, a.faces.length, b.faces.length);
        Arrays.sort(faces);
        return new Chart(mesh, faces);
    }
}
