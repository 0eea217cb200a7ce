// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Meshes for tests. */
final class Shapes {

    private Shapes() {}

    static Mesh cube() {
        float[] p = new float[24];
        for (int v = 0; v < 8; v++) {
            p[3 * v] = v & 1;
            p[3 * v + 1] = v >> 1 & 1;
            p[3 * v + 2] = v >> 2;
        }
        int[] t = {
            0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6
        };
        return Mesh.of(p, t);
    }

    static Mesh sphere(int resolution, double radius) {
        Lattice lattice = Lattice.kuhn(resolution);
        float[] d = MarchingTetrahedraTest.sphere(lattice, radius);
        return new MarchingTetrahedra(lattice).extract(d).place(lattice.positions(), d);
    }

    /** A closed, rough head: an egg with a nose, eye sockets, a mouth slit, ears and a neck. */
    static Mesh head(int resolution, double mouth) {
        Lattice lattice = Lattice.kuhn(resolution);
        float[] p = lattice.positions();
        float[] d = new float[lattice.vertexCount()];
        for (int v = 0; v < d.length; v++) {
            double x = p[3 * v];
            double y = p[3 * v + 1];
            double z = p[3 * v + 2];
            double s = ellipsoid(x, y - .15, z, .55, .7, .62);
            s = Math.min(s, Math.max(Math.hypot(x, z + .1) - .33, Math.abs(y + .5) - .4));
            s = Math.min(s, ellipsoid(x, y - .05, z - .62, .1, .18, .14));
            for (int side = -1; side <= 1; side += 2) {
                s = Math.min(s, ellipsoid(x - side * .56, y - .1, z, .05, .15, .11));
                s = Math.max(s, -ellipsoid(x - side * .22, y - .22, z - .62, .1, .06, .12));
            }
            s = Math.max(s, -ellipsoid(x, y + .25, z - .55, .2, .02 + mouth, .2));
            d[v] = lattice.boundary()[v] ? (float) Math.max(s, 1e-3) : (float) s;
        }
        return MeshParts.largest(new MarchingTetrahedra(lattice).extract(d).place(p, d));
    }

    private static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        double k = Math.sqrt(x * x / (a * a) + y * y / (b * b) + z * z / (c * c));
        return (k - 1) * Math.min(a, Math.min(b, c));
    }

    /** The unpacked ICT-FaceKit folder, or the test is skipped. */
    static Path ictFolder() {
        String named = System.getenv("EIDOLON_ICT");
        Path folder = named == null ? null : Path.of(named);
        assumeThat(folder != null && Files.isDirectory(folder))
                .as("ICT-FaceKit, unpacked, at the folder in EIDOLON_ICT")
                .isTrue();
        return folder;
    }

    static Obj ictNeutral() throws IOException {
        return Obj.read(ictFolder().resolve("generic_neutral_mesh.obj"));
    }
}
