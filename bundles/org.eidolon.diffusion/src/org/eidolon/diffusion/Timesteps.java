// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.Arrays;

/** Where a sampler's steps lie on a schedule, and how noisy it is there. */
final class Timesteps {
    private static final double RHO = 7;

    private Timesteps() {}

    /** N whole timesteps, falling. */
    static int[] spaced(int total, int steps, Sampler.Spacing spacing, int offset) {
        check(total, steps);
        int[] t = new int[steps];
        for (int i = 0; i < steps; i++) {
            t[i] = switch (spacing) {
                case LEADING -> (steps - 1 - i) * (total / steps) + offset;
                // half to even, as numpy's round, which the reference uses
                case TRAILING -> (int) Math.rint(total - i * (total / (double) steps)) - 1;
                case LINSPACE -> steps == 1 ? 0 : (int) Math.rint((steps - 1 - i) * ((total - 1) / (steps - 1.0)));
            };
        }
        return checked(total, t);
    }

    /** As {@link #spaced}, but the last of N + 1 is left out, as DPM-Solver has it; it may end before T − 1. */
    static int[] solver(int total, int last, int steps, Sampler.Spacing spacing, int offset) {
        check(total, steps);
        int[] t = new int[steps];
        for (int i = 0; i < steps; i++) {
            t[i] = switch (spacing) {
                case LEADING -> (steps - i) * (last / (steps + 1)) + offset;
                case TRAILING -> (int) Math.rint(last - i * (total / (double) steps)) - 1;
                case LINSPACE -> (int) Math.rint((steps - i) * ((last - 1) / (double) steps));
            };
        }
        return checked(total, t);
    }

    /** Evenly from T − 1 to 0 in fractions, as Euler's sampler has it. */
    static double[] even(int total, int steps) {
        check(total, steps);
        double[] t = new double[steps];
        for (int i = 0; i < steps; i++) {
            t[i] = steps == 1 ? 0 : (float) ((steps - 1 - i) * ((total - 1) / (steps - 1.0)));
        }
        return t;
    }

    private static void check(int total, int steps) {
        if (steps < 1 || steps > total) {
            throw new IllegalArgumentException("sampler: steps must be 1…" + total + ", not " + steps);
        }
    }

    private static int[] checked(int total, int[] t) {
        for (int each : t) {
            if (each < 0 || each >= total) {
                throw new IllegalArgumentException("sampler: timestep " + each + " is outside 0…" + (total - 1));
            }
        }
        return t;
    }

    /** Each step leads to the next of the list, the last to the end. */
    static int[] following(int[] t) {
        int[] next = Arrays.copyOfRange(t, 1, t.length + 1);
        next[t.length - 1] = -1;
        return next;
    }

    /** Each step leads T/N back, which is what diffusers' DDIM does wherever its timesteps lie. */
    static int[] back(int[] t, int stride) {
        return Arrays.stream(t).map(each -> each - stride).toArray();
    }

    /** σ = √((1−ᾱ)/ᾱ) of every timestep. */
    static double[] sigmas(NoiseSchedule schedule) {
        double[] sigma = new double[schedule.steps()];
        for (int t = 0; t < sigma.length; t++) {
            // ᾱ of 0 would be an infinite σ; the reference puts this number there
            double bar = schedule.alphaBar(t) == 0 ? 0x1p-24 : schedule.alphaBar(t);
            sigma[t] = (float) Math.sqrt((float) (1 - bar) / (float) bar);
        }
        return sigma;
    }

    /** σ between timesteps, linearly. */
    static double interpolate(double[] sigmas, double t) {
        int low = Math.clamp((long) Math.floor(t), 0, sigmas.length - 1);
        int high = Math.min(low + 1, sigmas.length - 1);
        return sigmas[low] + (t - low) * (sigmas[high] - sigmas[low]);
    }

    /** σ as Karras et al. 2022 (eq. 5) spaces them. */
    static double[] karras(double most, double least, int steps) {
        double from = Math.pow(most, 1 / RHO);
        double to = Math.pow(least, 1 / RHO);
        double[] sigma = new double[steps];
        for (int i = 0; i < steps; i++) {
            double ramp = steps == 1 ? 0 : i / (steps - 1.0);
            sigma[i] = Math.pow(from + ramp * (to - from), RHO);
        }
        return sigma;
    }

    /** σ evenly in its logarithm. */
    static double[] exponential(double most, double least, int steps) {
        double[] sigma = new double[steps];
        for (int i = 0; i < steps; i++) {
            double ramp = steps == 1 ? 0 : i / (steps - 1.0);
            sigma[i] = Math.exp(Math.log(most) + ramp * (Math.log(least) - Math.log(most)));
        }
        return sigma;
    }

    /**
     * The timestep of a σ, by interpolating its logarithm: those of timesteps are float32 in the reference, so that the
     * largest σ of all may lie a hair before the last timestep.
     */
    static double time(double[] sigmas, double sigma) {
        double log = Math.log(Math.max(sigma, 1e-10));
        int low = 0;
        while (low < sigmas.length - 2 && logarithm(sigmas, low + 1) <= log) {
            low++;
        }
        double from = logarithm(sigmas, low);
        double w = Math.clamp((from - log) / (from - logarithm(sigmas, low + 1)), 0.0, 1.0);
        return (1 - w) * low + w * (low + 1);
    }

    private static double logarithm(double[] sigmas, int t) {
        return (float) Math.log((float) sigmas[t]);
    }
}
