// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

/** An axis-aligned box, in the unit of the mesh. */
public record Box(float minX, float minY, float minZ, float maxX, float maxY, float maxZ) {

    /** The smallest box around points given as x, y, z; of no points, the box that is just the origin. */
    public static Box of(float[] points) {
        if (points.length == 0) {
            return new Box(0, 0, 0, 0, 0, 0);
        }
        float[] low = {points[0], points[1], points[2]};
        float[] high = low.clone();
        for (int i = 3; i < points.length; i++) {
            low[i % 3] = Math.min(low[i % 3], points[i]);
            high[i % 3] = Math.max(high[i % 3], points[i]);
        }
        return new Box(low[0], low[1], low[2], high[0], high[1], high[2]);
    }

    public float sizeX() {
        return maxX - minX;
    }

    public float sizeY() {
        return maxY - minY;
    }

    public float sizeZ() {
        return maxZ - minZ;
    }

    public float diagonal() {
        return (float) Math.sqrt((double) sizeX() * sizeX() + (double) sizeY() * sizeY() + (double) sizeZ() * sizeZ());
    }
}
