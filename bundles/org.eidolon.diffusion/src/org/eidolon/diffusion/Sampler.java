// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Walks from noise to a sample in N steps. A sampler holds coefficients only; the walk's state is the caller's, so one
 * sampler serves many walks.
 */
public abstract sealed class Sampler permits DdimSampler, SigmaSampler {
    /** Where the N timesteps lie; the names are those of diffusers. */
    public enum Spacing {
        /** 0, T/N, 2T/N, … plus an offset (Stable Diffusion: offset 1). */
        LEADING,
        /** T−1, T−1−T/N, …: starts from pure noise. */
        TRAILING,
        /** N numbers evenly from 0 to T−1. */
        LINSPACE
    }

    /** Predicts noise, velocity or the clean image for z (B, …) at timesteps (B). */
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
    private final double[] times;

    Sampler(NoiseSchedule schedule, double[] times) {
        this.schedule = schedule;
        this.times = times;
    }

    /** Deterministic DDIM, trailing timesteps, ending at the clean image, x̂₀ clamped to [−1, 1]: what our priors use. */
    public static Sampler ddim(NoiseSchedule schedule, int steps) {
        return ddim(schedule, steps, 0, Spacing.TRAILING, 0, 1, true);
    }

    /**
     * DDIM (Song et al. 2021, eq. 12).
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
        int[] t = Timesteps.spaced(schedule.steps(), steps, spacing, offset);
        double last = endsClean ? 1 : schedule.alphaBar(0);
        return new DdimSampler(schedule, t, Timesteps.following(t), last, eta, limit);
    }

    /** Ancestral DDPM (Ho et al. 2020, eq. 7) with the small variance. */
    public static Sampler ddpm(NoiseSchedule schedule, int steps, Spacing spacing, int offset, double limit) {
        return DdimSampler.ancestral(
                schedule, Timesteps.spaced(schedule.steps(), steps, spacing, offset), limit, false);
    }

    /** The schedule whose noise is taken away. */
    public final NoiseSchedule schedule() {
        return schedule;
    }

    /** How many steps. */
    public final int steps() {
        return times.length;
    }

    /** The timesteps, from noise to clean, rounded where a solver has fractions. */
    public final int[] timesteps() {
        return Arrays.stream(times).mapToInt(t -> (int) Math.rint(t)).toArray();
    }

    /** The timesteps as the network is told them. */
    public final double[] times() {
        return times.clone();
    }

    /** What standard normal noise is multiplied by to begin with. */
    public double start() {
        return 1;
    }

    /** What z is divided by before the network sees it. */
    public double inputScale(int index) {
        return 1;
    }

    /** Whether {@link #step} wants noise at this index. */
    public abstract boolean wantsNoise(int index);

    /** How many earlier x̂₀ {@link #step} makes use of. */
    public int memory() {
        return 0;
    }

    /**
     * One step from time index to the next.
     *
     * @param prediction the network's, at z divided by {@link #inputScale}
     * @param noise standard normal as z where {@link #wantsNoise}, otherwise null
     * @param earlier x̂₀ of the steps before as {@link #clean} gave them, newest first; up to {@link #memory} are used
     */
    public abstract NDArray step(
            Scope s, NDArray z, NDArray prediction, int index, NDArray noise, List<NDArray> earlier);

    /** The same for samplers without a memory. */
    public final NDArray step(Scope s, NDArray z, NDArray prediction, int index, NDArray noise) {
        return step(s, z, prediction, index, noise, List.of());
    }

    /** x̂₀ as this sampler reads the prediction. */
    public abstract NDArray clean(Scope s, NDArray z, NDArray prediction, int index);

    /** All steps from standard normal noise (B, …), without gradients; what a step makes is freed before the next. */
    public final NDArray sample(Scope s, Denoiser denoiser, NDArray noise, Listener listener) {
        NDArray z = noise;
        Deque<NDArray> earlier = new ArrayDeque<>();
        try (var off = Torch.noGradient()) {
            if (start() != 1) {
                z = NoiseSchedule.script().call(s, "scale", z, start());
            }
            for (int i = 0; i < times.length; i++) {
                try (Scope step = s.child()) {
                    float[] t = new float[(int) noise.getShape().get(0)];
                    Arrays.fill(t, (float) times[i]);
                    NDArray seen =
                            inputScale(i) == 1 ? z : NoiseSchedule.script().call(step, "scale", z, 1 / inputScale(i));
                    NDArray prediction = denoiser.predict(step, seen, step.of(t));
                    NDArray fresh = wantsNoise(i) ? step.randn(z.getShape().getShape()) : null;
                    NDArray next = step.keep(step(step, z, prediction, i, fresh, new ArrayList<>(earlier)));
                    if (memory() > 0) {
                        earlier.addFirst(step.keep(clean(step, z, prediction, i)));
                    }
                    if (earlier.size() > memory()) {
                        earlier.removeLast().close();
                    }
                    if (z != noise) {
                        z.close();
                    }
                    z = next;
                }
                if (listener != null) {
                    listener.step(i + 1, times.length, z);
                }
            }
        }
        earlier.forEach(NDArray::close);
        return z;
    }

    /** {@link #sample(Scope, Denoiser, NDArray, Listener)} without a listener. */
    public final NDArray sample(Scope s, Denoiser denoiser, NDArray noise) {
        return sample(s, denoiser, noise, null);
    }
}
