// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.torch.Scope;

/**
 * Solvers that walk along a list of σ = √((1−ᾱ)/ᾱ): Euler's (Karras et al. 2022, algorithm 1, without churn) and
 * multistep DPM-Solver++ (Lu et al. 2022), with and without noise. Both are linear in z, in the x̂₀ of this step and of
 * some before it, and in noise, so that one script serves all.
 */
final class SigmaSampler extends Sampler {
    /**
     * What DPM-Solver++ does.
     *
     * @param order 1, 2 or 3
     * @param heun second order by Heun's rule; otherwise the midpoint's
     * @param noisy the stochastic variant
     * @param easyEnd lower orders in the last steps of a short walk
     * @param eulerEnd first order in the last step
     */
    record Solver(int order, boolean heun, boolean noisy, boolean easyEnd, boolean eulerEnd) {}

    private static final int SHORT = 15;

    private final double[] sigmas;
    private final Solver solver;
    private final double start;

    /**
     * @param sigmas one more than times: the last is where the walk ends
     * @param solver null for Euler's
     * @param start what noise is multiplied by to begin with
     */
    SigmaSampler(NoiseSchedule schedule, double[] times, double[] sigmas, Solver solver, double start) {
        super(schedule, times);
        this.sigmas = new double[sigmas.length];
        for (int i = 0; i < sigmas.length; i++) {
            this.sigmas[i] = (float) sigmas[i];
        }
        this.solver = solver;
        this.start = start;
    }

    @Override
    public double start() {
        return start;
    }

    /** Euler's z is x + σε; what the network knows has unit variance. */
    @Override
    public double inputScale(int index) {
        return solver == null ? Math.sqrt(sigmas[index] * sigmas[index] + 1) : 1;
    }

    @Override
    public boolean wantsNoise(int index) {
        return solver != null && solver.noisy();
    }

    @Override
    public int memory() {
        return solver == null ? 0 : solver.order() - 1;
    }

    @Override
    public NDArray clean(Scope s, NDArray z, NDArray prediction, int index) {
        double sigma = sigmas[index];
        double norm = Math.sqrt(sigma * sigma + 1);
        // z = (signal·x + level·ε) · scale
        double scale = solver == null ? norm : 1;
        double signal = 1 / norm;
        double level = sigma / norm;
        double ofZ =
                switch (schedule().prediction()) {
                    case NOISE -> 1 / (signal * scale);
                    case VELOCITY -> signal / scale;
                    case CLEAN -> 0;
                };
        double ofPrediction =
                switch (schedule().prediction()) {
                    case NOISE -> -level / signal;
                    case VELOCITY -> -level;
                    case CLEAN -> 1;
                };
        return combine(s, List.of(z, prediction), new double[] {ofZ, ofPrediction});
    }

    @Override
    public NDArray step(Scope s, NDArray z, NDArray prediction, int index, NDArray noise, List<NDArray> earlier) {
        NDArray clean = clean(s, z, prediction, index);
        if (solver == null) {
            double ratio = sigmas[index + 1] / sigmas[index];
            return combine(s, List.of(z, clean), new double[] {ratio, 1 - ratio});
        }
        int order = order(index, earlier.size());
        List<NDArray> terms = new ArrayList<>(List.of(z, clean));
        terms.addAll(earlier.subList(0, order - 1));
        if (solver.noisy()) {
            terms.add(noise);
        }
        return combine(s, terms, factors(index, order));
    }

    private int order(int index, int known) {
        boolean brief = solver.easyEnd() && steps() < SHORT;
        boolean last = index == steps() - 1;
        if (last && (brief || solver.eulerEnd() || sigmas[index + 1] == 0)) {
            return 1;
        }
        int order = Math.min(solver.order(), known + 1);
        return index == steps() - 2 && brief ? Math.min(order, 2) : order;
    }

    /** Factors of z, of x̂₀ newest first, and of noise, which comes last. */
    private double[] factors(int index, int order) {
        double signal = 1 / Math.sqrt(sigmas[index + 1] * sigmas[index + 1] + 1);
        double level = sigmas[index + 1] * signal;
        double before = sigmas[index] / Math.sqrt(sigmas[index] * sigmas[index] + 1);
        double h = half(index + 1) - half(index);
        // u: how much of the way from z to x̂₀ is gone; both variants are one formula in these
        double n = solver.noisy() ? 2 : 1;
        double u = -Math.expm1(-n * h);
        double ofZ = level / before * (solver.noisy() ? Math.exp(-h) : 1);
        double ofNoise = solver.noisy() ? level * Math.sqrt(u) : 0;
        if (order == 1) {
            return new double[] {ofZ, signal * u, ofNoise};
        }
        double slope = order == 2 && !solver.heun() ? signal * u / 2 : signal * (1 - u / (n * h));
        double r0 = (half(index) - half(index - 1)) / h;
        if (order == 2) {
            return new double[] {ofZ, signal * u + slope / r0, -slope / r0, ofNoise};
        }
        // the sign of one half in the stochastic variant is the reference's
        double curve = signal * ((u - n * h) / (n * n * h * h) + (solver.noisy() ? -0.5 : 0.5));
        double r1 = (half(index - 1) - half(index - 2)) / h;
        // divided differences: first between the newest two, then how it changes
        double first = slope * (1 + r0 / (r0 + r1)) + curve / (r0 + r1);
        double second = -slope * r0 / (r0 + r1) - curve / (r0 + r1);
        return new double[] {ofZ, signal * u + first / r0, -first / r0 + second / r1, -second / r1, ofNoise};
    }

    /** λ, half the logarithm of the signal-to-noise ratio. */
    private double half(int index) {
        return -Math.log(sigmas[index]);
    }

    private static NDArray combine(Scope s, List<NDArray> terms, double[] factors) {
        return NoiseSchedule.script().call(s, "combine", terms, factors);
    }
}
