// SPDX-License-Identifier: EPL-2.0
/**
 * Denoising diffusion: networks, noise schedules, samplers, guidance, score distillation, adapters and their
 * training.
 */
package org.eidolon.diffusion;
