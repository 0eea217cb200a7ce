// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/**
 * The triangles of several meshes, without their positions: either one list that all share, or a list each. Vertex
 * numbers count within their own mesh. Front faces run anticlockwise seen from outside. What is derived from the
 * triangles (neighbours, a host copy) is made once and lives as long as they do.
 */
public final class Meshes {
    private static final Script SCRIPT = Script.load(Meshes.class, "rasterise.py");

    private final NDArray faces;
    private final long[] faceStart;
    private final long[] faceCount;
    private final long[] vertexStart;
    private final long[] vertexCount;
    private final boolean shared;
    private final Derived derived;

    /** Made once for all meshes with these faces. */
    private static final class Derived {
        private NDArray twins;
        private NDArray packed;
        private int[] host;
    }

    private Meshes(
            NDArray faces, long[] faceStart, long[] faceCount, long[] vertexCount, boolean shared, Derived derived) {
        if (faces.getDataType() != DataType.INT64
                || faces.getShape().dimension() != 2
                || faces.getShape().get(1) != 3) {
            throw new IllegalArgumentException(
                    "faces must be int64 (F, 3), are " + faces.getDataType() + " " + faces.getShape());
        }
        this.faces = faces;
        this.faceStart = faceStart;
        this.faceCount = faceCount;
        this.vertexCount = vertexCount;
        this.shared = shared;
        this.derived = derived;
        this.vertexStart = starts(vertexCount);
    }

    /** {@code count} meshes of {@code vertices} vertices each with the same faces (F, 3) int64. */
    public static Meshes shared(NDArray faces, int count, long vertices) {
        return shared(faces, count, vertices, new Derived());
    }

    private static Meshes shared(NDArray faces, int count, long vertices, Derived derived) {
        long[] n = new long[count];
        Arrays.fill(n, faces.getShape().get(0));
        long[] v = new long[count];
        Arrays.fill(v, vertices);
        return new Meshes(faces, new long[count], n, v, true, derived);
    }

    /** Meshes one after another: faces (sum of faceCounts, 3) int64, each numbered within its own mesh. */
    public static Meshes packed(NDArray faces, long[] faceCounts, long[] vertexCounts) {
        if (faceCounts.length != vertexCounts.length
                || Arrays.stream(faceCounts).sum() != faces.getShape().get(0)) {
            throw new IllegalArgumentException("face counts " + Arrays.toString(faceCounts) + " and vertex counts "
                    + Arrays.toString(vertexCounts) + " do not fit faces " + faces.getShape());
        }
        return new Meshes(faces, starts(faceCounts), faceCounts.clone(), vertexCounts.clone(), false, new Derived());
    }

    /** The same faces for another number of meshes; only for shared ones. Keeps what was derived. */
    public Meshes times(int count) {
        if (!shared) {
            throw new IllegalStateException("only meshes with shared faces can be repeated");
        }
        return shared(faces, count, vertexCount[0], derived);
    }

    public int count() {
        return faceCount.length;
    }

    public NDArray faces() {
        return faces;
    }

    public boolean isShared() {
        return shared;
    }

    /** All vertices of all meshes. */
    public long vertices() {
        return Arrays.stream(vertexCount).sum();
    }

    long faceStart(int mesh) {
        return faceStart[mesh];
    }

    long faceCount(int mesh) {
        return faceCount[mesh];
    }

    long vertexStart(int mesh) {
        return vertexStart[mesh];
    }

    long vertexCount(int mesh) {
        return vertexCount[mesh];
    }

    /** (F, 3) int64 rows of the packed vertices; for meshes with triangles of their own. */
    public NDArray packedFaces(Scope scope) {
        if (shared) {
            throw new IllegalStateException("meshes that share their faces have no packed ones");
        }
        synchronized (derived) {
            if (derived.packed == null) {
                try (Torch.Mode off = Torch.noGradient()) {
                    derived.packed = SCRIPT.call(scope, "offset_faces", faces, faceCount, vertexStart);
                }
                derived.packed.attach(faces.getManager());
            }
            return derived.packed;
        }
    }

    /** For each half-edge, from corner k to corner k + 1, the row of the face across it or -1. (F, 3) int64. */
    NDArray twins(Scope scope) {
        synchronized (derived) {
            if (derived.twins == null) {
                NDArray whole = shared ? faces : packedFaces(scope);
                try (Torch.Mode off = Torch.noGradient()) {
                    derived.twins = SCRIPT.call(scope, "twins", whole, shared ? vertexCount[0] : vertices());
                }
                derived.twins.attach(faces.getManager());
            }
            return derived.twins;
        }
    }

    /** The faces in host memory. */
    int[] host() {
        synchronized (derived) {
            if (derived.host == null) {
                long[] all = faces.toLongArray();
                int[] copy = new int[all.length];
                for (int i = 0; i < all.length; i++) {
                    copy[i] = Math.toIntExact(all[i]);
                }
                derived.host = copy;
            }
            return derived.host;
        }
    }

    static long[] starts(long[] counts) {
        long[] starts = new long[counts.length];
        for (int i = 1; i < counts.length; i++) {
            starts[i] = starts[i - 1] + counts[i - 1];
        }
        return starts;
    }
}
