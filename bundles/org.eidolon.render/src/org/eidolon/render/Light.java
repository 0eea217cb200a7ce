// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import java.util.random.RandomGenerator;

/**
 * The light of one view, in <em>camera space</em> (x right, y up, z towards the viewer), so that its code means the
 * same whatever the view: ambient, a key and a fill light (Lambert), and optionally second-order spherical harmonics
 * of irradiance (Ramamoorthi and Hanrahan 2001). The picture is {@code clamp(albedo · irradiance)^gamma}; light is
 * multiplied onto display colours. {@link #FLAT} leaves the albedo as it is.
 *
 * @param lit false: the flat albedo, and nothing else counts
 * @param ambient red, green, blue
 * @param keyDirection unit vector towards the light
 * @param keyColour red, green, blue
 * @param fillDirection unit vector towards the light
 * @param fillColour red, green, blue
 * @param gamma exponent applied to the lit picture; 1 leaves it
 * @param harmonics 9 × red, green, blue of irradiance divided by pi, ordered Y00, Y1-1, Y10, Y11, Y2-2 …; or null
 */
public record Light(
        boolean lit,
        float[] ambient,
        float[] keyDirection,
        float[] keyColour,
        float[] fillDirection,
        float[] fillColour,
        double gamma,
        float[] harmonics) {

    /** Numbers that a light takes in a (B, 44) tensor. */
    public static final int WIDTH = 44;

    /** The first numbers, which are what a prior is told: all but the harmonics. */
    public static final int CODE_WIDTH = 17;

    private static final float[] NONE = new float[3];

    /** No light: the albedo itself. */
    public static final Light FLAT = new Light(false, NONE, NONE, NONE, NONE, NONE, 1, null);

    public Light {
        check("ambient", ambient, 3);
        check("keyDirection", keyDirection, 3);
        check("keyColour", keyColour, 3);
        check("fillDirection", fillDirection, 3);
        check("fillColour", fillColour, 3);
        if (harmonics != null) {
            check("harmonics", harmonics, 27);
        }
    }

    private static void check(String name, float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "light: " + name + " needs " + length + " numbers, has " + values.length);
        }
    }

    /** Ambient and one white light from an angle to the right of and above the viewer, in radians. */
    public static Light simple(double ambient, double key, double right, double above) {
        return new Light(true, grey(ambient), towards(right, above), grey(key), NONE, NONE, 1, null);
    }

    /** Only spherical harmonics. */
    public static Light environment(float[] harmonics) {
        return new Light(true, NONE, NONE, NONE, NONE, NONE, 1, harmonics);
    }

    /** A portrait's light at random: grey to slightly tinted ambient, a key from the front half, a weaker fill. */
    public static Light random(RandomGenerator random) {
        double ambient = 0.25 + 0.35 * random.nextDouble();
        double key = (1.05 - ambient) * (0.5 + 0.6 * random.nextDouble());
        double side = Math.toRadians(-80 + 160 * random.nextDouble());
        double above = Math.toRadians(-25 + 85 * random.nextDouble());
        double fill = 0.35 * key * random.nextDouble();
        double fillSide = side + (random.nextBoolean() ? 1 : -1) * Math.toRadians(60 + 80 * random.nextDouble());
        return new Light(
                true,
                tinted(random, ambient),
                towards(side, above),
                tinted(random, key),
                towards(fillSide, Math.toRadians(-20 + 50 * random.nextDouble())),
                tinted(random, fill),
                Math.exp(0.2 * (2 * random.nextDouble() - 1)),
                null);
    }

    /** Unit vector in camera space towards a point right of and above the viewer, in radians. */
    public static float[] towards(double right, double above) {
        return new float[] {
            (float) (Math.sin(right) * Math.cos(above)),
            (float) Math.sin(above),
            (float) (Math.cos(right) * Math.cos(above))
        };
    }

    /** The same lamps standing still in the world of azimuth 0, the camera elsewhere; harmonics must be null. */
    public Light seenBy(Camera camera) {
        if (harmonics != null) {
            throw new IllegalArgumentException(
                    "light: spherical harmonics are given in camera space, they do not turn");
        }
        double[] r = camera.rotation();
        return new Light(
                lit, ambient, turn(r, keyDirection), keyColour, turn(r, fillDirection), fillColour, gamma, null);
    }

    private static float[] turn(double[] r, float[] d) {
        float[] out = new float[3];
        for (int i = 0; i < 3; i++) {
            out[i] = (float) (r[3 * i] * d[0] + r[3 * i + 1] * d[1] + r[3 * i + 2] * d[2]);
        }
        return out;
    }

    private static float[] grey(double v) {
        return new float[] {(float) v, (float) v, (float) v};
    }

    private static float[] tinted(RandomGenerator random, double v) {
        float[] c = new float[3];
        double warm = 0.06 * random.nextGaussian();
        c[0] = (float) (v * (1 + warm));
        c[1] = (float) v;
        c[2] = (float) (v * (1 - warm));
        return c;
    }

    /** The row of {@link Lights}: lit, ambient 3, key direction 3, colour 3, fill direction 3, colour 3, gamma, 27. */
    public float[] row() {
        float[] row = new float[WIDTH];
        row[16] = (float) gamma;
        if (!lit) {
            return row;
        }
        row[0] = 1;
        System.arraycopy(ambient, 0, row, 1, 3);
        System.arraycopy(keyDirection, 0, row, 4, 3);
        System.arraycopy(keyColour, 0, row, 7, 3);
        System.arraycopy(fillDirection, 0, row, 10, 3);
        System.arraycopy(fillColour, 0, row, 13, 3);
        if (harmonics != null) {
            System.arraycopy(harmonics, 0, row, 17, 27);
        }
        return row;
    }

    /** What a prior is told of it: {@link #CODE_WIDTH} numbers of order 1; all zero for {@link #FLAT}. */
    public float[] code() {
        float[] code = java.util.Arrays.copyOf(row(), CODE_WIDTH);
        code[16] = (float) Math.log(gamma);
        return code;
    }
}
