// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.skin;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * How a head is painted: a base tone and, for each region, a colour and an opacity. Colours are sRGB in 0…1.
 *
 * @param tone base colour of the skin
 * @param colours colour of each region
 * @param opacity opacity of each region in 0…1
 */
public record Skin(float[] tone, Map<Region, float[]> colours, Map<Region, Float> opacity) {
    private static final float[][] TONES = {
        {0.93f, 0.77f, 0.69f},
        {0.88f, 0.70f, 0.59f},
        {0.80f, 0.61f, 0.49f},
        {0.68f, 0.49f, 0.37f},
        {0.53f, 0.36f, 0.26f},
        {0.38f, 0.25f, 0.18f},
        {0.26f, 0.17f, 0.13f},
    };
    private static final Region[] TOLD = {
        Region.LIPS,
        Region.BROWS,
        Region.STUBBLE,
        Region.FLUSH,
        Region.CROPPED_HAIR,
        Region.RECEDING_HAIR,
        Region.FULL_HAIR
    };

    /** Length of {@link #code}. */
    public static final int CODE_LENGTH = 3 * (2 + TOLD.length) + 1;

    /** Above 1 there are more light tones: the palette's steps are wider in the dark than eyes see them. */
    private static final double TONE_POWER = 1.3;

    private static final float[][] HAIR = {
        {0.07f, 0.06f, 0.06f},
        {0.16f, 0.11f, 0.08f},
        {0.30f, 0.20f, 0.13f},
        {0.52f, 0.38f, 0.22f},
        {0.75f, 0.62f, 0.42f},
        {0.48f, 0.22f, 0.12f},
        {0.62f, 0.60f, 0.58f},
    };
    private static final float[][] IRIS = {
        {0.18f, 0.10f, 0.06f}, {0.32f, 0.19f, 0.10f}, {0.40f, 0.33f, 0.18f},
        {0.30f, 0.40f, 0.28f}, {0.30f, 0.45f, 0.60f}, {0.45f, 0.50f, 0.54f},
    };

    /** Draws a skin: tone, lips, brows, iris, stubble, scalp hair, freckles. */
    public static Skin random(Random random) {
        Skin skin = new Skin(
                at(TONES, Math.pow(random.nextDouble(), TONE_POWER), random, 0.03f),
                new EnumMap<>(Region.class),
                new EnumMap<>(Region.class));
        float darkness = 1 - luminance(skin.tone);
        float[] hair = darkness > 0.6 && random.nextFloat() < 0.9
                ? jitter(HAIR[random.nextInt(2)], random, 0.02f)
                : between(HAIR, random, 0.03f);
        float[] redder = {skin.tone[0], skin.tone[1] * 0.72f, skin.tone[2] * 0.72f};
        skin.lay(Region.MOTTLE, scale(skin.tone, 0.88f), random.nextFloat() * 0.5f);
        skin.lay(Region.FRECKLES, scale(skin.tone, 0.6f), chance(random, 0.2f) * (0.15f + 0.35f * random.nextFloat()));
        skin.lay(Region.FLUSH, redder, random.nextFloat() * 0.6f);
        skin.lay(Region.EYE_SHADOW, scale(skin.tone, 0.7f), random.nextFloat() * 0.6f);
        boolean lipstick = random.nextFloat() < 0.2f;
        float[] lips = lipstick
                ? new float[] {0.4f + 0.4f * random.nextFloat(), 0.1f + 0.15f * random.nextFloat(), 0.15f}
                : new float[] {skin.tone[0] * 0.86f, skin.tone[1] * 0.62f, skin.tone[2] * 0.62f};
        skin.lay(Region.LIPS, jitter(lips, random, 0.03f), lipstick ? 0.9f : 0.4f + 0.5f * random.nextFloat());
        skin.lay(Region.STUBBLE, scale(hair, 0.9f), chance(random, 0.4f) * (0.15f + 0.65f * random.nextFloat()));
        int cut = random.nextInt(4);
        float cover = 0.6f + 0.4f * random.nextFloat();
        skin.lay(Region.CROPPED_HAIR, hair, cut == 0 ? cover * 0.7f : 0);
        skin.lay(Region.RECEDING_HAIR, hair, cut == 1 ? cover : 0);
        skin.lay(Region.FULL_HAIR, hair, cut == 2 ? cover : 0);
        skin.lay(Region.BROWS, scale(hair, 0.85f), 0.3f + 0.65f * random.nextFloat());
        skin.layParts(jitter(IRIS[random.nextInt(IRIS.length)], random, 0.05f), random.nextFloat());
        return skin;
    }

