// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

/**
 * Settings of the geometry stage; the defaults are the recipe of docs/method.md.
 *
 * @param resolution lattice cells along each axis
 * @param steps optimiser steps
 * @param expressionsPerStep expressions drawn each step; they share views, timestep and noise
 * @param viewsPerStep views of each of them; a third are face crops
 * @param guidance scale of classifier-free guidance
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
        double guidance,
        double laplacian,
        double gridRate,
        double networkRate,
        long seed) {

    /** Fast: a few minutes on two CPU cores. */
    public static GeometrySettings draft(long seed) {
        return new GeometrySettings(48, 160, 2, 3, 3, 0.01, 6e-3, 2e-3, seed);
    }

    /** The recipe. */
    public static GeometrySettings standard(long seed) {
        return new GeometrySettings(64, 700, 2, 3, 3, 0.01, 3e-3, 1e-3, seed);
    }

    /** More steps on a finer lattice. */
    public static GeometrySettings high(long seed) {
        return new GeometrySettings(80, 2000, 2, 4, 3, 0.01, 3e-3, 1e-3, seed);
    }

    public GeometrySettings withSteps(int count) {
        return new GeometrySettings(
                resolution, count, expressionsPerStep, viewsPerStep, guidance, laplacian, gridRate, networkRate, seed);
    }
}
