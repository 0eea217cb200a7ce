// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.Random;
import org.eidolon.head.skin.Skin;

/**
 * What lies between a bald render and a photo: hair around the face, a soft lens, grain. It is painted flat onto the
 * aligned crop, where a face always sits in the same place; an identity encoder that has seen photos finds a bald head
 * before an even wall strange, and what it says of strange faces carries over badly.
 *
 * @param row the numbers that the kernel takes, {@link #WIDTH} of them
 */
public record Finish(float[] row) {
    /** Hair: colour 3, opacity, centre, half width, half height, how short; window: half width, half height, centre; seed. */
    static final int HAIR = 12;

    /** Hair, then blur and grain. */
    static final int WIDTH = HAIR + 2;

    private static final double HAIRY = 0.5;

    /** Draws a finish; lengths are shares of the crop's side. */
    static Finish random(Random random, Skin skin) {
        float[] row = new float[WIDTH];
        System.arraycopy(skin.hair(), 0, row, 0, 3);
        row[3] = random.nextDouble() < HAIRY ? 0.85f + 0.15f * random.nextFloat() : 0;
        row[4] = between(random, 0.40f, 0.52f);
        row[5] = between(random, 0.42f, 0.62f);
        row[6] = between(random, 0.46f, 0.66f);
        row[7] = random.nextFloat() < 0.5f ? 1 : 0.15f * random.nextFloat();
        row[8] = between(random, 0.35f, 0.46f);
        row[9] = between(random, 0.44f, 0.60f);
        row[10] = between(random, 0.60f, 0.70f);
        row[11] = between(random, 0, 6.28f);
        row[12] = random.nextFloat() < 0.7f ? 0 : random.nextFloat();
        row[13] = random.nextFloat() < 0.7f ? 0 : 0.04f * random.nextFloat();
        return new Finish(row);
    }

    private static float between(Random random, float low, float high) {
        return low + (high - low) * random.nextFloat();
    }
}
