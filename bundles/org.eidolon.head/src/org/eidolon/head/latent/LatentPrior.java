// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.torch.Scope;

/**
 * A prior that knows pictures by their latents (Rombach et al. 2022): an autoencoder between both, and a denoiser of
 * latents that is told words and, where it can be, a person. {@link StableDiffusionPrior} is one of published weights.
 */
public interface LatentPrior {
    /** Channels of a latent: three for the colours of a coarse picture and one for its outline. */
    int CHANNELS = 4;

    /** The noise schedule, and what is predicted. */
    NoiseSchedule schedule();

    /** Pixels of a picture along one of a latent. */
    int factor();

    /** Sides of pictures are multiples of this, so that latents halve at each level of the denoiser. */
    int multiple();

    /** Numbers of a person's embedding; 0 where the prior cannot be told of people. */
    int identityWidth();

    /** Latents (B, 4, S / factor, S / factor) of pictures (B, 3, S, S) in −1…1; differentiable. */
    NDArray encode(Scope s, NDArray pictures);

    /** Pictures of latents. */
    NDArray decode(Scope s, NDArray latents);

    /** Feature maps (B, C, h, w) of pictures in which to compare them, finest first; differentiable. */
    List<NDArray> features(Scope s, NDArray pictures);

    /**
     * The prediction with classifier-free guidance (Ho and Salimans 2022).
     *
     * @param z noisy latents
     * @param t timesteps (B)
     * @param unwanted what the unconditional branch is told
     * @param wanted what the other is told
     * @param guidance scale s of ε_u + s (ε_c − ε_u); 1 asks the second branch alone
     */
    NDArray predict(Scope s, NDArray z, NDArray t, Conditioning unwanted, Conditioning wanted, double guidance);
}
