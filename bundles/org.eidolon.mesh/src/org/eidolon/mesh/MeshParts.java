// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Parts of a mesh: connected components kept or dropped, unused vertices removed. */
public final class MeshParts {

    private MeshParts() {}

    /** The connected component with the largest area; the first such on a tie. An empty mesh stays empty. */
    public static Mesh largest(Mesh mesh) {
        int[] component = MeshTopology.of(mesh).components();
        double[] area = areas(mesh, component);
        int best = 0;
        for (int c = 1; c < area.length; c++) {
            if (area[c] > area[best]) {
                best = c;
            }
        }
        int keep = best;
        return select(mesh, f -> component[f] == keep);
    }

    /**
     * Without the components whose area is below a share of the largest one's.
     *
     * @param minShare between 0 (keep all) and 1 (keep the largest only)
     */
    public static Mesh withoutSpecks(Mesh mesh, double minShare) {
        if (!(minShare >= 0 && minShare <= 1)) {
            throw new IllegalArgumentException("share " + minShare + " is not between 0 and 1");
        }
        int[] component = MeshTopology.of(mesh).components();
        double[] area = areas(mesh, component);
        double least = minShare * Arrays.stream(area).max().orElse(0);
        return select(mesh, f -> area[component[f]] >= least);
    }

    private static double[] areas(Mesh mesh, int[] component) {
        double[] area = new double[Arrays.stream(component).max().orElse(-1) + 1];
        double[] n = new double[3];
        for (int f = 0; f < component.length; f++) {
            area[component[f]] += MeshMeasures.areaVector(mesh, f, n);
        }
        return area;
    }

    /** The chosen triangles and the vertices that they use, in their old order. */
    public static Mesh select(Mesh mesh, IntPredicate triangle) {
        int[] t = mesh.triangles();
        int[] kept = new int[t.length];
        int count = 0;
        boolean[] used = new boolean[mesh.vertexCount()];
        for (int f = 0; f < mesh.triangleCount(); f++) {
            if (triangle.test(f)) {
                for (int k = 0; k < 3; k++) {
                    kept[count++] = t[3 * f + k];
                    used[t[3 * f + k]] = true;
                }
            }
        }
        int[] renumbered = new int[used.length];
        int[] source = new int[used.length];
        int vertices = 0;
        for (int v = 0; v < used.length; v++) {
            if (used[v]) {
                source[vertices] = v;
                renumbered[v] = vertices++;
            }
        }
        int[] triangles = new int[count];
        for (int i = 0; i < count; i++) {
            triangles[i] = renumbered[kept[i]];
        }
        return gather(mesh, Arrays.copyOf(source, vertices), triangles);
    }

    /** A mesh whose vertex v is a copy of {@code source[v]} of the given one. */
    static Mesh gather(Mesh mesh, int[] source, int[] triangles) {
        return new Mesh(
                gather(mesh.positions(), 3, source),
                triangles,
                gather(mesh.uvs(), 2, source),
                gather(mesh.normals(), 3, source));
    }

    static float[] gather(float[] values, int width, int[] source) {
        if (values == null) {
            return null;
        }
        float[] result = new float[width * source.length];
        for (int v = 0; v < source.length; v++) {
            System.arraycopy(values, width * source[v], result, width * v, width);
        }
        return result;
    }
}
