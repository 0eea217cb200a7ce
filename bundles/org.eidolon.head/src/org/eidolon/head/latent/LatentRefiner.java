// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * What pictures become when a prior goes over them: noised to some timestep and denoised again in several steps (DDIM, Song
 * et al. 2021, eq. 12, without noise), as HumanNorm refines textures (Huang et al. 2024). Pictures are pulled there by L1
 * and by a distance of features. These are the autoencoder's own, all channels alike, because LPIPS's learned weights are
 * nothing that everybody has.
 */
public final class LatentRefiner {
    private final LatentGuide guide;
    private final int steps;
    private final double perceptual;

    /**
     * @param guide asks the prior
     * @param steps of denoising
     * @param perceptual weight of the features' distance beside L1
     */
    public LatentRefiner(LatentGuide guide, int steps, double perceptual) {
        if (steps < 1) throw new IllegalArgumentException("at least one step of denoising, not " + steps);
        this.guide = guide;
        this.steps = steps;
        this.perceptual = perceptual;
    }

    /**
     * What pulls pictures (N, 3, S, S) to what the prior makes of them, as the stages' objective takes it: half of the
     * loss's gradient for each of their numbers.
     *
     * @param q the timesteps to noise to, and what the pictures show
     */
    public NDArray pictures(Scope s, NDArray pictures, LatentGuide.Question q) {
        LatentGuide.Asked asked =
                guide.ask(s, q, LatentGuide.side(pictures) / guide.prior().factor());
        return guide.parts(s, q, (inner, from, to) -> {
            NDArray part = LatentWords.KERNELS.call(inner, "part", pictures, from, to);
            NDArray target;
            try (Scope denoising = inner.child()) {
                target = denoising.keep(target(denoising, part, asked, q, from, to));
            }
            return pull(inner, part, target);
        });
    }

    /** What the prior makes of some pictures. */
    private NDArray target(
            Scope s, NDArray pictures, LatentGuide.Asked asked, LatentGuide.Question q, int from, int to) {
        LatentPrior prior = guide.prior();
        NoiseSchedule schedule = prior.schedule();
        try (Torch.Mode off = Torch.noGradient()) {
            NDArray noise = LatentWords.KERNELS.call(s, "part", asked.noise(), from, to);
            NDArray t = times(s, q, from, to, 0);
            NDArray z = schedule.addNoise(s, prior.encode(s, pictures), noise, t);
            for (int k = 0; ; k++) {
                NDArray prediction = guide.predict(s, z, t, asked, from, to);
                NDArray clean = schedule.clean(s, z, prediction, t, 0);
                if (k == steps - 1) return LatentWords.KERNELS.call(s, "limited", prior.decode(s, clean));
                NDArray next = times(s, q, from, to, k + 1);
                z = schedule.addNoise(s, clean, schedule.noise(s, z, prediction, t), next);
                t = next;
            }
        }
    }

    /** Timesteps of the k-th step of denoising, evenly down from the first. */
    private NDArray times(Scope s, LatentGuide.Question q, int from, int to, int k) {
        int v = q.views().size();
        int[] times = new int[to - from];
        Arrays.setAll(times, i -> (int) Math.round(q.times()[(from + i) % v] * (1 - k / (double) steps)));
        return guide.prior().schedule().timesteps(s, times);
    }

    /** Half of the gradient of the distance between pictures and a target, times the number of the pictures' numbers. */
    NDArray pull(Scope s, NDArray pictures, NDArray target) {
        NDArray leaf = Torch.parameter(Torch.detach(s, pictures));
        NDArray loss;
        try (Torch.Mode on = Torch.gradient()) {
            loss = distance(s, leaf, target);
        }
        NDArray gradient = Torch.gradients(s, loss, null, List.of(leaf)).getFirst();
        return LatentWords.KERNELS.call(s, "scaled", gradient, 0.5 * pictures.size());
    }

    /** The distance itself; differentiable in the pictures. */
    NDArray distance(Scope s, NDArray pictures, NDArray target) {
        LatentPrior prior = guide.prior();
        List<NDArray> wanted;
        try (Torch.Mode off = Torch.noGradient()) {
            wanted = prior.features(s, target);
        }
        return LatentWords.KERNELS.call(
                s, "distance", pictures, target, prior.features(s, pictures), wanted, perceptual);
    }
}
