// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import java.util.Random;

/**
 * White light on a head: an even part and one lamp, fixed to the camera. The lit colour in sRGB is albedo ×
 * irradiance^(1/2.2), irradiance = ambient + intensity · max(0, n·l): with a gamma of 2.2 that is the very same as
 * multiplying in linear light.
 *
 * @param ambient even irradiance
 * @param intensity irradiance of the lamp where it falls straight
 * @param direction unit vector towards the lamp in camera space (x right, y up, z towards the viewer)
 */
public record Light(float ambient, float intensity, float[] direction) {
    /** The gamma that stands for sRGB's curve. */
    public static final float GAMMA = 2.2f;

    /** Draws a lamp from the half-space before the face, brighter the less even light there is. */
    public static Light random(Random random) {
        float ambient = 0.12f + 0.5f * random.nextFloat();
        float intensity = 0.3f + 0.75f * random.nextFloat() * (1.1f - ambient);
        double azimuth = (random.nextDouble() * 2 - 1) * Math.toRadians(80);
        double elevation = Math.toRadians(-20 + 80 * random.nextDouble());
        return of(ambient, intensity, azimuth, elevation);
    }

    /** A lamp by its angles in camera space, in radians. */
    public static Light of(float ambient, float intensity, double azimuth, double elevation) {
        return new Light(ambient, intensity, new float[] {
            (float) (Math.sin(azimuth) * Math.cos(elevation)),
            (float) Math.sin(elevation),
            (float) (Math.cos(azimuth) * Math.cos(elevation))
        });
    }
}
