// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

/** The numbers by which a prior is told the view, the framing and the light of a picture. */
public final class ViewCode {
    /** Length of a code. */
    public static final int LENGTH = 12;

    private ViewCode() {}

    /**
     * The code of a picture.
     *
     * @param light the light of a lit picture; null for flat albedo and for normals
     */
    public static float[] of(View view, Light light) {
        float[] code = new float[LENGTH];
        code[0] = (float) Math.sin(view.azimuth());
        code[1] = (float) Math.cos(view.azimuth());
        code[2] = (float) Math.sin(2 * view.azimuth());
        code[3] = (float) Math.cos(2 * view.azimuth());
        code[4] = (float) (2 * view.elevation());
        code[5] = view.framing() == Framing.FACE ? 1 : -1;
        if (light != null) {
            code[6] = 1;
            code[7] = light.ambient();
            for (int i = 0; i < 3; i++) code[8 + i] = light.intensity() * light.direction()[i];
            code[11] = light.intensity();
        }
        return code;
    }
}
