# SPDX-License-Identifier: EPL-2.0
"""Configurations of diffusers' schedulers: the noise, the timesteps, and where a walk with a stand-in network ends."""
import inspect
import json
import math

import diffusers
import torch

OWN = ["DDPMScheduler", "DDPMParallelScheduler", "DDIMScheduler", "DDIMParallelScheduler", "EulerDiscreteScheduler",
       "DPMSolverMultistepScheduler"]
SHAPE = (1, 1, 2, 4)
NUMBERS = torch.arange(8, dtype=torch.float64).view(SHAPE)


def kinds():
    return sorted(n for n in dir(diffusers) if n.endswith("Scheduler") and "Flax" not in n)


def settings(draw, kind):
    parameters = inspect.signature(kind.__init__).parameters
    out = {}

    def perhaps(share, name, *values):
        if name in parameters and draw.random() < share:
            out[name] = draw.choice(values)

    perhaps(0.3, "num_train_timesteps", 1000, 1000, 400, 1200)
    if "beta_start" in parameters and draw.random() < 0.8:
        out |= dict(zip(("beta_start", "beta_end", "beta_schedule"), draw.choice([
            (0.00085, 0.012, "scaled_linear"), (0.0001, 0.02, "linear"), (0.0002, 0.015, "linear"),
            (0.001, 0.011, "scaled_linear"), (0.0001, 0.02, "squaredcos_cap_v2")])))
    perhaps(0.5, "prediction_type", "epsilon", "v_prediction", "v_prediction", "sample")
    perhaps(0.2, "rescale_betas_zero_snr", True)
    perhaps(0.7, "timestep_spacing", "leading", "trailing", "linspace")
    perhaps(0.4, "steps_offset", 0, 1)
    perhaps(0.4, "set_alpha_to_one", True, False)
    perhaps(0.6, "clip_sample", True, False, False)
    perhaps(0.2, "clip_sample_range", 1.0, 2.5)
    perhaps(0.5, "variance_type", "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log", None)
    perhaps(0.6, "solver_order", 1, 2, 2, 3)
    perhaps(0.5, "solver_type", "midpoint", "heun", "logrho", "bh2")
    perhaps(0.4, "algorithm_type", "dpmsolver++", "sde-dpmsolver++", "sde-dpmsolver++", "dpmsolver", "deis")
    perhaps(0.3, "lower_order_final", True, False)
    perhaps(0.3, "euler_at_final", True, False)
    perhaps(0.3, "final_sigmas_type", "zero", "sigma_min")
    perhaps(0.2, "lambda_min_clipped", -5.1, -3.0)
    perhaps(0.25, "use_karras_sigmas", True, False)
    perhaps(0.25, "use_exponential_sigmas", True, False)
    for name in ("use_beta_sigmas", "use_lu_lambdas", "use_flow_sigmas", "thresholding"):
        perhaps(0.03, name, True)
    perhaps(0.02, "sigma_min", 0.05, 0)
    perhaps(0.03, "interpolation_type", "log_linear")
    perhaps(0.03, "timestep_type", "continuous")
    perhaps(0.03, "trained_betas", [0.01] * 1000)
    perhaps(0.03, "snr_shift_scale", 3.0)
    return out


def rounded(tensor):
    return [float(f"{float(x):.8g}") for x in tensor]


def noise(i):
    return (torch.sin(1.7 * NUMBERS + 2.3 * i + 0.5) * 1.2).float()


def walk(scheduler, steps, eta):
    """As SamplerTest walks; noise is the same numbers for both."""
    drawn = []
    module = __import__(type(scheduler).__module__, fromlist=["randn_tensor"])
    module.randn_tensor = lambda *args, **named: noise(drawn[-1])
    scheduler.set_timesteps(steps)
    z = (torch.sin(0.9 * NUMBERS + 0.3) * 1.3).float() * scheduler.init_noise_sigma
    for i, t in enumerate(scheduler.timesteps):
        drawn.append(i)
        seen = scheduler.scale_model_input(z, t)
        prediction = torch.tanh(0.7 * seen + 0.3 * torch.sin(seen * 3)) * (0.5 + t / 2000)
        z = scheduler.step(prediction, t, z, **({"eta": eta} if "DDIM" in type(scheduler).__name__ else {})).prev_sample
    return dict(times=rounded(scheduler.timesteps), last=rounded(z.flatten()))


def case(draw):
    name = draw.choice(OWN) if draw.random() < 0.8 else draw.choice(kinds())
    kind = getattr(diffusers, name)
    config, steps, eta = settings(draw, kind), draw.randint(1, 24), draw.choice([0.0, 0.0, 0.5])
    whole = draw.random() < 0.3
    out = dict(config=config | dict(_class_name=name), steps=steps, eta=eta)
    try:
        scheduler = kind(**config)
        bar = scheduler.alphas_cumprod
        sampling = scheduler if name in OWN else diffusers.DDIMScheduler.from_config(scheduler.config)
        if whole:
            out["config"] = {k: v for k, v in dict(scheduler.config).items() if k != "_use_default_values"}
            out["config"]["_class_name"] = name
            if name not in OWN:
                sampling = diffusers.DDIMScheduler.from_config(out["config"])
        out |= walk(sampling, steps, eta) | dict(bar=rounded(bar[[0, len(bar) // 3, len(bar) - 2]]))
    except Exception as e:
        out["error"] = repr(e)[:100]
    # JSON as diffusers writes it
    out["config"] = json.loads(json.dumps(out["config"], default=str))
    if "trained_betas" in out["config"] and out["config"]["trained_betas"]:
        out["config"]["trained_betas"] = out["config"]["trained_betas"][:2]
    return out


def write(out, draw, count):
    rows = []
    while len(rows) < 2 * count:
        drawn = case(draw)
        # a prediction of noise says nothing where there is only noise
        if all(math.isfinite(x) for x in drawn.get("last", [])):
            rows.append(drawn)
    (out / "random_scheduler.json").write_text(json.dumps(dict(cases=rows), separators=(",", ":")) + "\n")
