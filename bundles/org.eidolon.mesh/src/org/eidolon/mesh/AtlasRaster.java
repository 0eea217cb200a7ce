// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;

/**
 * Which point of the surface each texel of a square texture shows, for baking. Texel (column, row) stands for the point
 * ((column + ½) / size, (row + ½) / size) of the texture; index = row · size + column.
 *
 * @param size side, in texels
 * @param triangles triangle of each texel, −1 where there is none: int[size²]
 * @param barycentrics weights of that triangle's three corners: float[3 · size²]
 */
public record AtlasRaster(int size, int[] triangles, float[] barycentrics) {

    private static final int MAX_SIZE = 8192;

    public static AtlasRaster of(Mesh mesh, int size) {
        if (mesh.uvs() == null) {
            throw new IllegalArgumentException("a mesh without texture coordinates can't be baked");
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("texture size " + size + " is not between 1 and " + MAX_SIZE);
        }
        int[] owner = new int[size * size];
        Arrays.fill(owner, -1);
        float[] weights = new float[3 * size * size];
        double[] x = new double[3];
        double[] y = new double[3];
        for (int f = 0; f < mesh.triangleCount(); f++) {
            for (int k = 0; k < 3; k++) {
                x[k] = (double) mesh.uvs()[2 * mesh.triangles()[3 * f + k]] * size - 0.5;
                y[k] = (double) mesh.uvs()[2 * mesh.triangles()[3 * f + k] + 1] * size - 0.5;
            }
            fill(f, x, y, size, owner, weights);
        }
        return new AtlasRaster(size, owner, weights);
    }

    private static void fill(int f, double[] x, double[] y, int size, int[] owner, float[] weights) {
        double area = (x[1] - x[0]) * (y[2] - y[0]) - (y[1] - y[0]) * (x[2] - x[0]);
        if (area == 0) {
            return;
        }
        int left = Math.max(0, (int) Math.ceil(Math.min(x[0], Math.min(x[1], x[2]))));
        int right = Math.min(size - 1, (int) Math.floor(Math.max(x[0], Math.max(x[1], x[2]))));
        int top = Math.max(0, (int) Math.ceil(Math.min(y[0], Math.min(y[1], y[2]))));
        int bottom = Math.min(size - 1, (int) Math.floor(Math.max(y[0], Math.max(y[1], y[2]))));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double w0 = ((x[1] - column) * (y[2] - row) - (y[1] - row) * (x[2] - column)) / area;
                double w1 = ((x[2] - column) * (y[0] - row) - (y[2] - row) * (x[0] - column)) / area;
                double w2 = 1 - w0 - w1;
                int at = row * size + column;
                // the first triangle keeps a texel on a shared edge
                if (w0 >= 0 && w1 >= 0 && w2 >= 0 && owner[at] < 0) {
                    owner[at] = f;
                    weights[3 * at] = (float) w0;
                    weights[3 * at + 1] = (float) w1;
                    weights[3 * at + 2] = (float) w2;
                }
            }
        }
    }

    /** Texels that show a point of the surface. */
    public int covered() {
        return (int) Arrays.stream(triangles).filter(t -> t >= 0).count();
    }

    /** Values given at the vertices ({@code width} each) at each texel, 0 where there is none: float[width · size²]. */
    public float[] interpolate(Mesh mesh, float[] values, int width) {
        if (values.length != width * mesh.vertexCount()) {
            throw new IllegalArgumentException(
                    values.length + " values for " + mesh.vertexCount() + " vertices of " + width);
        }
        float[] result = new float[width * triangles.length];
        for (int at = 0; at < triangles.length; at++) {
            for (int c = 0; c < 3 && triangles[at] >= 0; c++) {
                int v = mesh.triangles()[3 * triangles[at] + c];
                for (int k = 0; k < width; k++) {
                    result[width * at + k] += barycentrics[3 * at + c] * values[width * v + k];
                }
            }
        }
        return result;
    }

    /**
     * Fills the texels that show nothing: first {@code rings} rings around the charts with the mean of their filled
     * neighbours, then the rest with the mean colour, from coarse to fine (push and pull), so that no mip level mixes
     * in a foreign colour.
     *
     * @param image {@code channels} values for each texel; not changed
     */
    public float[] dilate(float[] image, int channels, int rings) {
        if (image.length != channels * triangles.length) {
            throw new IllegalArgumentException(
                    image.length + " values for " + triangles.length + " texels of " + channels);
        }
        boolean[] known = new boolean[triangles.length];
        for (int at = 0; at < known.length; at++) {
            known[at] = triangles[at] >= 0;
        }
        float[] filled = image.clone();
        for (int ring = 0; ring < rings; ring++) {
            known = grow(filled, channels, known);
        }
        pushPull(filled, channels, known, size);
        return filled;
    }

    private boolean[] grow(float[] image, int channels, boolean[] known) {
        boolean[] next = known.clone();
        for (int at = 0; at < known.length; at++) {
            if (known[at]) {
                continue;
            }
            int count = 0;
            double[] sum = new double[channels];
            for (int n = 0; n < 9; n++) {
                int column = at % size + n % 3 - 1;
                int row = at / size + n / 3 - 1;
                if (column < 0 || row < 0 || column >= size || row >= size || !known[row * size + column]) {
                    continue;
                }
                count++;
                for (int k = 0; k < channels; k++) {
                    sum[k] += image[channels * (row * size + column) + k];
                }
            }
            for (int k = 0; k < channels && count > 0; k++) {
                image[channels * at + k] = (float) (sum[k] / count);
            }
            next[at] = count > 0;
        }
        return next;
    }

    private static void pushPull(float[] image, int channels, boolean[] known, int side) {
        boolean complete = true;
        for (boolean k : known) {
            complete &= k;
        }
        if (complete || side == 1) {
            return;
        }
        int half = (side + 1) / 2;
        float[] coarse = new float[channels * half * half];
        boolean[] coarseKnown = new boolean[half * half];
        int[] count = new int[half * half];
        for (int at = 0; at < known.length; at++) {
            int to = at / side / 2 * half + at % side / 2;
            for (int k = 0; k < channels && known[at]; k++) {
                coarse[channels * to + k] += image[channels * at + k];
            }
            count[to] += known[at] ? 1 : 0;
        }
        for (int at = 0; at < count.length; at++) {
            coarseKnown[at] = count[at] > 0;
            for (int k = 0; k < channels && count[at] > 0; k++) {
                coarse[channels * at + k] /= count[at];
            }
        }
        pushPull(coarse, channels, coarseKnown, half);
        for (int at = 0; at < known.length; at++) {
            int from = at / side / 2 * half + at % side / 2;
            for (int k = 0; k < channels && !known[at]; k++) {
                image[channels * at + k] = coarse[channels * from + k];
            }
        }
    }
}
