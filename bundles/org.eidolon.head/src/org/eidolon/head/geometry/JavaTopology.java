// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eidolon.mesh.MarchingTetrahedra;
import org.eidolon.torch.Scope;

/** Finds surfaces by threads on the host, one expression after another; what lies far from a surface is left out. */
final class JavaTopology implements Topology.Finder {
    private final HeadLattice lattice;
    private final MarchingTetrahedra marching;
    private final ThreadLocal<int[]> rank;

    /** A surface, its crossed edges' ends as places in the list of lattice vertices in use. */
    private record Found(long[] used, long[] a, long[] b, int[] triangles) {}

    JavaTopology(HeadLattice lattice) {
        this.lattice = lattice;
        marching = new MarchingTetrahedra(lattice.lattice());
        rank = ThreadLocal.withInitial(() -> new int[lattice.vertexCount()]);
    }

    @Override
    public Topology find(Scope s, HeadField field, int[] expressions, boolean everywhere, StepClock clock) {
        Found[] all = new Found[expressions.length];
        for (int i = 0; i < all.length; i++) {
            float[] distances =
                    everywhere ? field.distances(s, expressions[i]) : field.distancesNear(s, expressions[i]);
            clock.lap("field");
            all[i] = found(distances);
            clock.lap("extraction");
        }
        Topology topology = packed(s, all);
        topology.check(expressions);
        clock.lap("extraction");
        return topology;
    }

    private Found found(float[] distances) {
        MarchingTetrahedra.Surface surface = marching.extract(distances);
        int[] ends = surface.edges(), rank = this.rank.get();
        // lattice vertices in use, numbered in their own order
        Arrays.fill(rank, -1);
        for (int v : ends) rank[v] = 0;
        long[] used = new long[ends.length];
        int count = 0;
        for (int v = 0; v < rank.length; v++) {
            if (rank[v] < 0) continue;
            used[count] = v;
            rank[v] = count++;
        }
        long[] a = new long[ends.length / 2], b = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = rank[ends[2 * i]];
            b[i] = rank[ends[2 * i + 1]];
        }
        return new Found(Arrays.copyOf(used, count), a, b, surface.triangles());
    }

    private static Topology packed(Scope s, Found[] all) {
        int n = all.length;
        int width = Arrays.stream(all).mapToInt(f -> f.used.length).max().orElse(0);
        long[] index = new long[n * width];
        for (int i = 0; i < n; i++) System.arraycopy(all[i].used, 0, index, i * width, all[i].used.length);
        long[] faces = Arrays.stream(all)
                .flatMapToLong(f -> Arrays.stream(f.triangles).asLongStream())
                .toArray();
        return new Topology(
                s.of(index, n, width),
                s.of(places(all, Found::a, width)),
                s.of(places(all, Found::b, width)),
                s.of(faces, faces.length / 3, 3),
                Arrays.stream(all).mapToLong(f -> f.a.length).toArray(),
                Arrays.stream(all).mapToLong(f -> f.triangles.length / 3).toArray());
    }

    private static long[] places(Found[] all, Function<Found, long[]> ends, long width) {
        return IntStream.range(0, all.length)
                .boxed()
                .flatMapToLong(i -> Arrays.stream(ends.apply(all[i])).map(place -> place + i * width))
                .toArray();
    }
}
