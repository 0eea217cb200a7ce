// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;

/** Meshes whose vertices are split at texture seams, seen as one surface. */
final class Normals {
    private Normals() {}

    private record Place(float x, float y, float z) {}

    /** The mesh with smooth normals that agree where vertices lie in one place, so that no seam shows in the shading. */
    static Mesh smooth(Mesh mesh) {
        int[] first = first(mesh);
        int[] welded = Arrays.stream(mesh.triangles()).map(v -> first[v]).toArray();
        float[] normals = MeshMeasures.vertexNormals(Mesh.of(mesh.positions(), welded));
        float[] all = new float[normals.length];
        for (int v = 0; v < first.length; v++) {
            System.arraycopy(normals, 3 * first[v], all, 3 * v, 3);
        }
        return mesh.withNormals(all);
    }

    /** The mesh with one vertex for each place, without texture coordinates and triangles that have shrunk to a line. */
    static Mesh welded(Mesh mesh) {
        int[] first = first(mesh);
        int[] number = new int[first.length];
        float[] positions = new float[mesh.positions().length];
        int count = 0;
        for (int v = 0; v < first.length; v++) {
            if (first[v] == v) {
                System.arraycopy(mesh.positions(), 3 * v, positions, 3 * count, 3);
                number[v] = count++;
            }
        }
        int[] triangles = new int[mesh.triangles().length];
        int kept = 0;
        for (int c = 0; c < triangles.length; c += 3) {
            for (int k = 0; k < 3; k++) {
                triangles[kept + k] = number[first[mesh.triangles()[c + k]]];
            }
            boolean line = triangles[kept] == triangles[kept + 1]
                    || triangles[kept + 1] == triangles[kept + 2]
                    || triangles[kept + 2] == triangles[kept];
            kept += line ? 0 : 3;
        }
        return Mesh.of(Arrays.copyOf(positions, 3 * count), Arrays.copyOf(triangles, kept));
    }

    /** For each vertex the first one in its place. */
    private static int[] first(Mesh mesh) {
        int[] first = new int[mesh.vertexCount()];
        Map<Place, Integer> places = new HashMap<>(2 * first.length);
        for (int v = 0; v < first.length; v++) {
            float[] p = mesh.positions();
            Integer before = places.putIfAbsent(new Place(p[3 * v], p[3 * v + 1], p[3 * v + 2]), v);
            first[v] = before == null ? v : before;
        }
        return first;
    }
}
