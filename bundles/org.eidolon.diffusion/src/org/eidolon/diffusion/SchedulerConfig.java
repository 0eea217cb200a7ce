// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.diffusion.NoiseSchedule.Kind;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.Sampler.Spacing;

/** Reads the {@code scheduler_config.json} of a diffusers folder: the noise schedule, and samplers set as it says. */
public final class SchedulerConfig {
    /** Ways to sample; a configuration's settings that a method does not know are not asked of it. */
    public enum Method {
        /** DDPMScheduler. */
        DDPM,
        /** DDIMScheduler. */
        DDIM,
        /** EulerDiscreteScheduler. */
        EULER,
        /** DPMSolverMultistepScheduler. */
        DPM_SOLVER
    }

    private static final Map<String, Spacing> SPACINGS = new TreeMap<>(
            Map.of("leading", Spacing.LEADING, "trailing", Spacing.TRAILING, "linspace", Spacing.LINSPACE));

    private static final String KARRAS = "use_karras_sigmas", EXPONENTIAL = "use_exponential_sigmas";

    private final ConfigJson json;
    private final NoiseSchedule schedule;

    private SchedulerConfig(ConfigJson json) {
        this.json = json;
        SchedulerKinds.check(json);
        Kind kind = json.oneOf(
                "beta_schedule",
                "linear",
                new TreeMap<>(Map.of(
                        "linear", Kind.LINEAR, "scaled_linear", Kind.SCALED_LINEAR, "squaredcos_cap_v2", Kind.COSINE)));
        Prediction prediction = json.oneOf(
                "prediction_type",
                "epsilon",
                new TreeMap<>(Map.of(
                        "epsilon", Prediction.NOISE, "v_prediction", Prediction.VELOCITY, "sample", Prediction.CLEAN)));
        schedule = NoiseSchedule.published(
                kind,
                prediction,
                json.integer("num_train_timesteps", 1000),
                json.number("beta_start", 1e-4),
                json.number("beta_end", 0.02),
                json.flag("rescale_betas_zero_snr", false));
        json.require(
                !json.flag(KARRAS, false) || !json.flag(EXPONENTIAL, false),
                EXPONENTIAL,
                "false where " + KARRAS + " is true");
        // what its own method cannot do is told when it is read
        spacing("leading");
        switch (method()) {
            case DDPM -> large();
            case DPM_SOLVER -> {
                solver();
                zeroEnd();
            }
            case EULER -> zeroEnd();
            case DDIM -> limit();
        }
    }

    /**
     * Reads a configuration; what it leaves out has the default of diffusers' class.
     *
     * @throws IllegalArgumentException naming the field that is malformed or unsupported
     */
    public static SchedulerConfig read(String text) {
        return new SchedulerConfig(ConfigJson.parse("scheduler configuration of diffusers", text));
    }

    /** The noise schedule and what the network predicts. */
    public NoiseSchedule schedule() {
        return schedule;
    }

    /** The method that the configuration names; DDIM where it names one that we do not have, such as PNDM. */
    public Method method() {
        return SchedulerKinds.OWN.getOrDefault(json.text("_class_name", ""), Method.DDIM);
    }

    /** The sampler of the configuration's own method. */
    public Sampler sampler(int steps) {
        return sampler(method(), steps, 0);
    }

    /**
     * A sampler by any method, with this configuration's settings: the same as diffusers' {@code from_config}.
     *
     * @param eta of DDIM: 0 deterministic … 1 as noisy as DDPM; unused by others
     */
    public Sampler sampler(Method method, int steps, double eta) {
        return switch (method) {
            case DDPM -> ddpm(steps);
            case DDIM -> ddim(steps, eta);
            case EULER -> euler(steps);
            case DPM_SOLVER -> solver(steps);
        };
    }

    private Spacing spacing(String otherwise) {
        return json.oneOf("timestep_spacing", otherwise, SPACINGS);
    }

    private double limit() {
        return json.flag("clip_sample", true) ? json.number("clip_sample_range", 1) : 0;
    }

    private int[] timesteps(int steps) {
        return Timesteps.spaced(schedule.steps(), steps, spacing("leading"), json.integer("steps_offset", 0));
    }

    private Sampler ddim(int steps, double eta) {
        int[] t = timesteps(steps);
        double last = json.flag("set_alpha_to_one", true) ? 1 : schedule.alphaBar(0);
        return new DdimSampler(schedule, t, Timesteps.back(t, schedule.steps() / steps), last, eta, limit());
    }

    private Sampler ddpm(int steps) {
        return DdimSampler.ancestral(schedule, timesteps(steps), limit(), large());
    }

    private boolean large() {
        return json.oneOf(
                "variance_type",
                "fixed_small",
                new TreeMap<>(Map.of("fixed_small", false, "fixed_small_log", false, "fixed_large", true)));
    }

