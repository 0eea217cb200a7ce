// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshParts;
import org.eidolon.mesh.Smoothing;
import org.eidolon.render.Meshes;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * A head in all its expressions: a signed distance and an offset for every vertex of a tetrahedral lattice that is
 * denser at the face (DMTet, Shen et al., NeurIPS 2021), from feature grids that all expressions share, smaller grids
 * and a code of each expression's own, and one small network. A code alone would leave every expression neutral
 * (docs/method.md). The grids live in the lattice's own coordinates, so they are denser at the face too.
 */
public final class HeadField {
    static final Script KERNELS = Script.load(HeadField.class, "field.py");

    private static final int[] SHARED_GRIDS = {8, 16, 32, 64};
    private static final int[] OWN_GRIDS = {8, 16, 32};
    private static final int FEATURES = 4;
    private static final int CODE = 8;
    private static final int HIDDEN = 32;

    /** Rounds of smoothing at the end: against true heads each of the first few makes normals better. */
    private static final int POLISH = 3;

    /** An expression is drawn in few of the steps, so what is its own moves faster. */
    private static final double OWN_FACTOR = 3;

    /** Expressions whose distances are found at once where there is no host to hurry: 150 MB a layer at 64 cells. */
    private static final int TOGETHER = 4;

    /** How far one unit of the network's output moves the distance. */
    private static final double SCALE = 0.1;

    private final HeadLattice lattice;
    private final int expressions;
    private final List<NDArray> shared = new ArrayList<>();
    private final List<NDArray> own = new ArrayList<>();
    private final NDArray codes;
    private final List<NDArray> mlp = new ArrayList<>();
    private final NDArray coordinate;
    private final NDArray position;
    private final NDArray base;
    private final NDArray closed;
    private final NDArray spacing;
    private final NDArray halfPosition;
    private final NDArray halfBase;
    private final NDArray halfClosed;
    private final Topology.Finder finder;

    /**
     * A field in its base shape, its weights in the scope.
     *
     * @param resolution cells along each axis
     * @param expressions how many
     * @param seed of the weights
     */
    public HeadField(Scope scope, int resolution, int expressions, long seed) {
        this.expressions = expressions;
        lattice = new HeadLattice(resolution);
        finder = Topology.finder(scope, lattice);
        Torch.seed(seed);
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            for (int r : SHARED_GRIDS) {
                int side = Math.min(r, resolution) + 1;
                shared.add(s.keep(s.adopt(s.randn(1, FEATURES, side, side, side).mul(0.1f))));
            }
            for (int r : OWN_GRIDS) {
                int side = Math.min(r, resolution) + 1;
                own.add(s.keep(
                        s.adopt(s.randn(expressions, FEATURES, side, side, side).mul(0.02f))));
            }
            codes = s.keep(s.adopt(s.randn(expressions, CODE).mul(0.1f)));
            int features = FEATURES * (shared.size() + own.size());
            layer(s, HIDDEN, features + CODE + 3, 1);
            layer(s, HIDDEN, HIDDEN, 1);
            layer(s, 4, HIDDEN, 0.05);
        }
        parameters().values().forEach(Torch::parameter);

