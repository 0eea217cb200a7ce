# SPDX-License-Identifier: EPL-2.0
"""Whether diffusers makes of a LoRA what Eidolon made of it: python check_lora.py FOLDER lora.safetensors ours.safetensors

ours.safetensors holds noise ("start"), the latents ("latents") and the image ("image") that came of it with the LoRA, and
in its metadata prompt, negative, steps and guidance. Exit code 1 above 2e-5 of the largest number.
"""
import sys
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
from safetensors import safe_open

folder, lora, ours = map(Path, sys.argv[1:])
pipe = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32, safety_checker=None)
pipe.set_progress_bar_config(disable=True)
with safe_open(ours, "pt") as file:
    said = file.metadata()
    start, latents, image = (file.get_tensor(k) for k in ("start", "latents", "image"))


def sample():
    return pipe(said["prompt"], negative_prompt=said["negative"], latents=start, num_inference_steps=int(said["steps"]),
                guidance_scale=float(said["guidance"]), output_type="latent").images


def difference(a, b):
    return ((a - b).abs().max() / b.abs().max().clamp(min=1)).item()


with torch.no_grad():
    without = sample()
    pipe.load_lora_weights(str(lora.parent), weight_name=lora.name)
    theirs = sample()
    picture = pipe.vae.decode(theirs / pipe.vae.config.scaling_factor).sample
errors = difference(latents, theirs), difference(image, picture)
print(f"latents differ by {errors[0]:.1e}, the image by {errors[1]:.1e}; the LoRA changes {difference(without, theirs):.1e}")
sys.exit(0 if max(errors) <= 2e-5 and difference(without, theirs) > 1e-2 else 1)
