// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.util.function.Consumer;
import org.eidolon.head.stage.Preset;

/**
 * Settings of the geometry stage; the presets follow the recipe of docs/method.md.
 *
 * @param resolution lattice cells along each axis, 8 to 128
 * @param steps optimiser steps
 * @param expressionsPerStep expressions drawn each step; they share views, timesteps and noise
 * @param viewsPerStep views of each of them
 * @param crops share of the views that are face crops, 0 to 1
 * @param guidance scale of classifier-free guidance
 * @param firstNoise timesteps that the run begins with, as shares of the schedule
 * @param lastNoise timesteps that it has narrowed to after 60% of its steps
 * @param laplacian weight of the mean squared umbrella, in cells
 * @param gridRate peak learning rate of grids and codes
 * @param networkRate peak learning rate of the network
 * @param seed of weights, views and noise
 */
public record GeometrySettings(
        int resolution,
        int steps,
        int expressionsPerStep,
        int viewsPerStep,
        double crops,
        double guidance,
        Span firstNoise,
        Span lastNoise,
        double laplacian,
        double gridRate,
        double networkRate,
        long seed) {

    /** The recipe's timesteps; a run of few steps stays with noisier ones, under which pictures move further. */
    private static final Span RECIPE_FIRST = new Span(0.3, 0.95), RECIPE_LAST = new Span(0.05, 0.3);

    /**
     * A stretch of the noise schedule.
     *
     * @param low where it begins, 0 to 1
     * @param high where it ends
     */
    public record Span(double low, double high) {
        public Span {
            require(low >= 0 && low <= high && high <= 1, "noise", high, "a stretch within 0 to 1");
        }

        /** What lies between this (0) and another (1). */
        Span towards(Span other, double share) {
            return new Span(low + share * (other.low - low), high + share * (other.high - high));
        }
    }

    public GeometrySettings {
        require(resolution >= 8 && resolution <= 128, "resolution", resolution, "8 to 128");
        require(steps >= 1 && steps <= 100_000, "steps", steps, "1 to 100000");
        require(
                expressionsPerStep >= 1 && expressionsPerStep <= 64,
                "expressionsPerStep",
                expressionsPerStep,
                "1 to 64");
        require(viewsPerStep >= 1 && viewsPerStep <= 64, "viewsPerStep", viewsPerStep, "1 to 64");
        require(crops >= 0 && crops <= 1, "crops", crops, "0 to 1");
        require(guidance >= 0 && guidance <= 100, "guidance", guidance, "0 to 100");
        require(laplacian >= 0 && laplacian <= 100, "laplacian", laplacian, "0 to 100");
        require(gridRate > 0 && gridRate <= 1, "gridRate", gridRate, "above 0, at most 1");
        require(networkRate > 0 && networkRate <= 1, "networkRate", networkRate, "above 0, at most 1");
    }

    private static void require(boolean held, String name, Number value, String allowed) {
        if (!held) {
            throw new IllegalArgumentException("geometry setting " + name + " must be " + allowed + ", was " + value);
        }
    }

    /** As many expressions as one run can have. */
    private static final int ALL = 64;

    /** Fast: a few minutes on two CPU cores. */
    public static GeometrySettings draft(long seed) {
        return new GeometrySettings(
                48, 200, 2, 3, 0.4, 1, new Span(0.5, 0.98), new Span(0.1, 0.5), 0.02, 6e-3, 2e-3, seed);
    }

    /** The recipe. */
    public static GeometrySettings standard(long seed) {
        return new GeometrySettings(64, 700, 2, 3, 0.4, 1, RECIPE_FIRST, RECIPE_LAST, 0.01, 3e-3, 1e-3, seed);
    }

    /** More steps on a finer lattice. */
    public static GeometrySettings high(long seed) {
        return new GeometrySettings(80, 2000, 2, 4, 0.4, 1, RECIPE_FIRST, RECIPE_LAST, 0.01, 3e-3, 1e-3, seed);
    }

    /**
     * A preset by name.
     *
     * @param gpu whether it is for a GPU, which takes hardly longer for the pictures of all expressions than for two:
     *     steps are larger there, and fewer, and each expression is seen as often or more
     * @throws IllegalArgumentException unless it is draft, standard or high
     */
    public static GeometrySettings of(String quality, boolean gpu, long seed) {
        return switch (Preset.of(quality)) {
            case DRAFT -> gpu ? draft(seed).together(120, 8e-3, 2.7e-3) : draft(seed);
            case STANDARD -> gpu ? standard(seed).together(300, 4.5e-3, 1.5e-3) : standard(seed);
            case HIGH -> gpu ? high(seed).together(800, 4.5e-3, 1.5e-3) : high(seed);
        };
    }

    /** All expressions in each step, from two sides. */
    private GeometrySettings together(int count, double grids, double network) {
        return with(c -> {
            c.steps = count;
            c.expressionsPerStep = ALL;
            c.viewsPerStep = 2;
            c.gridRate = grids;
            c.networkRate = network;
        });
    }

    /** How many of so many expressions a step shows. */
    public int shown(int expressions) {
        return Math.min(expressionsPerStep, expressions);
    }

    public GeometrySettings withSteps(int count) {
        return with(c -> c.steps = count);
    }

    /** With another number of views of each expression in a step. */
    public GeometrySettings withViews(int count) {
        return with(c -> c.viewsPerStep = count);
    }

    public GeometrySettings withResolution(int cells) {
        return with(c -> c.resolution = cells);
    }

    public GeometrySettings withGuidance(double scale) {
        return with(c -> c.guidance = scale);
    }

    public GeometrySettings withLaplacian(double weight) {
        return with(c -> c.laplacian = weight);
    }

    public GeometrySettings withSeed(long other) {
        return with(c -> c.seed = other);
    }

    public GeometrySettings withRates(double grids, double network) {
        return with(c -> {
            c.gridRate = grids;
            c.networkRate = network;
        });
    }

    /** The same with some fields changed. */
    private GeometrySettings with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.settings();
    }

    /** What may be changed of settings. */
    private static final class Copy {
        private final GeometrySettings of;
        int resolution, steps, expressionsPerStep, viewsPerStep;
        double guidance, laplacian, gridRate, networkRate;
        long seed;

        Copy(GeometrySettings of) {
            this.of = of;
            resolution = of.resolution;
            steps = of.steps;
            expressionsPerStep = of.expressionsPerStep;
            viewsPerStep = of.viewsPerStep;
            guidance = of.guidance;
            laplacian = of.laplacian;
            gridRate = of.gridRate;
            networkRate = of.networkRate;
            seed = of.seed;
        }

        GeometrySettings settings() {
            return new GeometrySettings(
                    resolution,
                    steps,
                    expressionsPerStep,
                    viewsPerStep,
                    of.crops,
                    guidance,
                    of.firstNoise,
                    of.lastNoise,
                    laplacian,
                    gridRate,
                    networkRate,
                    seed);
        }
    }
}
