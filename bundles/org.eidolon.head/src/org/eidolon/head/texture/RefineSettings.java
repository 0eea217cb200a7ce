// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import org.eidolon.head.stage.Preset;

/**
 * Settings of the refinement of a texture.
 *
 * @param stage steps, pictures, guidance and rates, as those of the texture stage
 * @param first how far pictures are noised at the start, as a share of the schedule, 0 to 1
 * @param last the same at the end
 * @param denoising steps that the prior takes back from there
 * @param perceptual weight of the distance of features beside L1
 */
public record RefineSettings(LatentTextureSettings stage, double first, double last, int denoising, double perceptual) {
    private static final double GUIDANCE = 7.5;

    public RefineSettings {
        require(first > 0 && first <= 1, "first", first, "above 0, at most 1");
        require(last > 0 && last <= first, "last", last, "above 0, at most first");
        require(denoising >= 1 && denoising <= 100, "denoising", denoising, "1 to 100");
        require(perceptual >= 0 && perceptual <= 1000, "perceptual", perceptual, "0 to 1000");
    }

    private static void require(boolean held, String name, Number value, String allowed) {
        if (!held) throw new IllegalArgumentException("refinement: " + name + " must be " + allowed + ", was " + value);
    }

    /**
     * A preset by name.
     *
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static RefineSettings of(String quality, long seed) {
        TextureSettings loop =
                switch (Preset.of(quality)) {
                    case DRAFT -> new TextureSettings(60, 32, 2, 1, 0.5, 1, GUIDANCE, 1e-2, 2e-3, seed);
                    case STANDARD -> new TextureSettings(300, 96, 2, 2, 0.5, 1, GUIDANCE, 5e-3, 1e-3, seed);
                    case HIGH -> new TextureSettings(1000, 192, 2, 2, 0.5, 1, GUIDANCE, 3e-3, 6e-4, seed);
                };
        return new RefineSettings(LatentTextureSettings.of(quality, true, seed).withLoop(loop), 0.5, 0.15, 5, 0.5);
    }

    public RefineSettings withStage(LatentTextureSettings other) {
        return new RefineSettings(other, first, last, denoising, perceptual);
    }

    public RefineSettings withStrength(double start) {
        return new RefineSettings(stage, start, Math.min(last, start), denoising, perceptual);
    }
}
