// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/** Walks from noise to a sample in N steps: DDIM (Song et al. 2021, eq. 12) or ancestral DDPM (Ho et al. 2020, eq. 7). */
public final class Sampler {
    /** Where the N timesteps lie; the names are those of diffusers. */
    public enum Spacing {
        /** 0, T/N, 2T/N, … plus an offset (Stable Diffusion: offset 1). */
        LEADING,
        /** T−1, T−1−T/N, …: starts from pure noise. */
        TRAILING,
        /** N numbers evenly from 0 to T−1. */
        LINSPACE
    }

    /** Predicts noise or velocity for z (B, …) at timesteps (B). */
    @FunctionalInterface
    public interface Denoiser {
        NDArray predict(Scope s, NDArray z, NDArray t);
    }

    /** Called after each step, numbered from 1; z is valid during the call. For progress and previews. */
    @FunctionalInterface
    public interface Listener {
        void step(int done, int of, NDArray z);
    }

    private final NoiseSchedule schedule;
    private final boolean ancestral;
    private final double eta;
    private final double limit;
    private final double last;
    private final int[] timesteps;

    private Sampler(NoiseSchedule schedule, boolean ancestral, double eta, double limit, double last, int[] t) {
        this.schedule = schedule;
        this.ancestral = ancestral;
        this.eta = eta;
        this.limit = limit;
        this.last = last;
        this.timesteps = t;
    }

    /** Deterministic DDIM, trailing timesteps, ending at the clean image, x̂₀ clamped to [−1, 1]: what our priors use. */
    public static Sampler ddim(NoiseSchedule schedule, int steps) {
        return ddim(schedule, steps, 0, Spacing.TRAILING, 0, 1, true);
    }

    /**
     * DDIM.
     *
     * @param eta 0 deterministic … 1 as noisy as DDPM
     * @param offset added to leading timesteps
     * @param limit clamps x̂₀ to [−limit, limit]; 0 for none
     * @param endsClean the last step's ᾱ is 1; otherwise ᾱ₀ (Stable Diffusion)
     */
    public static Sampler ddim(
            NoiseSchedule schedule,
            int steps,
            double eta,
            Spacing spacing,
            int offset,
            double limit,
            boolean endsClean) {
        return new Sampler(
                schedule,
                false,
                eta,
                limit,
                endsClean ? 1 : schedule.alphaBar(0),
                spaced(schedule.steps(), steps, spacing, offset));
    }

    /** Ancestral DDPM with the small variance. */
    public static Sampler ddpm(NoiseSchedule schedule, int steps, Spacing spacing, int offset, double limit) {
        return new Sampler(schedule, true, 1, limit, 1, spaced(schedule.steps(), steps, spacing, offset));
    }

    private static int[] spaced(int total, int steps, Spacing spacing, int offset) {
        if (steps < 1 || steps > total) {
            throw new IllegalArgumentException("sampler: steps must be 1…" + total + ", not " + steps);
        }
        int[] t = new int[steps];
        for (int i = 0; i < steps; i++) {
            t[i] = switch (spacing) {
                case LEADING -> (steps - 1 - i) * (total / steps) + offset;
                // half to even, as numpy's round, which the reference uses
                case TRAILING -> (int) Math.rint(total - i * (total / (double) steps)) - 1;
                case LINSPACE -> steps == 1 ? 0 : (int) Math.rint((steps - 1 - i) * ((total - 1) / (steps - 1.0)));
            };
            if (t[i] < 0 || t[i] >= total) {
                throw new IllegalArgumentException("sampler: timestep " + t[i] + " is outside 0…" + (total - 1));
            }
        }
        return t;
    }

    /** The timesteps, from noise to clean. */
    public int[] timesteps() {
        return timesteps.clone();
    }

    /** Whether {@link #step} wants noise at this index. */
    public boolean wantsNoise(int index) {
        return ancestral ? timesteps[index] > 0 : eta > 0;
    }

    /**
     * One step from timesteps()[index] to the next.
     *
     * @param noise standard normal as z where {@link #wantsNoise}, otherwise null
     */
    public NDArray step(Scope s, NDArray z, NDArray prediction, int index, NDArray noise) {
        int t = timesteps[index];
        // the reference steps back by T/N whatever the spacing; for spaced lists that do not divide T, by the list
        int previous = index + 1 < timesteps.length ? timesteps[index + 1] : -1;
        double now = schedule.alphaBar(t);
        double next = previous >= 0 ? schedule.alphaBar(previous) : last;
        Script script = NoiseSchedule.script();
        double a = Math.sqrt(now);
        double b = Math.sqrt(1 - now);
        List<NDArray> extra = NoiseSchedule.optional(wantsNoise(index) ? noise : null);
        if (ancestral) {
            double ratio = now / next;
            double c0 = Math.sqrt(next) * (1 - ratio) / (1 - now);
            double c1 = Math.sqrt(ratio) * (1 - next) / (1 - now);
            double sigma = Math.sqrt(Math.max((1 - next) / (1 - now) * (1 - ratio), 1e-20));
            return script.call(s, "ddpm", z, prediction, a, b, c0, c1, sigma, schedule.velocity(), limit, extra);
        }
        double sigma = eta * Math.sqrt((1 - next) / (1 - now) * (1 - now / next));
        double towards = Math.sqrt(Math.max(1 - next - sigma * sigma, 0));
        return script.call(
                s, "ddim", z, prediction, a, b, Math.sqrt(next), towards, sigma, schedule.velocity(), limit, extra);
    }

    /** All steps from noise (B, …), without gradients; what a step makes is freed before the next. */
    public NDArray sample(Scope s, Denoiser denoiser, NDArray noise, Listener listener) {
        NDArray z = noise;
        try (var off = Torch.noGradient()) {
            for (int i = 0; i < timesteps.length; i++) {
                try (Scope step = s.child()) {
                    int[] t = new int[(int) noise.getShape().get(0)];
                    Arrays.fill(t, timesteps[i]);
                    NDArray prediction = denoiser.predict(step, z, schedule.timesteps(step, t));
                    NDArray fresh = wantsNoise(i) ? step.randn(z.getShape().getShape()) : null;
                    NDArray next = step.keep(step(step, z, prediction, i, fresh));
                    if (z != noise) {
                        z.close();
                    }
                    z = next;
                }
                if (listener != null) {
                    listener.step(i + 1, timesteps.length, z);
                }
            }
        }
        return z;
    }

    /** {@link #sample(Scope, Denoiser, NDArray, Listener)} without a listener. */
    public NDArray sample(Scope s, Denoiser denoiser, NDArray noise) {
        return sample(s, denoiser, noise, null);
    }
}
