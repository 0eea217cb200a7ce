// SPDX-License-Identifier: EPL-2.0
/**
 * Priors of latents, such as published Stable Diffusion weights: how they are told words and a person, and what they
 * say of a picture.
 */
package org.eidolon.head.latent;
