// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.stage.Preset;

/**
 * Settings of the texture stage under a prior of latents.
 *
 * @param loop what the stage has with any prior
 * @param picture side of the pictures
 */
public record LatentTextureSettings(TextureSettings loop, int picture) {
    private static final int PICTURE = 512;

    public LatentTextureSettings {
        if (picture < 8 || picture > 2048) {
            throw new IllegalArgumentException("texture setting picture must be 8 to 2048, was " + picture);
        }
    }

    /**
     * A preset by name. All pictures are lit: a prior of words cannot be told that light is missing.
     *
     * @param person whether the prior is told of a person, and not of words alone
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static LatentTextureSettings of(String quality, boolean person, long seed) {
        double guidance = LatentGuide.usualGuidance(person);
        TextureSettings loop =
                switch (Preset.of(quality)) {
                    case DRAFT -> new TextureSettings(400, 32, 2, 1, 0.5, 1, guidance, 3e-2, 6e-3, seed);
                    case STANDARD -> new TextureSettings(1500, 96, 2, 2, 0.5, 1, guidance, 1.5e-2, 3e-3, seed);
                    // HumanNorm takes 2,000 steps before it refines
                    case HIGH -> new TextureSettings(4000, 192, 2, 2, 0.5, 1, guidance, 1e-2, 2e-3, seed);
                };
        return new LatentTextureSettings(loop, PICTURE);
    }

    public LatentTextureSettings withLoop(TextureSettings other) {
        return new LatentTextureSettings(other, picture);
    }

    public LatentTextureSettings withPicture(int side) {
        return new LatentTextureSettings(loop, side);
    }

    /** How many pictures a step shows of a head with so many expressions. */
    public int pictures(int expressions) {
        return loop.shown(expressions) * loop.viewsPerStep();
    }
}
