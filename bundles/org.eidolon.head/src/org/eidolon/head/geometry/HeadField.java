// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.mesh.AxisWarp;
import org.eidolon.mesh.Lattice;
import org.eidolon.mesh.MarchingTetrahedra;
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
    private static final int[] OWN_GRIDS = {16, 32};
    private static final int FEATURES = 4;
    private static final int CODE = 8;
    private static final int HIDDEN = 32;

    /** How far one unit of the network's output moves the distance. */
    private static final double SCALE = 0.1;

    private final Lattice lattice;
    private final MarchingTetrahedra marching;
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
    private final ThreadLocal<int[]> rank;

    /**
     * A surface of one expression.
     *
     * @param vertices (K, 3), differentiable
     * @param triangles vertex indices, 3F, facing outward
     * @param cell (K, 1), size of the lattice's cells at each vertex
     */
    public record Surface(NDArray vertices, int[] triangles, NDArray cell) {}

    /**
     * A field in its base shape, its weights in the scope.
     *
     * @param resolution cells along each axis
     * @param expressions how many
     * @param seed of the weights
     */
    public HeadField(Scope scope, int resolution, int expressions, long seed) {
        this.expressions = expressions;
        // denser where the face is: in front, between chin and brows
        lattice = Lattice.kuhn(
                resolution, new AxisWarp(1.5, 0, 0.35), new AxisWarp(1.5, 0.13, 0.45), new AxisWarp(1.5, 0.45, 0.25));
        marching = new MarchingTetrahedra(lattice);
        rank = ThreadLocal.withInitial(() -> new int[lattice.vertexCount()]);
        Torch.seed(seed);
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            for (int r : SHARED_GRIDS) {
                int side = Math.min(r, resolution) + 1;
                shared.add(s.keep(s.adopt(s.randn(1, FEATURES, side, side, side).mul(0.1f))));
            }
            for (int r : OWN_GRIDS) {
                int side = Math.min(r, resolution) + 1;
                own.add(s.keep(s.adopt(s.randn(expressions, FEATURES, side, side, side).mul(0.02f))));
            }
            codes = s.keep(s.adopt(s.randn(expressions, CODE).mul(0.1f)));
            int features = FEATURES * (shared.size() + own.size());
            layer(s, HIDDEN, features + CODE + 3, 1);
            layer(s, HIDDEN, HIDDEN, 1);
            layer(s, 4, HIDDEN, 0.05);
        }
        parameters().values().forEach(Torch::parameter);

        int n = lattice.vertexCount(), side = resolution + 1;
        float[] where = new float[3 * n], distance = new float[n], at = lattice.positions();
        byte[] edge = new byte[n];
        for (int v = 0; v < n; v++) {
            where[3 * v] = 2f * (v % side) / resolution - 1;
            where[3 * v + 1] = 2f * (v / side % side) / resolution - 1;
            where[3 * v + 2] = 2f * (v / (side * side)) / resolution - 1;
            distance[v] = BaseShape.distance(at[3 * v], at[3 * v + 1], at[3 * v + 2]);
            edge[v] = (byte) (lattice.boundary()[v] ? 1 : 0);
        }
        coordinate = scope.of(where, n, 3);
        position = scope.of(at, n, 3);
        base = scope.of(distance, n);
        try (Scope s = scope.child()) {
            closed = s.keep(s.adopt(s.of(edge, n).toType(DataType.BOOLEAN, true)));
        }
        spacing = scope.of(lattice.spacing(), n, 3);
    }

    private void layer(Scope s, int rows, int columns, double gain) {
        float scale = (float) (gain / Math.sqrt(columns));
        mlp.add(s.keep(s.adopt(s.randn(rows, columns).mul(scale))));
        mlp.add(s.keep(s.zeros(rows)));
    }

    public int expressions() {
        return expressions;
    }

    public Lattice lattice() {
        return lattice;
    }

    /** Feature grids and codes: what the optimiser moves fast. */
    public List<NDArray> grids() {
        List<NDArray> all = new ArrayList<>(shared);
        all.addAll(own);
        all.add(codes);
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
        try (Scope s = scope.child();
                var off = Torch.noGradient()) {
            return KERNELS.call(
                            s, "whole", shared, own, expression, codes, mlp, position, base, closed,
                            lattice.resolution() + 1, SCALE)
                    .toFloatArray();
        }
    }

    /** The surface of an expression; gradients flow from its vertices to the field's weights. */
    public Surface surface(Scope s, int expression) {
        MarchingTetrahedra.Surface found = marching.extract(distances(s, expression));
        int[] ends = found.edges();
        int[] rank = this.rank.get();
        int[] used = java.util.Arrays.stream(ends).sorted().distinct().toArray();
        for (int i = 0; i < used.length; i++) rank[used[i]] = i;
        int k = found.vertexCount();
        long[] a = new long[k], b = new long[k], index = new long[used.length];
        float[] cell = new float[k];
        for (int i = 0; i < k; i++) {
            a[i] = rank[ends[2 * i]];
            b[i] = rank[ends[2 * i + 1]];
            int v = 3 * ends[2 * i];
            float[] gap = lattice.spacing();
            cell[i] = (gap[v] + gap[v + 1] + gap[v + 2]) / 3;
        }
        for (int i = 0; i < used.length; i++) index[i] = used[i];
        List<NDArray> at = KERNELS.callAll(
                s, "at", shared, own, expression, codes, mlp, coordinate, position, base, closed, spacing, s.of(index),
                SCALE);
        NDArray vertices = KERNELS.call(s, "cross", at.get(0), at.get(1), s.of(a), s.of(b));
        return new Surface(vertices, found.triangles(), s.of(cell, k, 1));
    }
}
