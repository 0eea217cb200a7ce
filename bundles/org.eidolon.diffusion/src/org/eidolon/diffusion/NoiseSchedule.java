// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/**
 * Noise schedule z_t = √ᾱ_t x + √(1−ᾱ_t) ε (Ho et al. 2020, eq. 4) over timesteps 0…T−1, and what the network
 * predicts. Tensors of timesteps are (B), any numeric type, integer values.
 */
public final class NoiseSchedule {
    /** How ᾱ falls. */
    public enum Kind {
        /** β linear (DDPM). */
        LINEAR,
        /** √β linear (Stable Diffusion). */
        SCALED_LINEAR,
        /** ᾱ a squared cosine, β capped at 0.999 (Nichol and Dhariwal 2021, eq. 17). */
        COSINE
    }

    /** What the network's output means, in the order of its numbers in {@code diffusion.py}. */
    public enum Prediction {
        /** The noise ε. */
        NOISE,
        /** v = √ᾱ ε − √(1−ᾱ) x (Salimans and Ho 2022). */
        VELOCITY,
        /** The clean image x itself. */
        CLEAN
    }

    private final Kind kind;
    private final Prediction prediction;
    private final double[] alphaBar;
    private final Map<Device, NDArray[]> tables = new HashMap<>();

    private NoiseSchedule(Kind kind, Prediction prediction, double[] alphaBar) {
        this.kind = kind;
        this.prediction = prediction;
        this.alphaBar = alphaBar;
    }

    private static double[] betas(Kind kind, int steps, double start, double end) {
        if (steps < 2 || steps > 100_000 || !(start > 0) || !(end < 1) || start > end) {
            throw new IllegalArgumentException("noise schedule: needs 2…100000 steps and 0 < βstart ≤ βend < 1, not "
                    + steps + ", " + start + ", " + end);
        }
        double[] betas = new double[steps];
        for (int t = 0; t < steps; t++) {
            double f = t / (steps - 1.0);
            betas[t] = switch (kind) {
                case LINEAR -> start + f * (end - start);
                case SCALED_LINEAR -> {
                    double r = Math.sqrt(start) + f * (Math.sqrt(end) - Math.sqrt(start));
                    yield r * r;
                }
                case COSINE -> Math.min(1 - cosine((t + 1.0) / steps) / cosine((double) t / steps), 0.999);
            };
        }
        return betas;
    }

    private static double[] products(double[] betas) {
        double[] alphaBar = new double[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            product *= 1 - betas[t];
            alphaBar[t] = product;
        }
        return alphaBar;
    }

    private static double cosine(double f) {
        double c = Math.cos((f + 0.008) / 1.008 * Math.PI / 2);
        return c * c;
    }

    /** Cosine ᾱ over 1,000 steps. */
    public static NoiseSchedule cosine(Prediction prediction) {
        return of(Kind.COSINE, prediction, 1000, 1e-4, 0.02);
    }

    /** Stable Diffusion: √β from √0.00085 to √0.012 over 1,000 steps. */
    public static NoiseSchedule stableDiffusion(Prediction prediction) {
        return of(Kind.SCALED_LINEAR, prediction, 1000, 0.00085, 0.012);
    }

    /** Any of the kinds; the betas are ignored by the cosine. */
    public static NoiseSchedule of(Kind kind, Prediction prediction, int steps, double betaStart, double betaEnd) {
        return new NoiseSchedule(kind, prediction, products(betas(kind, steps, betaStart, betaEnd)));
    }

    /**
     * A schedule as published weights were trained with: betas and products rounded to float32, as diffusers has them.
     *
     * @param zeroEnd β are rescaled so that the last ᾱ is 0 (Lin et al. 2023, algorithm 1)
     */
    static NoiseSchedule published(
            Kind kind, Prediction prediction, int steps, double betaStart, double betaEnd, boolean zeroEnd) {
        double[] betas = betas(kind, steps, betaStart, betaEnd);
        for (int t = 0; t < steps; t++) {
            float beta =
                    switch (kind) {
                        case LINEAR -> even(betaStart, betaEnd, t, steps);
                        case SCALED_LINEAR -> {
                            float root = even(Math.sqrt(betaStart), Math.sqrt(betaEnd), t, steps);
                            yield root * root;
                        }
                        case COSINE -> (float) betas[t];
                    };
            betas[t] = 1 - (double) (1 - beta);
        }
        double[] alphaBar = products(betas);
        if (zeroEnd) {
            double first = Math.sqrt(alphaBar[0]);
            double last = Math.sqrt(alphaBar[steps - 1]);
            for (int t = 0; t < steps; t++) {
                double root = (Math.sqrt(alphaBar[t]) - last) * first / (first - last);
                alphaBar[t] = root * root;
            }
        }
        for (int t = 0; t < steps; t++) {
            alphaBar[t] = (float) alphaBar[t];
        }
        return new NoiseSchedule(kind, prediction, alphaBar);
    }

