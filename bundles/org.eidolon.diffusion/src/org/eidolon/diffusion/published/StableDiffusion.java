// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion.published;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.diffusion.ClipText;
import org.eidolon.diffusion.ClipTokenizer;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.Sampler;
import org.eidolon.diffusion.SchedulerConfig;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.Vae;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The parts of a Stable Diffusion (Rombach et al. 2022) that belong together. */
public record StableDiffusion(ClipTokenizer tokenizer, ClipText text, UNet unet, Vae vae, SchedulerConfig scheduler) {

    /** What the UNet reads of a text: (1, N, contextWidth), without gradients. */
    public NDArray words(Scope s, String prompt) {
        try (var off = Torch.noGradient()) {
            return text.encode(s, tokenizer.encode(List.of(prompt)), 0).states();
        }
    }

    /**
     * The branches of guidance: the text that is not wanted (empty, as a rule) and the one that is, for a batch of n.
     */
    public List<Conditioning> branches(Scope s, String negative, String prompt, int n) {
        return List.of(
                Conditioning.text(words(s, negative)).repeat(s, n),
                Conditioning.text(words(s, prompt)).repeat(s, n));
    }

    /**
     * Latents of a prompt, by the scheduler's own sampler.
     *
     * @param noise standard normal (B, latentChannels, h, w)
     * @param guidance how far the text leads; 7.5 is customary
     */
    public NDArray sample(
            Scope s, String prompt, String negative, NDArray noise, int steps, double guidance, Precision precision) {
        int batch = (int) noise.getShape().get(0);
        Sampler sampler = scheduler.sampler(steps);
        Guidance guide = Guidance.of(guidance);
        try (var off = Torch.noGradient()) {
            List<Conditioning> branches = branches(s, negative, prompt, batch);
            return sampler.sample(s, (step, z, t) -> guide.predict(step, unet, z, t, branches, precision), noise);
        }
    }
}
