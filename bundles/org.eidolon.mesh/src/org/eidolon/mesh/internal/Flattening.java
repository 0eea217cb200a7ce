// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import org.eidolon.mesh.Mesh;

/**
 * Lays charts into the plane: first by parallel projection along the mean normal, then as rigidly as possible (Liu et
 * al., A Local/Global Approach to Mesh Parameterization, SGP 2008) as far as that keeps the chart free of overlaps.
 */
final class Flattening {

    private static final int ROUNDS = 12;
    private static final int SOLVER_STEPS = 60;

    private final Mesh mesh;
    private final Chart chart;
    private final double[] rest; // per triangle: x1, x2, y2 with corner 0 at the origin and corner 1 on the x axis
    private final double[] cot; // per triangle: cotangents at corners 0, 1, 2

    private Flattening(Mesh mesh, Chart chart) {
        this.mesh = mesh;
        this.chart = chart;
        this.rest = new double[3 * chart.faces.length];
        this.cot = new double[3 * chart.faces.length];
        for (int f = 0; f < chart.faces.length; f++) {
            measure(f);
        }
    }

    private double position(int chartVertex, int axis) {
        return mesh.positions()[3 * chart.vertices[chartVertex] + axis];
    }

    private void measure(int f) {
        double[] e = new double[6];
        for (int k = 0; k < 3; k++) {
            e[k] = position(chart.corners[3 * f + 1], k) - position(chart.corners[3 * f], k);
            e[3 + k] = position(chart.corners[3 * f + 2], k) - position(chart.corners[3 * f], k);
        }
        double l = Math.sqrt(e[0] * e[0] + e[1] * e[1] + e[2] * e[2]) + 1e-20;
        double dot = e[0] * e[3] + e[1] * e[4] + e[2] * e[5];
        double x2 = dot / l;
        double y2 = Math.sqrt(Math.max(0, e[3] * e[3] + e[4] * e[4] + e[5] * e[5] - x2 * x2));
        rest[3 * f] = l;
        rest[3 * f + 1] = x2;
        rest[3 * f + 2] = y2;
        double h = Math.max(y2, 1e-3 * l); // slivers: bounded weights
        cot[3 * f] = x2 / h;
        cot[3 * f + 1] = (l - x2) / h;
        cot[3 * f + 2] = (x2 * x2 - l * x2 + y2 * y2) / (l * h);
        for (int k = 0; k < 3; k++) {
            cot[3 * f + k] = Math.clamp(cot[3 * f + k], 0.01, 20);
        }
    }

    /** Parallel projection along the chart's mean normal, y up where the axis allows; scaled to the chart's true area. */
    static void project(Mesh mesh, Chart chart, double[] axis, double trueArea) {
        double[] up = Math.abs(axis[1]) < 0.9 ? new double[] {0, 1, 0} : new double[] {0, 0, -Math.signum(axis[1])};
        double[] x = unit(cross(up, axis));
        double[] y = cross(axis, x);
        chart.plane = new double[2 * chart.vertices.length];
        for (int v = 0; v < chart.vertices.length; v++) {
            for (int k = 0; k < 3; k++) {
                double p = mesh.positions()[3 * chart.vertices[v] + k];
                chart.plane[2 * v] += p * x[k];
                chart.plane[2 * v + 1] += p * y[k];
            }
        }
        double area = chart.planeArea();
        if (area > 0) {
            chart.scale(Math.sqrt(trueArea / area));
        }
    }

    static double[] meanNormal(Mesh mesh, Chart chart, float[] faceNormals, double[] areas) {
        double[] sum = new double[3];
        for (int f : chart.faces) {
            for (int k = 0; k < 3; k++) {
                sum[k] += areas[f] * faceNormals[3 * f + k];
            }
        }
        double[] unit = unit(sum);
        return unit[0] == 0 && unit[1] == 0 && unit[2] == 0 ? new double[] {0, 0, 1} : unit;
    }

    /** Moves a chart that has no overlaps towards its least distorted shape that has none either. */
    static void relax(Mesh mesh, Chart chart) {
        double[] start = chart.plane.clone();
        double[] wanted = new Flattening(mesh, chart).asRigidAsPossible();
        for (double share = 1; share > 0.1; share *= 0.6) {
            double[] trial = new double[start.length];
            for (int i = 0; i < trial.length; i++) {
                trial[i] = start[i] + share * (wanted[i] - start[i]);
            }
            if (Arrays.stream(trial).allMatch(Double::isFinite) && Overlaps.none(chart, trial)) {
                chart.plane = trial;
                return;
            }
        }
    }

