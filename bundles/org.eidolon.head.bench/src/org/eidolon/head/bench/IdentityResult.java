// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.Map;

/**
 * What was measured on one held-out person.
 *
 * @param key of the measurement
 * @param number in the gallery
 * @param seed of the person
 * @param made the head that the stage made of the portrait
 * @param meanHead the mean of all people, wearing the true expressions
 * @param randomIdentity another person's true head
 * @param directFit the same field fitted to true renders, or null
 * @param seconds of each part, of the last run
 * @param millisPerStep of the stage, by part
 */
record IdentityResult(
        String key,
        int number,
        long seed,
        HeadScore made,
        HeadScore meanHead,
        HeadScore randomIdentity,
        HeadScore directFit,
        Map<String, Double> seconds,
        Map<String, Double> millisPerStep)
        implements ResultFiles.Keyed {}
