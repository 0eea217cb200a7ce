// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Score distillation (Poole et al. 2023): the gradient with respect to a rendered image x (or latent) that pulls it
 * towards what a prior takes for likely, to be handed to {@code Torch.backward(x, gradient)} as upstream gradient.
 */
public final class ScoreDistillation {
    /** How the residual of a timestep is weighed. */
    public enum Weighting {
        /** x − x̂₀, the single-step residual: ε̂ − ε scaled by √(1−ᾱ)/√ᾱ. */
        RESIDUAL,
        /** (1−ᾱ)(ε̂ − ε). */
        SDS,
        /** ε̂ − ε. */
        ONE,
        /** √ᾱ (1−ᾱ)(ε̂ − ε), as Fantasia3D. */
        FANTASIA
    }

    /** The gradient (B, C, H, W) with respect to x, not averaged over anything, and x̂₀ for previews. */
    public record Result(NDArray gradient, NDArray clean) {}

    private final NoiseSchedule schedule;
    private final Weighting weighting;
    private final double limit;

    /**
     * @param limit clamps x̂₀ to [−limit, limit]; 0 for none
     */
    public ScoreDistillation(NoiseSchedule schedule, Weighting weighting, double limit) {
        this.schedule = schedule;
        this.weighting = weighting;
        this.limit = limit;
    }

    /**
     * From a prediction already made.
     *
     * @param x the image (B, …)
     * @param z the noised image
     * @param prediction the guided prediction at z
     * @param noise the ε in z
     * @param t timesteps (B)
     */
    public Result residual(Scope s, NDArray x, NDArray z, NDArray prediction, NDArray noise, NDArray t) {
        try (var off = Torch.noGradient()) {
            List<NDArray> r = NoiseSchedule.script()
                    .callAll(
                            s,
                            "distill",
                            x,
                            z,
                            prediction,
                            noise,
                            t,
                            schedule.signal(s),
                            schedule.level(s),
                            schedule.prediction().ordinal(),
                            weighting.ordinal(),
                            limit);
            return new Result(r.get(0), r.get(1));
        }
    }

    /**
     * Noises x, asks the prior with guidance, gives the gradient. Views of a step that should differ in words only share
     * their noise and timestep: pass them alike.
     */
    public Result step(
            Scope s,
            UNet prior,
            NDArray x,
            NDArray noise,
            NDArray t,
            Conditioning c,
            Guidance guidance,
            Precision precision) {
        try (var off = Torch.noGradient()) {
            NDArray z = schedule.addNoise(s, x, noise, t);
            return residual(s, x, z, guidance.predict(s, prior, z, t, c, precision), noise, t);
        }
    }

    /**
     * The same with branches of the caller's, unconditional first: published priors are told an empty text instead of a
     * mask.
     */
    public Result step(
            Scope s,
            UNet prior,
            NDArray x,
            NDArray noise,
            NDArray t,
            List<Conditioning> branches,
            Guidance guidance,
            Precision precision) {
        try (var off = Torch.noGradient()) {
            NDArray z = schedule.addNoise(s, x, noise, t);
            return residual(s, x, z, guidance.predict(s, prior, z, t, branches, precision), noise, t);
        }
    }
}
