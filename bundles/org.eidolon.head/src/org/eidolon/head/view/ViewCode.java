// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import org.eidolon.render.Light;

/** The numbers by which a prior is told the view, the framing and the light of a picture. */
public final class ViewCode {
    private static final int VIEW = 6;

    /** Where a code tells whether the picture is lit. */
    public static final int MARK = VIEW;

    /** Length of a code. */
    public static final int LENGTH = VIEW + Light.CODE_WIDTH;

    private ViewCode() {}

    /**
     * The same code for a domain that stands beside others, as in a base of all domains: the number that is 1 for lit
     * pictures and 0 for flat ones is the domain's mark.
     */
    public static float[] marked(float[] code, int mark) {
        float[] marked = code.clone();
        if (mark != 0) marked[MARK] = mark;
        return marked;
    }

    /**
     * The code of a picture.
     *
     * @param light the light of a lit picture; {@link Light#FLAT} for flat albedo and for normals
     */
    public static float[] of(View view, Light light) {
        float[] code = new float[LENGTH];
        code[0] = (float) Math.sin(view.azimuth());
        code[1] = (float) Math.cos(view.azimuth());
        code[2] = (float) Math.sin(2 * view.azimuth());
        code[3] = (float) Math.cos(2 * view.azimuth());
        code[4] = (float) (2 * view.elevation());
        code[5] = view.framing() == Framing.FACE ? 1 : -1;
        System.arraycopy(light.code(), 0, code, VIEW, Light.CODE_WIDTH);
        return code;
    }
}
