// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.view;

import java.util.Random;

/**
 * Where a picture of a head is taken from.
 *
 * @param framing whole head or face crop
 * @param azimuth radians, 0 in front, positive towards the subject's left
 * @param elevation radians, positive above
 */
public record View(Framing framing, double azimuth, double elevation) {

    /** Draws a view uniformly from what the framing allows. */
    public static View random(Framing framing, Random random) {
        double azimuth = (2 * random.nextDouble() - 1) * framing.azimuthLimit();
        double span = framing.highestElevation() - framing.lowestElevation();
        return new View(framing, azimuth, framing.lowestElevation() + random.nextDouble() * span);
    }

    public static View front(Framing framing) {
        return new View(framing, 0, 0);
    }
}
