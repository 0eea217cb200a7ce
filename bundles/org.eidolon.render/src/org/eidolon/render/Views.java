// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import java.util.stream.IntStream;

/**
 * Which mesh each view shows. The vertices of all views, one view after another, make the rows of the clip positions:
 * a mesh seen by three cameras has three copies there.
 */
public final class Views {
    private final Meshes meshes;
    private final long[] faceStart;
    private final long[] faceCount;
    private final long[] vertexStart;
    private final long[] vertexCount;
    private final long[] viewStart;

    private Views(Meshes meshes, int[] meshOfView) {
        this.meshes = meshes;
        for (int m : meshOfView) {
            if (m < 0 || m >= meshes.count()) {
                throw new IllegalArgumentException("a view shows mesh " + m + ", there are " + meshes.count());
            }
        }
        faceStart = IntStream.of(meshOfView).mapToLong(meshes::faceStart).toArray();
        faceCount = IntStream.of(meshOfView).mapToLong(meshes::faceCount).toArray();
        vertexStart = IntStream.of(meshOfView).mapToLong(meshes::vertexStart).toArray();
        vertexCount = IntStream.of(meshOfView).mapToLong(meshes::vertexCount).toArray();
        viewStart = Meshes.starts(vertexCount);
    }

    /** View b shows mesh b. */
    public static Views each(Meshes meshes) {
        return new Views(meshes, IntStream.range(0, meshes.count()).toArray());
    }

    /** View b shows mesh {@code meshOfView[b]}. */
    public static Views of(Meshes meshes, int... meshOfView) {
        return new Views(meshes, meshOfView);
    }

    /** {@code per} views in a row of each mesh. */
    public static Views repeated(Meshes meshes, int per) {
        return new Views(
                meshes,
                IntStream.range(0, meshes.count() * per).map(i -> i / per).toArray());
    }

    public Meshes meshes() {
        return meshes;
    }

    public int count() {
        return faceCount.length;
    }

    long[] faceStart() {
        return faceStart;
    }

    long[] faceCount() {
        return faceCount;
    }

    long[] vertexStart() {
        return vertexStart;
    }

    long[] vertexCount() {
        return vertexCount;
    }

    long[] viewStart() {
        return viewStart;
    }
}