        int n = lattice.vertexCount();
        float[] at = lattice.positions(), distance = new float[n];
        byte[] edge = new byte[n];
        for (int v = 0; v < n; v++) {
            distance[v] = BaseShape.distance(at[3 * v], at[3 * v + 1], at[3 * v + 2]);
            edge[v] = (byte) (lattice.lattice().boundary()[v] ? 1 : 0);
        }
        coordinate = scope.of(lattice.coordinates(), n, 3);
        position = scope.of(at, n, 3);
        base = scope.of(distance, n);
        spacing = scope.of(lattice.spacing(), n, 3);
        closed = scope.of(edge, n);
        long[] half = Arrays.stream(lattice.halves() ? lattice.half() : new int[1])
                .asLongStream()
                .toArray();
        try (Scope s = scope.child()) {
            NDArray index = s.of(half);
            halfPosition = s.keep(KERNELS.call(s, "rows", position, index));
            halfBase = s.keep(KERNELS.call(s, "rows", base, index));
            halfClosed = s.keep(KERNELS.call(s, "rows", closed, index));
        }
    }

    private void layer(Scope s, int rows, int columns, double gain) {
        float scale = (float) (gain / Math.sqrt(columns));
        mlp.add(s.keep(s.adopt(s.randn(rows, columns).mul(scale))));
        mlp.add(s.keep(s.zeros(rows)));
    }

    public int expressions() {
        return expressions;
    }

    public int resolution() {
        return lattice.resolution();
    }

    /**
     * A leaf that the optimiser moves.
     *
     * @param factor of its learning rate
     */
    record Grid(NDArray leaf, double factor) {}

    /** Feature grids and codes. */
    List<Grid> grids() {
        List<Grid> all = new ArrayList<>();
        for (NDArray grid : shared) all.add(new Grid(grid, 1));
        for (NDArray grid : own) all.add(new Grid(grid, OWN_FACTOR));
        all.add(new Grid(codes, OWN_FACTOR));
        return all;
    }

    /** Weights of the network. */
    public List<NDArray> network() {
        return mlp;
    }

    /** All weights by name. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> all = new LinkedHashMap<>();
        for (int i = 0; i < shared.size(); i++) all.put("shared." + i, shared.get(i));
        for (int i = 0; i < own.size(); i++) all.put("own." + i, own.get(i));
        all.put("codes", codes);
        for (int i = 0; i < mlp.size(); i++) all.put("network." + i, mlp.get(i));
        return all;
    }

    /** Signed distances of an expression at every lattice vertex, without gradients. */
    public float[] distances(Scope scope, int expression) {
        return distances(scope, expression, position, base, closed, lattice.resolution() + 1);
    }

    private float[] distances(Scope scope, int e, NDArray position, NDArray base, NDArray closed, int side) {
        try (Scope s = scope.child()) {
            return distances(s, new int[] {e}, position, base, closed, side).toFloatArray();
        }
    }

    private NDArray distances(
            Scope scope, int[] expressions, NDArray position, NDArray base, NDArray closed, int side) {
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            NDArray chosen = chosen(s, expressions);
            return s.keep(
                    KERNELS.call(s, "whole", shared, own, chosen, codes, mlp, position, base, closed, side, SCALE));
        }
    }

    private static NDArray chosen(Scope s, int... expressions) {
        return s.of(Arrays.stream(expressions).asLongStream().toArray());
    }

    /**
     * The same, but far from the surface only the sign means something: every second vertex along each axis first, then
     * what lies near a change of sign. Features thinner than two cells can be missed where they begin.
     */
    float[] distancesNear(Scope scope, int expression) {
        if (!lattice.halves()) return distances(scope, expression);
        float[] all = new float[lattice.vertexCount()];
        long[] index = lattice.near(
                distances(scope, expression, halfPosition, halfBase, halfClosed, lattice.resolution() / 2 + 1), all);
        if (index.length == 0) return all;
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            float[] near = KERNELS.call(
                            s,
                            "some",
                            shared,
                            own,
                            chosen(s, expression),
                            codes,
                            mlp,
                            coordinate,
                            position,
                            base,
                            closed,
                            s.of(index, 1, index.length),
                            SCALE)
                    .toFloatArray();
            for (int i = 0; i < near.length; i++) all[(int) index[i]] = near[i];
        }
        return all;
    }

    /** Signed distances (E, V) of some expressions at every lattice vertex, in the scope, without gradients. */
    NDArray distances(Scope scope, int[] expressions) {
        List<NDArray> parts = new ArrayList<>();
        try (Scope s = scope.child()) {
            for (int from = 0; from < expressions.length; from += TOGETHER) {
                int[] some = Arrays.copyOfRange(expressions, from, Math.min(from + TOGETHER, expressions.length));
                parts.add(distances(s, some, position, base, closed, lattice.resolution() + 1));
            }
            return s.keep(KERNELS.call(s, "stack", parts));
        }
    }

    /** The surfaces of some expressions; gradients flow from their vertices to the field's weights. */
    public Surfaces surfaces(Scope s, int... expressions) {
        return surfaces(s, expressions, false, new StepClock());
    }

    Surfaces surfaces(Scope s, int[] expressions, boolean everywhere, StepClock clock) {
        return surfaces(s, expressions, finder.find(s, this, expressions, everywhere, clock), clock);
    }

    /** The vertices that belong to a topology. */
    Surfaces surfaces(Scope s, int[] expressions, Topology topology, StepClock clock) {
        List<NDArray> at = KERNELS.callAll(
                s,
                "at",
                shared,
                own,
                chosen(s, expressions),
                codes,
                mlp,
                coordinate,
                position,
                base,
                closed,
                spacing,
                topology.index(),
                SCALE);
        NDArray vertices = KERNELS.call(s, "cross", at.get(0), at.get(1), topology.a(), topology.b());
        NDArray cell = KERNELS.call(s, "cells", spacing, topology.index(), topology.a());
        Meshes meshes = Meshes.packed(topology.faces(), topology.faceCounts(), topology.vertexCounts());
        clock.lap("surface");
        return new Surfaces(vertices, cell, meshes);
    }

    /** The largest component of an expression's surface, without gradients and without the lattice's grain. */
    public Mesh mesh(Scope scope, int expression) {
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            Surfaces surface = surfaces(s, new int[] {expression}, true, new StepClock());
            Mesh mesh = MeshParts.largest(Mesh.of(
                    surface.vertices().toFloatArray(),
                    Arrays.stream(surface.meshes().faces().toLongArray())
                            .mapToInt(Math::toIntExact)
                            .toArray()));
            return Smoothing.taubin(mesh, POLISH, 0.5f);
        }
    }
}
