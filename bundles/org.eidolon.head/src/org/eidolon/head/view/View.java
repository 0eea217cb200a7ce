// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import java.util.random.RandomGenerator;
import org.eidolon.render.Camera;

/**
 * Where a picture of a head is taken from.
 *
 * @param framing whole head or face crop
 * @param azimuth radians, 0 in front, positive towards the subject's left
 * @param elevation radians, positive above
 */
public record View(Framing framing, double azimuth, double elevation) {

    /** Draws a view uniformly from what the framing allows. */
    public static View random(Framing framing, RandomGenerator random) {
        double azimuth = (2 * random.nextDouble() - 1) * framing.azimuthLimit();
        double span = framing.highestElevation() - framing.lowestElevation();
        return new View(framing, azimuth, framing.lowestElevation() + random.nextDouble() * span);
    }

    public static View front(Framing framing) {
        return new View(framing, 0, 0);
    }

    public Camera camera() {
        float[] t = framing.target();
        return Camera.orbit(azimuth, elevation, framing.distance(), Framing.FIELD_OF_VIEW)
                .at(t[0], t[1], t[2]);
    }
}
