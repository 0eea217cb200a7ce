// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import java.util.List;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshTopology;
import org.eidolon.mesh.UvAtlas;

/** Builds a {@link UvAtlas}: charts, packing, vertices split at seams. */
public final class AtlasBuilder {

    private static final int TEXELS_PER_CELL = 4;
    private static final int MAX_GRID = 512;

    private AtlasBuilder() {}

    public static UvAtlas build(Mesh mesh, UvAtlas.Options options) {
        if (mesh.triangleCount() == 0) {
            throw new IllegalArgumentException("an empty mesh has no atlas");
        }
        boolean[] all = new boolean[mesh.triangleCount()];
        Arrays.fill(all, true);
        List<Chart> charts = ChartBuilder.charts(mesh, MeshTopology.of(mesh), all, options.maxAngle());
        int grid = grid(options.size());
        new Packing(grid, grid, (x, y) -> true).pack(charts, padding(options, grid), Double.MAX_VALUE);
        return assemble(mesh, charts, grid);
    }

    static int grid(int size) {
        return Math.clamp(size / TEXELS_PER_CELL, 64, MAX_GRID);
    }

    static int padding(UvAtlas.Options options, int grid) {
        return Math.ceilDiv(options.padding() * grid, options.size());
    }

    /** Charts in cell coordinates, y up, to a mesh whose vertices are split where charts meet. */
    static UvAtlas assemble(Mesh mesh, List<Chart> charts, double grid) {
        int vertices = charts.stream().mapToInt(c -> c.vertices.length).sum();
        int[] source = new int[vertices];
        int[] triangles = new int[mesh.triangles().length];
        int[] chartOf = new int[mesh.triangleCount()];
        Arrays.fill(chartOf, -1);
        float[] uvs = new float[2 * vertices];
        int base = 0;
        for (int c = 0; c < charts.size(); c++) {
            Chart chart = charts.get(c);
            System.arraycopy(chart.vertices, 0, source, base, chart.vertices.length);
            for (int i = 0; i < chart.vertices.length; i++) {
                uvs[2 * (base + i)] = (float) (chart.plane[2 * i] / grid);
                uvs[2 * (base + i) + 1] = (float) (1 - chart.plane[2 * i + 1] / grid);
            }
            for (int i = 0; i < chart.corners.length; i++) {
                triangles[3 * chart.faces[i / 3] + i % 3] = base + chart.corners[i];
                chartOf[chart.faces[i / 3]] = c;
            }
            base += chart.vertices.length;
        }
        float[] positions = new float[3 * vertices];
        float[] normals = mesh.normals() == null ? null : new float[3 * vertices];
        for (int v = 0; v < vertices; v++) {
            System.arraycopy(mesh.positions(), 3 * source[v], positions, 3 * v, 3);
            if (normals != null) {
                System.arraycopy(mesh.normals(), 3 * source[v], normals, 3 * v, 3);
            }
        }
        return new UvAtlas(new Mesh(positions, triangles, uvs, normals), source, chartOf, charts.size());
    }
}
