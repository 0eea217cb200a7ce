// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import org.eidolon.head.stage.Preset;

/**
 * Settings of the texture stage.
 *
 * @param steps optimiser steps
 * @param views different views that pictures are taken from; each is rasterised once for an expression
 * @param expressionsPerStep expressions drawn each step; they share views, lights, timesteps and noise
 * @param viewsPerStep views of each of them
 * @param crops share of the views that are face crops, 0 to 1
 * @param lit share of the pictures that are lit, the others show flat albedo, 0 to 1
 * @param guidance scale of classifier-free guidance; 1 asks the prior once instead of twice, and its samples are truest
 * @param gridRate peak learning rate of the grids
 * @param networkRate peak learning rate of the network
 * @param seed of weights, views, lights and noise
 */
public record TextureSettings(
        int steps,
        int views,
        int expressionsPerStep,
        int viewsPerStep,
        double crops,
        double lit,
        double guidance,
        double gridRate,
        double networkRate,
        long seed) {

    public TextureSettings {
        require(steps >= 1 && steps <= 100_000, "steps", steps, "1 to 100000");
        require(views >= 2 && views <= 1024, "views", views, "2 to 1024");
        require(
                expressionsPerStep >= 1 && expressionsPerStep <= 64,
                "expressionsPerStep",
                expressionsPerStep,
                "1 to 64");
        require(viewsPerStep >= 1 && viewsPerStep <= 64, "viewsPerStep", viewsPerStep, "1 to 64");
        require(crops >= 0 && crops <= 1, "crops", crops, "0 to 1");
        require(lit >= 0 && lit <= 1, "lit", lit, "0 to 1");
        require(guidance >= 0 && guidance <= 100, "guidance", guidance, "0 to 100");
        require(gridRate > 0 && gridRate <= 1, "gridRate", gridRate, "above 0, at most 1");
        require(networkRate > 0 && networkRate <= 1, "networkRate", networkRate, "above 0, at most 1");
    }

    private static void require(boolean held, String name, Number value, String allowed) {
        if (!held) {
            throw new IllegalArgumentException("texture setting " + name + " must be " + allowed + ", was " + value);
        }
    }

    /** As many expressions as one run can have. */
    private static final int ALL = 64;

    /** Fast: under a minute on two CPU cores. */
    public static TextureSettings draft(long seed) {
        return new TextureSettings(110, 24, 2, 3, 0.4, 0.5, 1, 3e-2, 6e-3, seed);
    }

    /** A few minutes on two CPU cores. */
    public static TextureSettings standard(long seed) {
        return new TextureSettings(500, 48, 2, 3, 0.4, 0.5, 1, 1.5e-2, 3e-3, seed);
    }

    /** More steps, more views. */
    public static TextureSettings high(long seed) {
        return new TextureSettings(1500, 96, 2, 4, 0.4, 0.5, 1, 1e-2, 2e-3, seed);
    }

    /**
     * A preset by name.
     *
     * @param gpu whether it is for a GPU, which takes hardly longer for the pictures of all expressions than for two:
     *     steps are larger there, and fewer
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static TextureSettings of(String quality, boolean gpu, long seed) {
        return switch (Preset.of(quality)) {
            case DRAFT -> gpu ? draft(seed).together(80, 3.5e-2, 7e-3) : draft(seed);
            case STANDARD -> gpu ? standard(seed).together(200, 2.2e-2, 4.5e-3) : standard(seed);
            case HIGH -> gpu ? high(seed).together(600, 1.5e-2, 3e-3) : high(seed);
        };
    }

    /** All expressions in each step, from two sides. */
    private TextureSettings together(int count, double grids, double network) {
        return new TextureSettings(count, views, ALL, 2, crops, lit, guidance, grids, network, seed);
    }

    /** How many of so many expressions a step shows. */
    public int shown(int expressions) {
        return Math.min(expressionsPerStep, expressions);
    }

    public TextureSettings withSteps(int count) {
        return new TextureSettings(
                count, views, expressionsPerStep, viewsPerStep, crops, lit, guidance, gridRate, networkRate, seed);
    }

    public TextureSettings withGuidance(double scale) {
        return new TextureSettings(
                steps, views, expressionsPerStep, viewsPerStep, crops, lit, scale, gridRate, networkRate, seed);
    }

    public TextureSettings withRates(double grids, double network) {
        return new TextureSettings(
                steps, views, expressionsPerStep, viewsPerStep, crops, lit, guidance, grids, network, seed);
    }

    public TextureSettings withPictures(int pool, int expressions, int perExpression) {
        return new TextureSettings(
                steps, pool, expressions, perExpression, crops, lit, guidance, gridRate, networkRate, seed);
    }
}