    private double[] asRigidAsPossible() {
        double[] at = chart.plane.clone();
        double[] diagonal = new double[chart.vertices.length];
        for (int c = 0; c < cot.length; c++) { // the edge opposite a corner joins the two others
            int f = c / 3;
            diagonal[chart.corners[3 * f + (c + 1) % 3]] += cot[c];
            diagonal[chart.corners[3 * f + (c + 2) % 3]] += cot[c];
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] right = rotatedEdges(at);
            for (int axis = 0; axis < 2; axis++) {
                solve(at, right, diagonal, axis);
            }
        }
        return at;
    }

    /** Local step: the rotation that fits each triangle best; returns the sums of rotated edges per vertex. */
    private double[] rotatedEdges(double[] at) {
        double[] right = new double[at.length];
        for (int f = 0; f < chart.faces.length; f++) {
            double[] x = {0, rest[3 * f], rest[3 * f + 1]};
            double[] y = {0, 0, rest[3 * f + 2]};
            double cos = 0;
            double sin = 0;
            for (int c = 0; c < 3; c++) {
                int i = (c + 1) % 3;
                int j = (c + 2) % 3;
                int a = chart.corners[3 * f + i];
                int b = chart.corners[3 * f + j];
                double ux = at[2 * a] - at[2 * b];
                double uy = at[2 * a + 1] - at[2 * b + 1];
                cos += cot[3 * f + c] * (ux * (x[i] - x[j]) + uy * (y[i] - y[j]));
                sin += cot[3 * f + c] * (uy * (x[i] - x[j]) - ux * (y[i] - y[j]));
            }
            double length = StrictMath.hypot(cos, sin);
            cos = length > 0 ? cos / length : 1;
            sin = length > 0 ? sin / length : 0;
            for (int c = 0; c < 3; c++) {
                int i = (c + 1) % 3;
                int j = (c + 2) % 3;
                int a = chart.corners[3 * f + i];
                int b = chart.corners[3 * f + j];
                double ex = cot[3 * f + c] * (cos * (x[i] - x[j]) - sin * (y[i] - y[j]));
                double ey = cot[3 * f + c] * (sin * (x[i] - x[j]) + cos * (y[i] - y[j]));
                right[2 * a] += ex;
                right[2 * a + 1] += ey;
                right[2 * b] -= ex;
                right[2 * b + 1] -= ey;
            }
        }
        return right;
    }

    private double[] laplacian(double[] v) {
        double[] out = new double[v.length];
        for (int f = 0; f < chart.faces.length; f++) {
            for (int c = 0; c < 3; c++) {
                int a = chart.corners[3 * f + (c + 1) % 3];
                int b = chart.corners[3 * f + (c + 2) % 3];
                double d = cot[3 * f + c] * (v[a] - v[b]);
                out[a] += d;
                out[b] -= d;
            }
        }
        return out;
    }

    /**
     * Global step by conjugate gradients from where the vertices are; the free shift of the whole chart stays. Rounding
     * must not reach that shift: a step along it is a quotient of two roundings, and can carry a chart so far away that
     * its coordinates have no digits left for its shape. So the residual is kept free of it, and steps end where only
     * rounding is left, measured by the right-hand side, as the start may be the solution already.
     */
    private void solve(double[] at, double[] right, double[] diagonal, int axis) {
        int n = chart.vertices.length;
        double[] x = new double[n];
        for (int v = 0; v < n; v++) {
            x[v] = at[2 * v + axis];
        }
        double[] r = laplacian(x);
        double[] d = new double[n];
        double rz = 0;
        double rounding = 0;
        double mean = 0;
        for (int v = 0; v < n; v++) {
            r[v] = right[2 * v + axis] - r[v];
            rounding += 1e-20 * right[2 * v + axis] * right[2 * v + axis] / diagonal[v];
            mean += r[v] / n;
        }
        for (int v = 0; v < n; v++) {
            r[v] -= mean;
            d[v] = r[v] / diagonal[v];
            rz += r[v] * d[v];
        }
        double enough = Math.max(1e-12 * rz, rounding);
        for (int i = 0; i < SOLVER_STEPS && rz > enough && rz > 1e-300; i++) {
            double[] ad = laplacian(d);
            double dad = 0;
            for (int v = 0; v < n; v++) {
                dad += d[v] * ad[v];
            }
            if (!(dad > 1e-300)) {
                break; // only the free shift is left
            }
            double step = rz / dad;
            double next = 0;
            for (int v = 0; v < n; v++) {
                x[v] += step * d[v];
                r[v] -= step * ad[v];
                next += r[v] * r[v] / diagonal[v];
            }
            for (int v = 0; v < n; v++) {
                d[v] = r[v] / diagonal[v] + next / rz * d[v];
            }
            rz = next;
        }
        for (int v = 0; v < n; v++) {
            at[2 * v + axis] = x[v];
        }
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    static double[] unit(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return length > 1e-30 ? new double[] {v[0] / length, v[1] / length, v[2] / length} : new double[3];
    }

    /** Turns the chart by the multiple of 5° that gives the smallest upright rectangle, standing. */
    static void turnToSmallestBox(Chart chart) {
        double[] start = chart.plane.clone();
        double best = Double.MAX_VALUE;
        double[] bestPlane = start;
        for (int degrees = 0; degrees < 180; degrees += 5) {
            chart.plane = Arrays.copyOf(start, start.length);
            chart.rotate(Math.toRadians(degrees));
            double[] b = chart.bounds();
            double size = (b[2] - b[0]) * (b[3] - b[1]) * (b[2] - b[0] > b[3] - b[1] ? 1.0001 : 1);
            if (size < best) {
                best = size;
                bestPlane = chart.plane;
            }
        }
        chart.plane = bestPlane;
    }
}
