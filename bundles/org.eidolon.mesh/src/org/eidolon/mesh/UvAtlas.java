// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import org.eidolon.mesh.internal.AtlasBuilder;

/**
 * A mesh unwrapped into one square texture: charts without flips or overlaps, each triangle in exactly one.
 *
 * @param mesh the same triangles in the same order; vertices are split where charts meet, and carry uvs in [0, 1]
 * @param sourceVertices for each vertex of {@code mesh} the vertex it came from
 * @param charts chart number of each triangle, 0 to {@code chartCount − 1}
 */
public record UvAtlas(Mesh mesh, int[] sourceVertices, int[] charts, int chartCount) {

    /**
     * @param size side of the texture that the padding is meant for, in texels, 64 to 8192
     * @param padding free texels between charts, at least 2 for bilinear lookups
     * @param maxAngle how far normals lean from a chart's axis before it is cut, in radians
     */
    public record Options(int size, int padding, double maxAngle) {
        public static final Options DEFAULT = new Options(1024, 4, Math.toRadians(75));

        public Options {
            if (size < 64 || size > 8192) {
                throw new IllegalArgumentException("atlas size " + size + " is not between 64 and 8192 texels");
            }
            if (padding < 0 || padding > size / 16) {
                throw new IllegalArgumentException("padding " + padding + " is not between 0 and " + size / 16);
            }
            if (!(maxAngle >= 0.2 && maxAngle <= 1.5)) {
                throw new IllegalArgumentException("chart angle " + maxAngle + " is not between 0.2 and 1.5 radians");
            }
        }

        public Options withSize(int newSize) {
            return new Options(newSize, padding, maxAngle);
        }
    }

    /** Unwraps any triangle mesh. The result depends on the mesh and options alone. */
    public static UvAtlas of(Mesh mesh, Options options) {
        return AtlasBuilder.build(mesh, options);
    }
}
