// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.Arrays;

/** A linear least-squares problem in its normal equations, A x = b with A symmetric and positive, double precision. */
final class NormalEquations {
    private final int n;
    private final double[][] a;
    private final double[] b;

    NormalEquations(int unknowns) {
        n = unknowns;
        a = new double[n][n];
        b = new double[n];
    }

    /**
     * Adds weight · (residual + Σ slope x)², of which few unknowns take part.
     *
     * @param columns the unknowns, each once
     * @param slopes derivative of the residual by each
     */
    void add(double weight, double residual, int[] columns, double[] slopes) {
        for (int i = 0; i < columns.length; i++) {
            double w = weight * slopes[i];
            if (w == 0) continue;
            b[columns[i]] -= w * residual;
            double[] row = a[columns[i]];
            for (int j = 0; j <= i; j++) row[columns[j]] += w * slopes[j];
        }
    }

    /** Adds weight · (x_column − pull)² . */
    void pull(int column, double weight, double pull) {
        a[column][column] += weight;
        b[column] += weight * pull;
    }

    /**
     * The step that solves the damped equations (Marquardt 1963): each diagonal is enlarged by its share and a little.
     *
     * @throws ArithmeticException if they have no single solution
     */
    double[] solve(double damping) {
        double[][] l = new double[n][];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            l[i] = Arrays.copyOf(a[i], i + 1);
            // columns were given in ascending order, so the lower triangle holds all
            l[i][i] = a[i][i] * (1 + damping) + 1e-12;
            for (int j = 0; j <= i; j++) {
                double sum = l[i][j];
                for (int k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
                if (i > j) l[i][j] = sum / l[j][j];
                else if (sum > 0) l[i][i] = Math.sqrt(sum);
                else throw new ArithmeticException("the equations have no single solution at unknown " + i);
            }
            double sum = b[i];
            for (int k = 0; k < i; k++) sum -= l[i][k] * x[k];
            x[i] = sum / l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) x[i] -= l[k][i] * x[k];
            x[i] /= l[i][i];
        }
        return x;
    }
}
