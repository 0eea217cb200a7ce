// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

/**
 * The box that heads live in: right-handed, y up, the face looks along +z, x towards the subject's left, everything
 * inside [-1, 1]³. ICT-FaceKit gives centimetres with the same axes, so the two differ by a shift and a scale.
 */
public final class HeadSpace {
    /** Centimetres of ICT-FaceKit for one unit of head space. */
    public static final float CENTIMETRES = 17.8f;

    /** Metres for one unit of head space at life size. */
    public static final float METRES = CENTIMETRES / 100f;

    private static final float[] CENTRE = {0f, -2.4f, 1.93f};

    private HeadSpace() {}

    /** Converts one coordinate (axis 0, 1, 2) from ICT-FaceKit's centimetres. */
    public static float fromCentimetres(float value, int axis) {
        return (value - CENTRE[axis]) / CENTIMETRES;
    }

    /** Converts one coordinate (axis 0, 1, 2) to ICT-FaceKit's centimetres. */
    public static float toCentimetres(float value, int axis) {
        return value * CENTIMETRES + CENTRE[axis];
    }
}
