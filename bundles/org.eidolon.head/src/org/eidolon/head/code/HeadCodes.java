// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.code;

import org.eidolon.head.skin.Skin;

/**
 * The codes by which a starter prior is told a person and an expression, in numbers of the head model that it was
 * trained on: shape weights and skin of the person, weights of the expression's shapes. A prior learns from true codes;
 * what it is given later is what a {@link CodeReader} reads from photo and words. The first number is 1, so that a code
 * of zeros means "unknown" and not "average".
 */
public final class HeadCodes {
    /** Identity modes that are told; those after them move a head by less than 2 mm. */
    public static final int MODES = 64;

    /** Expression shapes that are told: all of ICT-FaceKit's, and room for a few more. */
    public static final int SHAPES = 56;

    /** Length of the code of an identity. */
    public static final int IDENTITY = 1 + MODES + Skin.CODE_LENGTH;

    /** Length of the code of an expression. */
    public static final int EXPRESSION = 1 + SHAPES;

    private HeadCodes() {}

    /** The true code of a made-up person; modes may be fewer or more than are told. */
    public static float[] identity(float[] modes, Skin skin) {
        float[] code = new float[IDENTITY];
        code[0] = 1;
        System.arraycopy(modes, 0, code, 1, Math.min(modes.length, MODES));
        System.arraycopy(skin.code(), 0, code, 1 + MODES, Skin.CODE_LENGTH);
        return code;
    }

    /** The true code of an expression by the weights of its shapes, in 0…1. */
    public static float[] expression(float[] shapes) {
        float[] code = new float[EXPRESSION];
        code[0] = 1;
        System.arraycopy(shapes, 0, code, 1, Math.min(shapes.length, SHAPES));
        return code;
    }
}
