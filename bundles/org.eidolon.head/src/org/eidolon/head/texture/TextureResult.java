// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

/**
 * What the texture stage found.
 *
 * @param albedo to be baked by {@link TextureBake}, into the same meshes or decimated ones
 * @param millisPerStep mean time of a step of this run
 * @param steps optimiser steps in all, those before a resume counted in
 */
public record TextureResult(Albedo albedo, double millisPerStep, long steps) {}
