// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eidolon.diffusion.SchedulerConfig.Method;

/** What a scheduler's configuration of diffusers may say: its classes, and the names of their settings. */
final class SchedulerKinds {
    /** The classes whose sampling is done here. */
    static final Map<String, Method> OWN = new TreeMap<>(Map.of(
            "DDPMScheduler", Method.DDPM,
            "DDPMParallelScheduler", Method.DDPM,
            "DDIMScheduler", Method.DDIM,
            "DDIMParallelScheduler", Method.DDIM,
            "EulerDiscreteScheduler", Method.EULER,
            "DPMSolverMultistepScheduler", Method.DPM_SOLVER));

    /** Classes over the same noise, which is read; DDIM samples in their place. */
    private static final List<String> OTHERS = List.of(
            "DEISMultistepScheduler",
            "DPMSolverSinglestepScheduler",
            "EulerAncestralDiscreteScheduler",
            "LMSDiscreteScheduler",
            "PNDMScheduler",
            "SASolverScheduler",
            "UniPCMultistepScheduler");

    /** Those whose noise begins and ends elsewhere where it is not told. */
    private static final List<String> OTHERS_OF_OTHER_NOISE = List.of(
            "DPMSolverSDEScheduler",
            "HeunDiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "KDPM2DiscreteScheduler");

    /** Settings that are read where a method has them. */
    private static final List<String> READ = List.of(
            "num_train_timesteps",
            "beta_start",
            "beta_end",
            "beta_schedule",
            "prediction_type",
            "rescale_betas_zero_snr",
            "timestep_spacing",
            "steps_offset",
            "set_alpha_to_one",
            "clip_sample",
            "clip_sample_range",
            "variance_type",
            "use_karras_sigmas",
            "use_exponential_sigmas",
            "final_sigmas_type",
            "solver_order",
            "solver_type",
            "algorithm_type",
            "lower_order_final",
            "euler_at_final",
            "lambda_min_clipped");

    /** Settings of what is refused beside, and of methods in whose place DDIM samples. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "dynamic_thresholding_ratio",
            "sample_max_value",
            "flow_shift",
            "time_shift_type",
            "skip_prk_steps",
            "predict_x0",
            "disable_corrector",
            "predictor_order",
            "corrector_order",
            "noise_sampler_seed");

    /** Settings that change the noise or a method, none of which is done here. */
    static final List<String> REFUSED = List.of(
            "trained_betas",
            "thresholding",
            "use_flow_sigmas",
            "use_beta_sigmas",
            "use_lu_lambdas",
            "sigma_min",
            "sigma_max",
            "use_dynamic_shifting",
            "shift_terminal",
            "solver_p",
            "tau_func");

    /** Settings that have one value here; the last was said before there was {@code prediction_type}. */
    static final Map<String, String> FIXED =
            Map.of("interpolation_type", "linear", "timestep_type", "discrete", "predict_epsilon", "true");

    private SchedulerKinds() {}

    /**
     * Checks class and names of a configuration.
     *
     * @throws IllegalArgumentException naming what is not known, or not the same here
     */
    static void check(ConfigJson json) {
        String name = json.text("_class_name", "DDIMScheduler");
        boolean other = OTHERS_OF_OTHER_NOISE.contains(name);
        TreeSet<String> classes = new TreeSet<>(OWN.keySet());
        classes.addAll(OTHERS);
        classes.addAll(OTHERS_OF_OTHER_NOISE);
        json.require(
                classes.contains(name),
                "_class_name",
                "one of " + String.join(", ", classes) + ", not " + name + ", whose noise, or what is predicted under"
                        + " it, is another");
        List<String> known = new ArrayList<>(READ);
        known.addAll(WITHOUT_EFFECT);
        known.addAll(REFUSED);
        known.addAll(FIXED.keySet());
        json.known("", known);
        json.absent(REFUSED);
        json.fixed(FIXED);
        for (String told : List.of("beta_start", "beta_end", "beta_schedule")) {
            json.require(!other || json.has(told), told, "there, as a " + name + " has another default than DDIM");
        }
    }
}
