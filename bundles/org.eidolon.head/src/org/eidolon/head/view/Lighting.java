// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import java.util.random.RandomGenerator;
import org.eidolon.render.Light;

/**
 * The light that heads are trained and textured under: albedo is linear while it is lit, and the picture is encoded
 * with a gamma of 2.2, so that an albedo found under it holds in any physically based renderer.
 */
public final class Lighting {
    /** The exponent that stands for sRGB's curve. */
    public static final double ENCODING = 1 / 2.2;

    private static final float[] NONE = new float[3];

    private Lighting() {}

    /** Even light, a lamp before the face and a weaker one from its other side, each slightly tinted. */
    public static Light random(RandomGenerator random) {
        double ambient = 0.15 + 0.4 * random.nextDouble();
        double key = (1.1 - ambient) * (0.45 + 0.6 * random.nextDouble());
        double side = Math.toRadians(-75 + 150 * random.nextDouble());
        double above = Math.toRadians(-20 + 80 * random.nextDouble());
        double fill = 0.4 * key * random.nextDouble();
        double fillSide = side - Math.signum(side) * Math.toRadians(60 + 70 * random.nextDouble());
        return new Light(
                true,
                tinted(random, ambient),
                Light.towards(side, above),
                tinted(random, key),
                Light.towards(fillSide, Math.toRadians(-20 + 50 * random.nextDouble())),
                tinted(random, fill),
                ENCODING,
                null);
    }

    /**
     * White even light and one white lamp.
     *
     * @param ambient irradiance from everywhere
     * @param key irradiance of the lamp where it falls straight
     * @param right angle of the lamp to the viewer's right, radians
     * @param above angle of the lamp above the viewer, radians
     */
    public static Light simple(double ambient, double key, double right, double above) {
        return new Light(true, grey(ambient), Light.towards(right, above), grey(key), NONE, NONE, ENCODING, null);
    }

    private static float[] grey(double value) {
        return new float[] {(float) value, (float) value, (float) value};
    }

    private static float[] tinted(RandomGenerator random, double value) {
        double warm = 0.05 * random.nextGaussian();
        return new float[] {(float) (value * (1 + warm)), (float) value, (float) (value * (1 - warm))};
    }
}