    /** The t-th of so many float32 numbers from one to another, each half counted from its own end as PyTorch does. */
    private static float even(double from, double to, int t, int steps) {
        float first = (float) from;
        float last = (float) to;
        float step = (last - first) / (steps - 1);
        return (float) (t < steps / 2 ? first + (double) step * t : last - (double) step * (steps - 1 - t));
    }

    /** The kernels shared by this package. */
    static Script script() {
        return Script.load(NoiseSchedule.class, "diffusion.py");
    }

    /** Shape of the schedule. */
    public Kind kind() {
        return kind;
    }

    /** What the network predicts. */
    public Prediction prediction() {
        return prediction;
    }

    /** T. */
    public int steps() {
        return alphaBar.length;
    }

    /** ᾱ_t. */
    public double alphaBar(int t) {
        if (t < 0 || t >= alphaBar.length) {
            throw new IllegalArgumentException("timestep " + t + " is outside 0…" + (alphaBar.length - 1));
        }
        return alphaBar[t];
    }

    /** Whether ᾱ is that of Stable Diffusion, of DDPM or the cosine, over 1,000 steps, or ends in pure noise. */
    boolean customary() {
        double last = alphaBar[alphaBar.length - 1];
        return last == 0
                || Stream.of(Kind.values())
                        .map(each -> each == Kind.SCALED_LINEAR
                                ? published(each, prediction, 1000, 0.00085, 0.012, false)
                                : published(each, prediction, 1000, 1e-4, 0.02, false))
                        .anyMatch(each -> Arrays.equals(each.alphaBar, alphaBar));
    }

    /** Signal-to-noise ratio ᾱ/(1−ᾱ). */
    public double snr(int t) {
        return alphaBar(t) / (1 - alphaBar(t));
    }

    /**
     * Min-SNR-γ training weight (Hang et al. 2023): min(snr, γ)/snr for ε, min(snr, γ)/(snr + 1) for v, min(snr, γ)
     * for x.
     *
     * @param gamma 5 in the paper
     */
    public double minSnrWeight(int t, double gamma) {
        double snr = snr(t);
        return Math.min(snr, gamma)
                / switch (prediction) {
                    case NOISE -> snr;
                    case VELOCITY -> snr + 1;
                    case CLEAN -> 1;
                };
    }

    /** The same for a batch of timesteps, as a tensor (B). */
    public NDArray minSnrWeight(Scope s, int[] t, double gamma) {
        float[] w = new float[t.length];
        for (int i = 0; i < t.length; i++) {
            w[i] = (float) minSnrWeight(t[i], gamma);
        }
        return s.of(w, t.length);
    }

    /** Timesteps as the tensor (B) that the other methods take; checks their range. */
    public NDArray timesteps(Scope s, int... t) {
        float[] f = new float[t.length];
        for (int i = 0; i < t.length; i++) {
            alphaBar(t[i]);
            f[i] = t[i];
        }
        return s.of(f, t.length);
    }

    /** z_t from clean x and noise ε, both (B, …). */
    public NDArray addNoise(Scope s, NDArray x, NDArray noise, NDArray t) {
        return script().call(s, "add_noise", x, noise, t, signal(s), level(s));
    }

    /** What the network should predict: ε, or v. */
    public NDArray target(Scope s, NDArray x, NDArray noise, NDArray t) {
        return script().call(s, "target", x, noise, t, signal(s), level(s), this.prediction.ordinal());
    }

    /**
     * x̂₀ from z_t and the prediction.
     *
     * @param limit clamps to [−limit, limit]; 0 for none
     */
    public NDArray clean(Scope s, NDArray z, NDArray prediction, NDArray t, double limit) {
        return script().call(s, "to_clean", z, prediction, t, signal(s), level(s), this.prediction.ordinal(), limit);
    }

    /** ε̂ from z_t and the prediction. */
    public NDArray noise(Scope s, NDArray z, NDArray prediction, NDArray t) {
        return script().call(s, "to_noise", z, prediction, t, signal(s), level(s), this.prediction.ordinal());
    }

    /**
     * Mean squared error between prediction and target, a scalar.
     *
     * @param weight (B) factors of the items' errors, or null
     */
    public NDArray loss(Scope s, NDArray prediction, NDArray target, NDArray weight) {
        return script().call(s, "loss", prediction, target, optional(weight));
    }

    NDArray signal(Scope s) {
        return tables(s.device())[0];
    }

    NDArray level(Scope s) {
        return tables(s.device())[1];
    }

    /** Kept for each device as long as this lives: an upload a call would stall a GPU's queue. */
    private synchronized NDArray[] tables(Device device) {
        return tables.computeIfAbsent(device, d -> {
            float[] signal = new float[alphaBar.length];
            float[] level = new float[alphaBar.length];
            for (int t = 0; t < alphaBar.length; t++) {
                signal[t] = (float) Math.sqrt(alphaBar[t]);
                level[t] = (float) Math.sqrt(1 - alphaBar[t]);
            }
            Scope s = Scope.open(d);
            return new NDArray[] {s.of(signal, signal.length), s.of(level, level.length)};
        });
    }

    static List<NDArray> optional(NDArray a) {
        List<NDArray> list = new ArrayList<>();
        if (a != null) {
            list.add(a);
        }
        return list;
    }
}
