// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/**
 * An indexed triangle mesh. Immutable by convention: nobody writes into the arrays after construction.
 *
 * <p>Triangles are counter-clockwise seen from outside. Texture coordinates follow glTF: (0, 0) is the corner of the
 * image's first row and first column, so v grows downwards.
 *
 * @param positions x, y, z of each vertex, {@code float[3V]}, finite
 * @param triangles three vertex indices of each triangle, {@code int[3F]}
 * @param uvs u, v of each vertex, {@code float[2V]}, or null
 * @param normals unit normal of each vertex, {@code float[3V]}, or null
 */
public record Mesh(float[] positions, int[] triangles, float[] uvs, float[] normals) {

    /** @throws IllegalArgumentException when sizes disagree, an index is out of bounds or a number isn't finite */
    public Mesh {
        if (positions.length % 3 != 0) {
            throw new IllegalArgumentException("positions: " + positions.length + " numbers, not a multiple of 3");
        }
        if (triangles.length % 3 != 0) {
            throw new IllegalArgumentException("triangles: " + triangles.length + " indices, not a multiple of 3");
        }
        int vertices = positions.length / 3;
        if (uvs != null && uvs.length != 2 * vertices) {
            throw new IllegalArgumentException("uvs: " + uvs.length + " numbers for " + vertices + " vertices");
        }
        if (normals != null && normals.length != 3 * vertices) {
            throw new IllegalArgumentException("normals: " + normals.length + " numbers for " + vertices + " vertices");
        }
        for (int i = 0; i < triangles.length; i++) {
            if (triangles[i] < 0 || triangles[i] >= vertices) {
                throw new IllegalArgumentException(
                        "triangle " + i / 3 + " names vertex " + triangles[i] + " of " + vertices);
            }
        }
        requireFinite("positions", positions);
        requireFinite("uvs", uvs);
        requireFinite("normals", normals);
    }

    private static void requireFinite(String what, float[] values) {
        for (int i = 0; values != null && i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(what + "[" + i + "] is " + values[i]);
            }
        }
    }

    public static Mesh of(float[] positions, int[] triangles) {
        return new Mesh(positions, triangles, null, null);
    }

    public int vertexCount() {
        return positions.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }

    public Mesh withUvs(float[] newUvs) {
        return new Mesh(positions, triangles, newUvs, normals);
    }

    public Mesh withNormals(float[] newNormals) {
        return new Mesh(positions, triangles, uvs, newNormals);
    }

    /** Same topology elsewhere; normals are dropped because they no longer hold. */
    public Mesh withPositions(float[] newPositions) {
        return new Mesh(newPositions, triangles, uvs, null);
    }

    /** Scaled about the origin, then moved; a negative or zero scale is refused because it would turn the mesh inside out. */
    public Mesh transformed(float scale, float dx, float dy, float dz) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be positive, was " + scale);
        }
        float[] moved = new float[positions.length];
        float[] shift = {dx, dy, dz};
        for (int i = 0; i < moved.length; i++) {
            moved[i] = positions[i] * scale + shift[i % 3];
        }
        return new Mesh(moved, triangles, uvs, normals);
    }

    /** This mesh with {@link MeshMeasures#vertexNormals area-weighted vertex normals} where it has none. */
    public Mesh withVertexNormals() {
        return normals != null ? this : withNormals(MeshMeasures.vertexNormals(this));
    }

    public Box bounds() {
        return Box.of(positions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mesh m
                && java.util.Arrays.equals(positions, m.positions)
                && java.util.Arrays.equals(triangles, m.triangles)
                && java.util.Arrays.equals(uvs, m.uvs)
                && java.util.Arrays.equals(normals, m.normals);
    }

    @Override
    public int hashCode() {
        return 31 * java.util.Arrays.hashCode(positions) + java.util.Arrays.hashCode(triangles);
    }

    @Override
    public String toString() {
        return "Mesh[" + vertexCount() + " vertices, " + triangleCount() + " triangles" + (uvs != null ? ", uvs" : "")
                + (normals != null ? ", normals" : "") + "]";
    }
}
