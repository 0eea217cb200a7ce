# SPDX-License-Identifier: EPL-2.0
"""Trajectories of diffusers' schedulers with a stand-in network. See common.py for how to run it.

The noise that ancestral steps draw is recorded, so that the test can give the same.
"""
import torch
from diffusers import DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler

from common import folder, save

OUT = folder()
SD = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)
V = dict(prediction_type="v_prediction")
COSINE = dict(num_train_timesteps=1000, beta_schedule="squaredcos_cap_v2")
ZERO = dict(rescale_betas_zero_snr=True, timestep_spacing="trailing")

CASES = {
    "ddpm_linspace_v": (DDPMScheduler, 7, SD | V | dict(timestep_spacing="linspace", clip_sample=False)),
    "ddpm_large_sample": (DDPMScheduler, 10, COSINE | dict(prediction_type="sample", variance_type="fixed_large")),
    "ddpm_linear_offset": (DDPMScheduler, 12, dict(num_train_timesteps=400, steps_offset=1, clip_sample_range=2.0)),
    "ddim_linspace": (DDIMScheduler, 7, SD | dict(timestep_spacing="linspace", clip_sample=False)),
    "ddim_trailing_uneven": (DDIMScheduler, 7, SD | V | dict(timestep_spacing="trailing", set_alpha_to_one=False)),
    "ddim_zero_snr": (DDIMScheduler, 10, SD | V | ZERO | dict(clip_sample=False)),
    "ddim_sample_eta": (DDIMScheduler, 10, COSINE | dict(prediction_type="sample", eta=0.5)),
    "euler": (EulerDiscreteScheduler, 10, SD),
    "euler_sd21": (EulerDiscreteScheduler, 9, SD | V | dict(timestep_spacing="leading", steps_offset=1)),
    "euler_trailing_zero": (EulerDiscreteScheduler, 8, SD | V | ZERO),
    "euler_karras_min": (EulerDiscreteScheduler, 8, SD | dict(use_karras_sigmas=True, final_sigmas_type="sigma_min")),
    "euler_exponential": (EulerDiscreteScheduler, 6, SD | dict(use_exponential_sigmas=True)),
    "dpm": (DPMSolverMultistepScheduler, 10, SD),
    "dpm_long": (DPMSolverMultistepScheduler, 20, SD | dict(timestep_spacing="leading", steps_offset=1)),
    "dpm_v_trailing": (DPMSolverMultistepScheduler, 9, SD | V | dict(timestep_spacing="trailing")),
    "dpm_karras": (DPMSolverMultistepScheduler, 16, SD | dict(use_karras_sigmas=True)),
    "dpm_heun_min": (DPMSolverMultistepScheduler, 8, SD | dict(solver_type="heun", final_sigmas_type="sigma_min",
                                                             lower_order_final=False)),
    "dpm_third": (DPMSolverMultistepScheduler, 18, SD | dict(solver_order=3, euler_at_final=True)),
    "dpm_third_short": (DPMSolverMultistepScheduler, 7, SD | dict(solver_order=3)),
    "dpm_first": (DPMSolverMultistepScheduler, 6, SD | dict(solver_order=1)),
    "dpm_sde": (DPMSolverMultistepScheduler, 10, SD | dict(algorithm_type="sde-dpmsolver++")),
    "dpm_sde_heun": (DPMSolverMultistepScheduler, 16, SD | V | dict(algorithm_type="sde-dpmsolver++",
                                                                   solver_type="heun")),
    "dpm_sde_third": (DPMSolverMultistepScheduler, 16, SD | dict(algorithm_type="sde-dpmsolver++", solver_order=3)),
    "dpm_cosine_clipped": (DPMSolverMultistepScheduler, 8, COSINE | dict(lambda_min_clipped=-5.1)),
    "dpm_sample": (DPMSolverMultistepScheduler, 8, SD | dict(prediction_type="sample")),
}

tensors, configs = {}, {}
for name, (kind, steps, config) in CASES.items():
    eta = config.get("eta", 0.0)
    scheduler = kind(**{k: v for k, v in config.items() if k != "eta"})
    scheduler.set_timesteps(steps)
    torch.manual_seed(3)
    z = torch.randn(1, 2, 2, 4)
    states, noises = [z], []
    z = z * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        seen = scheduler.scale_model_input(z, t)
        prediction = torch.tanh(0.7 * seen + 0.3 * torch.sin(seen * 3)) * (0.5 + t / 2000)
        state = torch.random.get_rng_state()
        noises.append(torch.randn(z.shape))
        torch.random.set_rng_state(state)
        extra = {"eta": eta} if kind is DDIMScheduler else {}
        z = scheduler.step(prediction, t, z, generator=torch.default_generator, **extra).prev_sample
        states.append(z)
    tensors |= {name + ".z": torch.stack(states), name + ".noise": torch.stack(noises),
                name + ".t": scheduler.timesteps.float(), name + ".abar": scheduler.alphas_cumprod[::37]}
    configs[name] = {k: v for k, v in scheduler.config.items()} | {"_class_name": kind.__name__, "eta": eta}
save(OUT / "samplers.safetensors", tensors, configs=configs)
