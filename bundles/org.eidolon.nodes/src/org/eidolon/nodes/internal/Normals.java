// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshMeasures;

/** Vertex normals of meshes whose vertices are split at texture seams. */
final class Normals {
    private Normals() {}

    /** The mesh with smooth normals that agree where vertices lie in one place, so that no seam shows in the shading. */
    static Mesh smooth(Mesh mesh) {
        int n = mesh.vertexCount();
        int[] first = new int[n];
        Map<Place, Integer> places = new HashMap<>(2 * n);
        for (int v = 0; v < n; v++) {
            float[] p = mesh.positions();
            Integer before = places.putIfAbsent(new Place(p[3 * v], p[3 * v + 1], p[3 * v + 2]), v);
            first[v] = before == null ? v : before;
        }
        int[] welded = Arrays.stream(mesh.triangles()).map(v -> first[v]).toArray();
        float[] normals = MeshMeasures.vertexNormals(Mesh.of(mesh.positions(), welded));
        float[] all = new float[3 * n];
        for (int v = 0; v < n; v++) {
            System.arraycopy(normals, 3 * first[v], all, 3 * v, 3);
        }
        return mesh.withNormals(all);
    }

    private record Place(float x, float y, float z) {}
}
