// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.viewer.scene;

/**
 * Everything that says how a head is drawn, but the head itself.
 *
 * @param shape the expression shown
 * @param before the expression shown before it, which is blended out
 * @param fade how far it is blended out: 1 shows {@code shape} alone
 * @param turn of the light about the vertical axis, radians; positive to the viewer's right
 * @param exposure factor of all light
 * @param width pixels
 * @param height pixels
 */
public record Staging(
        DrawMode mode,
        OrbitCamera camera,
        int shape,
        int before,
        double fade,
        LightRig rig,
        double turn,
        double exposure,
        Backdrop backdrop,
        int width,
        int height) {
    /**
     * What is behind the head, sRGB from 0 to 1.
     *
     * @param ink of lines upon it
     */
    public record Backdrop(float[] top, float[] bottom, float[] ink) {
        public static final Backdrop DARK = new Backdrop(rgb(0x3a3d42), rgb(0x1c1e21), rgb(0xd7e3f2));
        public static final Backdrop LIGHT = new Backdrop(rgb(0xf2f3f5), rgb(0xc9cdd3), rgb(0x1d2733));

        private static float[] rgb(int colour) {
            return new float[] {(colour >> 16) / 255f, (colour >> 8 & 255) / 255f, (colour & 255) / 255f};
        }
    }

    public static Staging of(ShownHead model, int width, int height) {
        return new Staging(
                DrawMode.SHADED,
                OrbitCamera.framing(model.bounds()),
                model.first(),
                model.first(),
                1,
                LightRig.STUDIO,
                0,
                1,
                Backdrop.DARK,
                width,
                height);
    }

    public Staging withMode(DrawMode value) {
        return new Staging(value, camera, shape, before, fade, rig, turn, exposure, backdrop, width, height);
    }

    public Staging withCamera(OrbitCamera value) {
        return new Staging(mode, value, shape, before, fade, rig, turn, exposure, backdrop, width, height);
    }

    public Staging withShapes(int now, int earlier, double fadeValue) {
        return new Staging(mode, camera, now, earlier, fadeValue, rig, turn, exposure, backdrop, width, height);
    }

    public Staging withLight(LightRig newRig, double newTurn, double newExposure) {
        return new Staging(mode, camera, shape, before, fade, newRig, newTurn, newExposure, backdrop, width, height);
    }

    public Staging withBackdrop(Backdrop value) {
        return new Staging(mode, camera, shape, before, fade, rig, turn, exposure, value, width, height);
    }

    public Staging withSize(int newWidth, int newHeight) {
        return new Staging(mode, camera, shape, before, fade, rig, turn, exposure, backdrop, newWidth, newHeight);
    }
}