    private Sampler euler(int steps) {
        double[] all = Timesteps.sigmas(schedule);
        Spacing spacing = spacing("linspace");
        double[] times = spacing == Spacing.LINSPACE
                ? Timesteps.even(schedule.steps(), steps)
                : asDoubles(Timesteps.spaced(schedule.steps(), steps, spacing, json.integer("steps_offset", 0)));
        double[] sigmas =
                Arrays.stream(times).map(t -> Timesteps.interpolate(all, t)).toArray();
        double[] respaced = respaced(sigmas[0], sigmas[steps - 1], steps);
        if (respaced != null) {
            sigmas = respaced;
            times = Arrays.stream(sigmas).map(x -> Timesteps.time(all, x)).toArray();
        }
        double most = Arrays.stream(sigmas).max().orElseThrow();
        double start = spacing == Spacing.LEADING ? Math.sqrt(most * most + 1) : most;
        return new SigmaSampler(schedule, times, ended(sigmas, all), null, start);
    }

    private SigmaSampler.Solver solver() {
        boolean noisy = json.oneOf(
                "algorithm_type",
                "dpmsolver++",
                new TreeMap<>(Map.of("dpmsolver++", false, "deis", false, "sde-dpmsolver++", true)));
        boolean heun = json.oneOf(
                "solver_type",
                "midpoint",
                new TreeMap<>(Map.of("midpoint", false, "logrho", false, "bh1", false, "bh2", false, "heun", true)));
        json.require(
                !json.text("algorithm_type", "").equals("deis") || !zeroEnd(),
                "algorithm_type",
                "dpmsolver++ or sde-dpmsolver++ where final_sigmas_type is not sigma_min, not deis");
        int order = json.integer("solver_order", 2);
        json.require(order >= 1 && order <= 3, "solver_order", "1, 2 or 3, not " + order);
        json.absent(List.of("variance_type"));
        boolean truncated = json.flag(EXPONENTIAL, false) || json.flag(KARRAS, false) && schedule.kind() == Kind.COSINE;
        json.require(
                !truncated || schedule.customary(),
                json.flag(EXPONENTIAL, false) ? EXPONENTIAL : KARRAS,
                "false for DPMSolverMultistepScheduler with betas that are not customary: whether it begins at the last"
                        + " timestep or at the one before it goes by how a processor rounds logarithms");
        return new SigmaSampler.Solver(
                order, heun, noisy, json.flag("lower_order_final", true), json.flag("euler_at_final", false));
    }

    private Sampler solver(int steps) {
        SigmaSampler.Solver solver = solver();
        double[] all = Timesteps.sigmas(schedule);
        // noisier than this, diffusers leaves timesteps out; infinite by default, and then the text is -Infinity
        double least = json.number("lambda_min_clipped", Double.NEGATIVE_INFINITY);
        int last = (int) Arrays.stream(all).filter(x -> -Math.log(x) >= least).count();
        double[] times = asDoubles(
                Timesteps.solver(schedule.steps(), last, steps, spacing("linspace"), json.integer("steps_offset", 0)));
        double[] sigmas =
                Arrays.stream(times).map(t -> Timesteps.interpolate(all, t)).toArray();
        double[] respaced = respaced(all[all.length - 1], all[0], steps);
        if (respaced != null) {
            sigmas = respaced;
            boolean whole = json.flag(KARRAS, false) && schedule.kind() != Kind.COSINE;
            times = Arrays.stream(sigmas)
                    .map(x -> Timesteps.time(all, x))
                    .map(t -> whole ? Math.rint(t) : Math.floor(t))
                    .toArray();
        }
        json.require(
                steps == 1 || times[0] != times[1],
                json.flag(KARRAS, false) ? KARRAS : json.flag(EXPONENTIAL, false) ? EXPONENTIAL : "timestep_spacing",
                "another for " + steps + " steps, the first two of which are the same timestep");
        return new SigmaSampler(schedule, times, ended(sigmas, all), solver, 1);
    }

    /** σ by another law than the timesteps', or null. */
    private double[] respaced(double most, double least, int steps) {
        if (json.flag(KARRAS, false)) {
            return Timesteps.karras(most, least, steps);
        }
        return json.flag(EXPONENTIAL, false) ? Timesteps.exponential(most, least, steps) : null;
    }

    private double[] ended(double[] sigmas, double[] all) {
        double[] ended = Arrays.copyOf(sigmas, sigmas.length + 1);
        ended[sigmas.length] = zeroEnd() ? 0 : all[0];
        return ended;
    }

    private boolean zeroEnd() {
        return json.oneOf("final_sigmas_type", "zero", new TreeMap<>(Map.of("zero", true, "sigma_min", false)));
    }

    private static double[] asDoubles(int[] t) {
        return Arrays.stream(t).asDoubleStream().toArray();
    }
}
