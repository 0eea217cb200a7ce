// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

/**
 * The two framings that priors know (docs/method.md): the whole head from anywhere, and the face twice as close from
 * the front half. Lengths in head space, angles in radians.
 */
public enum Framing {
    WHOLE(0f, 0.12f, 0f, 0.85f, Math.PI, -0.26, 0.44),
    FACE(0f, 0.125f, 0.34f, 0.42f, Math.toRadians(70), -0.26, 0.35);

    /** Vertical field of view of every camera. */
    public static final double FIELD_OF_VIEW = 0.35;

    private final float[] target;
    private final float halfHeight;
    private final double azimuthLimit;
    private final double lowest;
    private final double highest;

    Framing(float x, float y, float z, float halfHeight, double azimuthLimit, double lowest, double highest) {
        this.target = new float[] {x, y, z};
        this.halfHeight = halfHeight;
        this.azimuthLimit = azimuthLimit;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The point that cameras look at. */
    public float[] target() {
        return target.clone();
    }

    /** Half the height of the picture at the target. */
    public float halfHeight() {
        return halfHeight;
    }

    /** Distance of the camera from the target. */
    public double distance() {
        return halfHeight / Math.tan(FIELD_OF_VIEW / 2);
    }

    /** Largest azimuth to either side. */
    public double azimuthLimit() {
        return azimuthLimit;
    }

    public double lowestElevation() {
        return lowest;
    }

    public double highestElevation() {
        return highest;
    }
}
