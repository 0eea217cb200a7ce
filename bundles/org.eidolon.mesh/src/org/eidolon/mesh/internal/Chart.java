// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eidolon.mesh.Mesh;

/** A piece of a mesh on its way to the plane: its triangles, its own vertex numbering, and where each vertex lies. */
final class Chart {

    final int[] faces; // triangles of the mesh
    final int[] corners; // chart vertex of each corner of those triangles: 3 · faces
    final int[] vertices; // vertex of the mesh behind each chart vertex
    double[] plane; // x, y of each chart vertex, y up, in units of the mesh

    Chart(Mesh mesh, int[] faces) {
        this(mesh, faces, new byte[3 * faces.length]);
    }

    /** With a side, 0 to 3, for each corner: a vertex that is met on several sides of a seam is there several times. */
    Chart(Mesh mesh, int[] faces, byte[] sides) {
        this.faces = faces;
        this.corners = new int[3 * faces.length];
        int[] found = new int[corners.length];
        Map<Long, Integer> number = new HashMap<>(2 * corners.length);
        for (int i = 0; i < corners.length; i++) {
            int v = mesh.triangles()[3 * faces[i / 3] + i % 3];
            Integer known = number.putIfAbsent((long) v << 2 | sides[i], number.size());
            if (known == null) {
                known = number.size() - 1;
                found[known] = v;
            }
            corners[i] = known;
        }
        this.vertices = Arrays.copyOf(found, number.size());
    }

    double signedArea(int face, double[] at) {
        return Geometry.cross(at, corners[3 * face], corners[3 * face + 1], corners[3 * face + 2]) / 2;
    }

    double planeArea() {
        double sum = 0;
        for (int f = 0; f < faces.length; f++) {
            sum += Math.abs(signedArea(f, plane));
        }
        return sum;
    }

    /** Smallest x and y, then largest, over all vertices. */
    double[] bounds() {
        double[] b = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < plane.length; i++) {
            b[i % 2] = Math.min(b[i % 2], plane[i]);
            b[2 + i % 2] = Math.max(b[2 + i % 2], plane[i]);
        }
        return b;
    }

    void rotate(double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        for (int i = 0; i < plane.length; i += 2) {
            double x = plane[i];
            plane[i] = cos * x - sin * plane[i + 1];
            plane[i + 1] = sin * x + cos * plane[i + 1];
        }
    }

    void scale(double factor) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= factor;
        }
    }
}