    /** The skin that says least: middle values of what {@link #random} draws. */
    public static Skin mean() {
        float[] tone = {0.64f, 0.48f, 0.39f};
        Skin skin = new Skin(tone, new EnumMap<>(Region.class), new EnumMap<>(Region.class));
        float[] hair = {0.3f, 0.22f, 0.16f};
        skin.lay(Region.MOTTLE, scale(tone, 0.88f), 0.25f);
        skin.lay(Region.FRECKLES, scale(tone, 0.6f), 0.1f);
        skin.lay(Region.FLUSH, new float[] {tone[0], tone[1] * 0.72f, tone[2] * 0.72f}, 0.3f);
        skin.lay(Region.EYE_SHADOW, scale(tone, 0.7f), 0.3f);
        skin.lay(Region.LIPS, new float[] {0.56f, 0.28f, 0.23f}, 0.65f);
        skin.lay(Region.STUBBLE, hair, 0.2f);
        skin.lay(Region.CROPPED_HAIR, hair, 0.15f);
        skin.lay(Region.RECEDING_HAIR, hair, 0.2f);
        skin.lay(Region.FULL_HAIR, hair, 0.2f);
        skin.lay(Region.BROWS, scale(hair, 0.85f), 0.6f);
        skin.layParts(new float[] {0.32f, 0.33f, 0.29f}, 0.5f);
        return skin;
    }

    private void layParts(float[] iris, float white) {
        lay(Region.MOUTH, new float[] {0.35f, 0.14f, 0.13f}, 1);
        lay(Region.GUMS, new float[] {0.68f, 0.33f, 0.33f}, 1);
        lay(Region.TEETH, new float[] {0.86f + 0.06f * white, 0.84f + 0.06f * white, 0.74f + 0.12f * white}, 1);
        lay(Region.SCLERA, new float[] {0.90f, 0.88f, 0.86f}, 1);
        lay(Region.IRIS, iris, 1);
        lay(Region.LIMBUS, scale(iris, 0.5f), 0.8f);
        lay(Region.PUPIL, new float[] {0.03f, 0.03f, 0.03f}, 1);
    }

    /**
     * What a prior is told of it, {@link #CODE_LENGTH} numbers of order 1: the tone, the colours that lips, brows,
     * stubble, flush and hair show in, the irises' colour, and how freckled it is.
     */
    public float[] code() {
        float[] code = new float[CODE_LENGTH];
        int at = 0;
        for (float[] colour : new float[][] {tone, colours.get(Region.IRIS)}) {
            for (float c : colour) code[at++] = 4 * c - 2;
        }
        for (Region region : TOLD) {
            for (int c = 0; c < 3; c++) {
                float shown = tone[c] + opacity.get(region) * (colours.get(region)[c] - tone[c]);
                code[at++] = 4 * shown - 2;
            }
        }
        code[at] = 4 * opacity.get(Region.FRECKLES) - 1;
        return code;
    }

    /** Luminance of the tone, sRGB in 0…1. */
    public float brightness() {
        return luminance(tone);
    }

    /** Colour of the hair, sRGB. */
    public float[] hair() {
        return colours.get(Region.FULL_HAIR).clone();
    }

    /** Tone (3) followed by red, green, blue of each region: (1 + regions) × 3. */
    public float[] colourTable() {
        float[] table = new float[3 * (1 + Region.values().length)];
        System.arraycopy(tone, 0, table, 0, 3);
        for (Region r : Region.values()) System.arraycopy(colours.get(r), 0, table, 3 * (1 + r.ordinal()), 3);
        return table;
    }

    /** Opacity of each region. */
    public float[] opacityTable() {
        float[] table = new float[Region.values().length];
        for (Region r : Region.values()) table[r.ordinal()] = opacity.get(r);
        return table;
    }

    private void lay(Region region, float[] colour, float strength) {
        colours.put(region, colour);
        opacity.put(region, strength);
    }

    private static float[] between(float[][] palette, Random random, float noise) {
        return at(palette, random.nextFloat(), random, noise);
    }

    /** A colour of the palette, 0 its first and 1 its last. */
    private static float[] at(float[][] palette, double share, Random random, float noise) {
        float at = (float) share * (palette.length - 1);
        int i = Math.min((int) at, palette.length - 2);
        float[] mix = new float[3];
        for (int c = 0; c < 3; c++) mix[c] = palette[i][c] + (at - i) * (palette[i + 1][c] - palette[i][c]);
        return jitter(mix, random, noise);
    }

    private static float[] jitter(float[] colour, Random random, float amount) {
        // mostly brightness, little hue: skin and hair stay on their palette
        float[] out = new float[3];
        float gain = 1 + 2 * amount * (float) random.nextGaussian();
        for (int c = 0; c < 3; c++) {
            float hue = 1 + 0.6f * amount * (float) random.nextGaussian();
            out[c] = Math.max(0.02f, Math.min(0.97f, colour[c] * gain * hue));
        }
        return out;
    }

    private static float chance(Random random, float probability) {
        return random.nextFloat() < probability ? 1 : 0;
    }

    private static float[] scale(float[] colour, float by) {
        return new float[] {colour[0] * by, colour[1] * by, colour[2] * by};
    }

    private static float luminance(float[] c) {
        return 0.3f * c[0] + 0.59f * c[1] + 0.11f * c[2];
    }
}
