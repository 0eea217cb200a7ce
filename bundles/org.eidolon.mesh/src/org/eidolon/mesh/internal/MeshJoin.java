// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import org.eidolon.mesh.Mesh;

/** Joins transformed meshes into one. Texture coordinates and normals survive only if every part has them. */
final class MeshJoin {

    private static final float[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    private float[] positions = new float[0];
    private float[] uvs = new float[0];
    private float[] normals = new float[0];
    private int[] triangles = new int[0];

    /**
     * @param indices null for triangles in vertex order
     * @param matrix column-major 4×4 affine transform
     */
    void add(float[] p, float[] uv, float[] n, int[] indices, float[] matrix) {
        int base = positions.length / 3;
        int[] t = indices != null ? indices : ascending(p.length / 3);
        boolean still = Arrays.equals(matrix, IDENTITY);
        positions = append(positions, still ? p : transform(p, matrix, 1));
        uvs = uv == null || uvs == null ? null : append(uvs, uv);
        normals = n == null || normals == null ? null : append(normals, still ? n : transformNormals(n, matrix));
        int from = triangles.length;
        triangles = Arrays.copyOf(triangles, from + t.length);
        boolean mirrored = determinant(matrix) < 0;
        for (int i = 0; i < t.length; i++) {
            int source = mirrored && i % 3 > 0 ? i - i % 3 + 3 - i % 3 : i; // a mirror turns triangles inside out
            triangles[from + i] = base + t[source];
        }
    }

    Mesh mesh() {
        return new Mesh(positions, triangles, uvs, normals);
    }

    private static int[] ascending(int count) {
        int[] result = new int[count];
        Arrays.setAll(result, i -> i);
        return result;
    }

    private static float[] append(float[] a, float[] b) {
        float[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }

    private static float[] transform(float[] p, float[] m, float w) {
        float[] result = new float[p.length];
        for (int i = 0; i < p.length; i += 3) {
            for (int k = 0; k < 3; k++) {
                result[i + k] = m[k] * p[i] + m[4 + k] * p[i + 1] + m[8 + k] * p[i + 2] + w * m[12 + k];
            }
        }
        return result;
    }

    /** Normals go by the cofactor matrix, which is the inverse transpose up to a scale. */
    private static float[] transformNormals(float[] n, float[] m) {
        float[] cofactor = new float[16];
        for (int c = 0; c < 3; c++) {
            for (int r = 0; r < 3; r++) {
                int c1 = (c + 1) % 3;
                int c2 = (c + 2) % 3;
                int r1 = (r + 1) % 3;
                int r2 = (r + 2) % 3;
                cofactor[4 * c + r] = m[4 * c1 + r1] * m[4 * c2 + r2] - m[4 * c1 + r2] * m[4 * c2 + r1];
            }
        }
        if (determinant(m) < 0) {
            for (int i = 0; i < 16; i++) {
                cofactor[i] = -cofactor[i];
            }
        }
        float[] result = transform(n, cofactor, 0);
        for (int i = 0; i < result.length; i += 3) {
            double length = Math.sqrt((double) result[i] * result[i]
                    + (double) result[i + 1] * result[i + 1]
                    + (double) result[i + 2] * result[i + 2]);
            for (int k = 0; k < 3 && length > 0; k++) {
                result[i + k] = (float) (result[i + k] / length);
            }
        }
        return result;
    }

    private static double determinant(float[] m) {
        return (double) m[0] * (m[5] * m[10] - m[9] * m[6])
                - (double) m[4] * (m[1] * m[10] - m[9] * m[2])
                + (double) m[8] * (m[1] * m[6] - m[5] * m[2]);
    }
}
