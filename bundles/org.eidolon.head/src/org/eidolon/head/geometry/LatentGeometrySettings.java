// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.stage.Preset;

/**
 * Settings of the geometry stage under a prior of latents.
 *
 * @param loop what the stage has with any prior; its timesteps narrow from half way on, as HumanNorm's do
 * @param picture side of the pictures that go through the autoencoder
 * @param coarse share of the steps in which small normals and their outline stand for the latent itself, 0 to 1
 */
public record LatentGeometrySettings(GeometrySettings loop, int picture, double coarse) {
    // HumanNorm (Huang et al. 2024): heads at 512², t from 0.02…0.8, narrowing to 0.11…0.21 from half way
    private static final GeometrySettings.Span FIRST = new GeometrySettings.Span(0.02, 0.8);
    private static final GeometrySettings.Span LAST = new GeometrySettings.Span(0.11, 0.21);

    /** Of the umbrella for each unit of guidance, as the residual grows with it. */
    private static final double LAPLACIAN = 0.01;

    private static final int PICTURE = 512;

    public LatentGeometrySettings {
        if (picture < 8 || picture > 2048) {
            throw new IllegalArgumentException("geometry setting picture must be 8 to 2048, was " + picture);
        }
        if (!(coarse >= 0 && coarse <= 1)) {
            throw new IllegalArgumentException("geometry setting coarse must be 0 to 1, was " + coarse);
        }
    }

    /**
     * A preset by name.
     *
     * @param person whether the prior is told of a person, and not of words alone
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static LatentGeometrySettings of(String quality, boolean person, long seed) {
        return switch (Preset.of(quality)) {
            case DRAFT -> preset(64, 600, 1, person, 6e-3, 2e-3, seed);
            case STANDARD -> preset(96, 3000, 2, person, 3e-3, 1e-3, seed);
            case HIGH -> preset(128, 10_000, 2, person, 2e-3, 7e-4, seed);
        };
    }

    private static LatentGeometrySettings preset(
            int cells, int steps, int views, boolean person, double grids, double network, long seed) {
        double guidance = LatentGuide.usualGuidance(person);
        return new LatentGeometrySettings(
                new GeometrySettings(
                        cells, steps, 2, views, 0.4, guidance, FIRST, LAST, LAPLACIAN * guidance, grids, network, seed),
                PICTURE,
                0.3);
    }

    public LatentGeometrySettings withLoop(GeometrySettings other) {
        return new LatentGeometrySettings(other, picture, coarse);
    }

    public LatentGeometrySettings withPicture(int side) {
        return new LatentGeometrySettings(loop, side, coarse);
    }

    public LatentGeometrySettings withCoarse(double share) {
        return new LatentGeometrySettings(loop, picture, share);
    }

    /** Whether a step belongs to the coarse phase. */
    boolean coarse(long step) {
        return step < Math.round(coarse * loop.steps());
    }

    /** How many pictures a step shows of a head with so many expressions. */
    public int pictures(int expressions) {
        return loop.shown(expressions) * loop.viewsPerStep();
    }
}
