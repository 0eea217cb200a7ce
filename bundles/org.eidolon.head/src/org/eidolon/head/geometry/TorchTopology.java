// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.eidolon.mesh.Lattice;
import org.eidolon.mesh.MarchingTetrahedra;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/** Finds surfaces by tensor operators where the tensors are, all expressions at once: on a GPU nothing travels. */
final class TorchTopology implements Topology.Finder {
    private static final Script KERNELS = Script.load(TorchTopology.class, "marching.py");

    private final NDArray ends;
    private final NDArray tetrahedra;
    private final NDArray tetrahedraByEdge;
    private final NDArray cases;
    private final NDArray caseFaces;
    private final int vertices;

    /** @param scope keeps the lattice's tables, about 300 bytes for each of its vertices */
    TorchTopology(Scope scope, HeadLattice lattice) {
        Lattice l = lattice.lattice();
        vertices = l.vertexCount();
        int m = l.edges().length / 2, t = l.tetrahedronCount();
        ends = scope.of(columns(l.edges(), 2), 2, m);
        tetrahedra = scope.of(columns(l.tetrahedra(), 4), 4, t);
        tetrahedraByEdge = scope.of(l.tetrahedraByEdge(), t, 6);
        long[] sides = new long[16 * 6], faces = new long[16];
        Arrays.fill(sides, -1);
        for (int c = 0; c < 16; c++) {
            int[] cut = MarchingTetrahedra.triangles(c);
            faces[c] = cut.length / 3;
            for (int i = 0; i < cut.length; i++) sides[6 * c + i] = cut[i];
        }
        cases = scope.of(sides, 16, 6);
        caseFaces = scope.of(faces);
    }

    private static int[] columns(int[] rows, int width) {
        int count = rows.length / width;
        int[] all = new int[rows.length];
        for (int i = 0; i < rows.length; i++) all[i % width * count + i / width] = rows[i];
        return all;
    }

    @Override
    public Topology find(Scope s, HeadField field, int[] expressions, boolean everywhere, StepClock clock) {
        try (Scope inner = s.child();
                Torch.Mode off = Torch.noGradient()) {
            NDArray distances = field.distances(inner, expressions);
            clock.lap("field");
            int n = expressions.length;
            List<NDArray> found =
                    KERNELS.callAll(inner, "march", distances, ends, tetrahedra, tetrahedraByEdge, cases, caseFaces);
            List<NDArray> used = KERNELS.callAll(inner, "used", found.get(0), ends, n, vertices);
            long[] counts =
                    KERNELS.call(inner, "rows", found.get(2), used.get(4)).toLongArray();
            check(expressions, Arrays.copyOfRange(counts, 2 * n, 3 * n));
            long width = Arrays.stream(counts, 3 * n, 4 * n).max().orElse(0);
            List<NDArray> placed = KERNELS.callAll(
                    inner, "placed", used.get(0), used.get(1), used.get(2), used.get(3), used.get(4), width);
            Topology topology = new Topology(
                    inner.keep(placed.get(0)),
                    inner.keep(placed.get(1)),
                    inner.keep(placed.get(2)),
                    inner.keep(found.get(1)),
                    Arrays.copyOfRange(counts, 0, n),
                    Arrays.copyOfRange(counts, n, 2 * n));
            topology.check(expressions);
            clock.lap("extraction");
            return topology;
        }
    }

    private static void check(int[] expressions, long[] lost) {
        for (int i = 0; i < lost.length; i++) {
            if (lost[i] > 0) {
                throw new IllegalStateException("the distances of expression " + expressions[i]
                        + " are no longer finite: lower the learning rates or the guidance");
            }
        }
    }
}
