// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/** DDIM (Song et al. 2021, eq. 12), or ancestral DDPM (Ho et al. 2020, eq. 7). */
final class DdimSampler extends Sampler {
    private final int[] t;
    private final int[] next;
    private final double last;
    private final double eta;
    private final double limit;
    private final boolean ancestral;
    private final boolean large;

    /**
     * @param next where each step leads to; negative for the end
     * @param last ᾱ of the end
     */
    DdimSampler(NoiseSchedule schedule, int[] t, int[] next, double last, double eta, double limit) {
        this(schedule, t, next, last, eta, limit, false, false);
    }

    private DdimSampler(
            NoiseSchedule schedule,
            int[] t,
            int[] next,
            double last,
            double eta,
            double limit,
            boolean ancestral,
            boolean large) {
        super(schedule, Arrays.stream(t).asDoubleStream().toArray());
        this.t = t;
        this.next = next;
        this.last = last;
        this.eta = eta;
        this.limit = limit;
        this.ancestral = ancestral;
        this.large = large;
    }

    /** @param large the variance is β (else the posterior's) */
    static DdimSampler ancestral(NoiseSchedule schedule, int[] t, double limit, boolean large) {
        return new DdimSampler(schedule, t, Timesteps.following(t), 1, 1, limit, true, large);
    }

    @Override
    public boolean wantsNoise(int index) {
        return ancestral ? t[index] > 0 : eta > 0;
    }

    @Override
    public NDArray step(Scope s, NDArray z, NDArray prediction, int index, NDArray noise, List<NDArray> earlier) {
        double now = schedule().alphaBar(t[index]);
        double then = next[index] >= 0 ? schedule().alphaBar(next[index]) : last;
        int kind = schedule().prediction().ordinal();
        Script script = NoiseSchedule.script();
        double a = Math.sqrt(now);
        double b = Math.sqrt(1 - now);
        List<NDArray> extra = NoiseSchedule.optional(wantsNoise(index) ? noise : null);
        if (ancestral) {
            double ratio = now / then;
            double c0 = Math.sqrt(then) * (1 - ratio) / (1 - now);
            double c1 = Math.sqrt(ratio) * (1 - then) / (1 - now);
            double variance = large ? 1 - ratio : Math.max((1 - then) / (1 - now) * (1 - ratio), 1e-20);
            return script.call(s, "ddpm", z, prediction, a, b, c0, c1, Math.sqrt(variance), kind, limit, extra);
        }
        double sigma = eta * Math.sqrt((1 - then) / (1 - now) * (1 - now / then));
        double towards = Math.sqrt(Math.max(1 - then - sigma * sigma, 0));
        return script.call(s, "ddim", z, prediction, a, b, Math.sqrt(then), towards, sigma, kind, limit, extra);
    }

    @Override
    public NDArray clean(Scope s, NDArray z, NDArray prediction, int index) {
        double now = schedule().alphaBar(t[index]);
        return NoiseSchedule.script()
                .call(
                        s,
                        "cleaned",
                        z,
                        prediction,
                        Math.sqrt(now),
                        Math.sqrt(1 - now),
                        schedule().prediction().ordinal(),
                        limit);
    }
}
