# SPDX-License-Identifier: EPL-2.0
"""What the reference implementations make of published weights, for 'eidolon models check' to compare with.

VENV/bin/python releng/reference/dump.py FOLDER dump.safetensors [--lora FILE] [--ip-adapter FILE]
eidolon models check FOLDER --reference dump.safetensors [--lora FILE] [--ip-adapter FILE]

FOLDER is a diffusers folder of the Stable Diffusion 1 and 2 family; parts that it lacks are left out. Inputs are drawn
from a seed and written beside what comes out. Everything is computed on the CPU in float32.
"""
import argparse
import copy
import json
from pathlib import Path

import torch
from diffusers import (AutoencoderKL, DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler,
                       StableDiffusionPipeline, UNet2DConditionModel)
from peft import PeftModel
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTokenizer

PROMPTS = ["a photo of a smiling face", "", "they don't look alike; 3 heads, 100 % normal maps"]
SAMPLERS = {"DDPM": DDPMScheduler, "DDIM": DDIMScheduler, "EULER": EulerDiscreteScheduler,
            "DPM_SOLVER": DPMSolverMultistepScheduler}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--lora", type=Path, help="a LoRA for the UNet and, if it has such a part, the text encoder")
    parser.add_argument("--ip-adapter", type=Path, help="an IP-Adapter or IP-Adapter-FaceID")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=32, help="side of the latents")
    parser.add_argument("--steps", type=int, default=4, help="steps of the denoising loops")
    return parser.parse_args()


def text(folder, tensors, facts):
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    model = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32).eval()
    length = min(model.config.max_position_embeddings, tokenizer.model_max_length)
    ids = torch.tensor([tokenizer(p, padding="max_length", max_length=length, truncation=True).input_ids
                        for p in PROMPTS])
    out = model(ids, output_hidden_states=True)
    facts["prompts"] = PROMPTS
    norm = getattr(model, "text_model", model).final_layer_norm
    tensors |= {"text.ids": ids.int(), "text.last": out.last_hidden_state, "text.pooled": out.pooler_output,
                "text.penultimate": norm(out.hidden_states[-2])}
    return tokenizer, model


def image(folder, size, tensors):
    vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=torch.float32).eval()
    side = size * 2 ** (len(vae.config.block_out_channels) - 1)
    picture = torch.rand(1, vae.config.in_channels, side, side) * 2 - 1
    mean = vae.encode(picture).latent_dist.mean
    shift = vae.config.shift_factor or 0.0
    latents = (mean - shift) * vae.config.scaling_factor
    tensors |= {"vae.image": picture, "vae.latents": latents,
                "vae.out": vae.decode(latents / vae.config.scaling_factor + shift).sample}


def predict(unet, inputs, **more):
    return unet(inputs["unet.x"], inputs["unet.t"], inputs["unet.text"], **more).sample


def loops(folder, unet, words, size, steps, tensors):
    """Every sampler with the folder's settings, guided."""
    start = torch.randn(1, unet.config.in_channels, size, size)
    tensors["loop.start"] = start
    base = DDIMScheduler.from_pretrained(folder / "scheduler")
    for name, kind in SAMPLERS.items():
        if name == "DDPM":
            continue  # draws noise
        scheduler = kind.from_config(base.config)
        scheduler.set_timesteps(steps)
        z = start * scheduler.init_noise_sigma
        for t in scheduler.timesteps:
            seen = scheduler.scale_model_input(torch.cat([z, z]), t)
            none, full = unet(seen, t, torch.cat([words[1:2], words[:1]])).sample.chunk(2)
            z = scheduler.step(none + 5.0 * (full - none), t, z).prev_sample
        tensors["loop." + name] = z


def with_lora(options, unet, tokenizer, model, tensors):
    beside = options.lora.parent / "adapter_config.json"
    with safe_open(options.lora, "pt") as file:
        of_peft = any(k.startswith("base_model.model.") for k in file.keys())
    if of_peft and beside.is_file():  # an adapter for the UNet, as PEFT saves it
        tensors["lora.out"] = predict(PeftModel.from_pretrained(copy.deepcopy(unet), options.lora.parent), tensors)
        return
    pipe = StableDiffusionPipeline(vae=None, text_encoder=model, tokenizer=tokenizer, unet=unet, scheduler=None,
                                   safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipe.load_lora_weights(str(options.lora.parent), weight_name=options.lora.name)
    tensors["lora.out"] = predict(unet, tensors)
    if model is not None:
        tensors["lora.words"] = model(tensors["text.ids"].long()).last_hidden_state
    pipe.unload_lora_weights()


def with_adapter(options, unet, tensors, facts):
    pipe = StableDiffusionPipeline(vae=None, text_encoder=None, tokenizer=None, unet=unet, scheduler=None,
                                   safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipe.load_ip_adapter(str(options.ip_adapter.parent), subfolder="", weight_name=options.ip_adapter.name,
                         image_encoder_folder=None)
    facts["adapterScale"] = 0.7
    pipe.set_ip_adapter_scale(facts["adapterScale"])
    first = next(p for n, p in unet.encoder_hid_proj.named_parameters() if p.dim() == 2)
    vector = torch.randn(2, first.shape[1])
    tensors["adapter.vector"] = vector
    tensors["adapter.out"] = predict(unet, tensors, added_cond_kwargs={"image_embeds": [vector[:, None]]})


@torch.no_grad()
def main():
    options, tensors, facts = arguments(), {}, {}
    torch.manual_seed(options.seed)
    tokenizer = model = None
    if (options.folder / "text_encoder").is_dir():
        tokenizer, model = text(options.folder, tensors, facts)
    if (options.folder / "vae").is_dir():
        image(options.folder, options.size, tensors)
    if (options.folder / "unet").is_dir():
        unet = UNet2DConditionModel.from_pretrained(options.folder / "unet", torch_dtype=torch.float32).eval()
        tensors |= {"unet.x": torch.randn(2, unet.config.in_channels, options.size, options.size),
                    "unet.t": torch.tensor([37.0, 801.0]),
                    "unet.text": torch.randn(2, 77, unet.config.cross_attention_dim)}
        tensors["unet.out"] = predict(unet, tensors)
        loopable = unet.config.in_channels == unet.config.out_channels and model is not None
        if loopable and (options.folder / "scheduler").is_dir():
            facts["steps"] = options.steps
            loops(options.folder, unet, tensors["text.last"], options.size, options.steps, tensors)
        if options.lora:
            with_lora(options, unet, tokenizer, model, tensors)
        if options.ip_adapter:
            with_adapter(options, unet, tensors, facts)
    save_file({k: v.detach().contiguous() for k, v in tensors.items()}, options.dump, {"eidolon.dump": json.dumps(facts)})
    print(f"{options.dump}: {len(tensors)} tensors")


main()
