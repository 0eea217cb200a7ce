# SPDX-License-Identifier: EPL-2.0
"""A whole Stable Diffusion in miniature: a diffusers folder, single files, LoRAs, IP-Adapters, and what they give.

See common.py for how to run it; run clip_fixtures.py first, whose tokenizer is used.
"""
import copy
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from diffusers import (AutoencoderKL, DDPMScheduler, DPMSolverMultistepScheduler, StableDiffusionPipeline,
                       UNet2DConditionModel)
from diffusers.loaders.single_file_utils import (convert_ldm_clip_checkpoint, convert_ldm_unet_checkpoint,
                                                 convert_ldm_vae_checkpoint, convert_open_clip_checkpoint)
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

import ldm_names
from common import folder, save, shake

warnings.filterwarnings("ignore")
OUT = folder()
ALPHA = 1.5
WORK = Path(tempfile.mkdtemp())
tokenizer = CLIPTokenizer.from_pretrained(OUT / "tokenizer_sd1")
torch.manual_seed(41)
unet = shake(UNet2DConditionModel(
    sample_size=8, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
    up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), block_out_channels=(8, 12), layers_per_block=1,
    cross_attention_dim=16, attention_head_dim=2, norm_num_groups=4))
vae = shake(AutoencoderKL(
    down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2, block_out_channels=(4, 8),
    layers_per_block=1, norm_num_groups=4, latent_channels=4, sample_size=16))
clip = shake(CLIPTextModel(CLIPTextConfig(
    vocab_size=len(tokenizer), hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
    max_position_embeddings=77, bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id)), 0.1)
# as published: half, bfloat and single precision; what is compared is computed in single precision from those
clip, vae = clip.half().float(), vae.bfloat16().float()
scheduler = DPMSolverMultistepScheduler(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085,
                                        beta_end=0.012, timestep_spacing="leading", steps_offset=1)
pipe = StableDiffusionPipeline(vae=vae, text_encoder=clip, tokenizer=tokenizer, unet=unet, scheduler=scheduler,
                               safety_checker=None, feature_extractor=None, requires_safety_checker=False)
pipe.set_progress_bar_config(disable=True)


def folder_of_diffusers():
    root = WORK / "miniature"
    pipe.save_pretrained(root)
    unet.save_pretrained(root / "unet", max_shard_size="60KB")
    (root / "unet" / "diffusion_pytorch_model.safetensors").unlink(missing_ok=True)
    assert len(list((root / "unet").glob("*-of-*.safetensors"))) > 1
    clip.half().save_pretrained(root / "text_encoder")
    vae.bfloat16().save_pretrained(root / "vae")
    clip.float(), vae.float()
    shutil.copytree(OUT / "tokenizer_sd1", root / "tokenizer", dirs_exist_ok=True)
    for extra in ("expected.json",):
        (root / "tokenizer" / extra).unlink()
    (root / "tokenizer" / "tokenizer.json").unlink(missing_ok=True)
    shutil.make_archive(str(OUT / "miniature"), "zip", root)


def gradient():
    """Score distillation through the encoder: (1 - abar) (e - noise) by the latents, taken on to the image."""
    image = (torch.rand(1, 3, 16, 16) * 2 - 1).requires_grad_()
    latents = vae.encode(image).latent_dist.mean * vae.config.scaling_factor
    noise, t = torch.randn_like(latents), torch.tensor([421])
    z = DDPMScheduler.from_config(scheduler.config).add_noise(latents, noise, t)
    words = pipe.encode_prompt("a photo of a smiling face", "cpu", 1, True, "blurred")
    with torch.no_grad():
        full, none = unet(z, t, words[0]).sample, unet(z, t, words[1]).sample
        guided = none + 7.5 * (full - none)
        by_latents = (1 - scheduler.alphas_cumprod[t].view(-1, 1, 1, 1)) * (guided - noise)
    latents.backward(by_latents)
    return {"sds.image": image, "sds.noise": noise, "sds.t": t.float(), "sds.latents": latents,
            "sds.by_latents": by_latents, "sds.gradient": image.grad}


def numbers():
    """Words, one denoising loop with guidance, the image it ends in, and a gradient."""
    start = torch.randn(1, 4, 8, 8)
    with torch.no_grad():
        positive, negative = pipe.encode_prompt("a photo of a smiling face", "cpu", 1, True, "blurred")
        latents = pipe("a photo of a smiling face", negative_prompt="blurred", latents=start, num_inference_steps=6,
                       guidance_scale=4.0, output_type="latent").images
        image = vae.decode(latents / vae.config.scaling_factor).sample
    save(OUT / "miniature.safetensors", {"start": start, "positive": positive, "negative": negative,
                                         "latents": latents, "image": image} | gradient())


def same(a, b):
    assert a.keys() == b.keys(), (sorted(a.keys() ^ b.keys())[:5])
    assert all(torch.equal(a[k].float(), b[k].float()) for k in a)


def text_state(model, prefix="text_model."):
    return {prefix + k.removeprefix("text_model."): v for k, v in model.state_dict().items()}


def single_files():
    """One checkpoint of each version, converted back by diffusers to prove its names; and the keys of full size."""
    levels = len(vae.config.block_out_channels)
    first = ldm_names.unet(unet.state_dict(), unet.config) | ldm_names.vae(vae.state_dict(), levels)
    same(convert_ldm_unet_checkpoint(dict(first), unet.config), unet.state_dict())
    same(convert_ldm_vae_checkpoint(dict(first), vae.config), vae.state_dict())
    words = ldm_names.clip(clip.state_dict())
    same(convert_ldm_clip_checkpoint(words), text_state(clip))
    words["cond_stage_model.transformer.text_model.embeddings.position_ids"] = torch.arange(77)[None]
    extra = {"betas": scheduler.betas, "alphas_cumprod": scheduler.alphas_cumprod,
             "model_ema.decay": torch.tensor(0.99)}
    save(OUT / "single_sd1.safetensors", first | words | extra)
    second = ldm_names.open_clip(clip.state_dict(), 2)
    same({k: v for k, v in convert_open_clip_checkpoint(clip, dict(second)).items()}, text_state(clip))
    # the layer that is there and not used, and what else OpenCLIP has
    second |= {k.replace("resblocks.1.", "resblocks.2."): v for k, v in second.items() if "resblocks.1." in k}
    second |= {"cond_stage_model.model.text_projection": torch.zeros(16, 16),
               "cond_stage_model.model.logit_scale": torch.tensor(1.0)}
    save_file({k: v.half().contiguous() for k, v in (first | second).items()}, OUT / "single_sd2.safetensors")
    keys = {}
    for name, context, linear, heads in (("sd15", 768, False, 8), ("sd21", 1024, True, [5, 10, 20, 20])):
        with torch.device("meta"):
            full = UNet2DConditionModel(cross_attention_dim=context, use_linear_projection=linear,
                                        attention_head_dim=heads)
        named = ldm_names.unet(full.state_dict(), full.config)
        back = convert_ldm_unet_checkpoint(dict(named), full.config)
        assert {k: v.shape for k, v in back.items()} == {k: v.shape for k, v in full.state_dict().items()}
        keys[name] = {k: list(v.shape) for k, v in named.items()}
    with torch.device("meta"):
        full = AutoencoderKL(down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
                             block_out_channels=(128, 256, 512, 512), layers_per_block=2)
    keys["vae"] = {k: list(v.shape) for k, v in ldm_names.vae(full.state_dict(), 4).items()}
    (OUT / "single_keys.json").write_text(json.dumps(keys, separators=(",", ":")))


def kohya(state, prefix):
    """PEFT's names as kohya's trainer writes them, with an alpha beside each pair."""
    out = {}
    for key, value in state.items():
        module, which = key.split(".lora_")
        name = prefix + module.removeprefix("text_model.").replace(".", "_")
        if prefix == "lora_te_":
            name = "lora_te_text_model_" + module.removeprefix("text_model.").replace(".", "_")
        out[f"{name}.lora_{'down' if which[0] == 'A' else 'up'}.weight"] = value
        out[name + ".alpha"] = torch.tensor(ALPHA)
    return out


def loras():
    x, t = torch.randn(2, 4, 8, 8), torch.tensor([10.0, 500.0])
    ids = torch.tensor(tokenizer(["a head", "an old man"], padding="max_length", max_length=77).input_ids)
    save_numbers = {"x": x, "t": t, "ids": ids.float()}
    plain = (LoraConfig(r=2, lora_alpha=3, init_lora_weights=False, target_modules=["to_q", "to_v", "to_out.0", "proj_in"],
                        rank_pattern={"mid_block.attentions.0.transformer_blocks.0.attn1.to_q": 3},
                        alpha_pattern={"to_v": 1.25}),
             LoraConfig(r=2, lora_alpha=1, init_lora_weights=False, target_modules=["q_proj", "fc1"]))
    wide = (LoraConfig(r=2, lora_alpha=ALPHA, init_lora_weights=False,
                       target_modules=["to_k", "ff.net.0.proj", "proj_out", "conv1", "time_emb_proj", "downsamplers.0.conv"]),
            LoraConfig(r=3, lora_alpha=ALPHA, init_lora_weights=False, target_modules=["k_proj", "fc2"]))
    # each adapter meets models that met none before
    untouched = copy.deepcopy((unet, clip))
    for name, (for_unet, for_text) in (("peft", plain), ("kohya", wide)):
        network, encoder = copy.deepcopy(untouched)
        network.add_adapter(for_unet, "made")
        encoder.add_adapter(for_text, "made")
        of_unet = get_peft_model_state_dict(network, adapter_name="made")
        of_text = get_peft_model_state_dict(encoder, adapter_name="made")
        if name == "peft":
            StableDiffusionPipeline.save_lora_weights(
                OUT, of_unet, of_text, weight_name="lora_peft.safetensors",
                unet_lora_adapter_metadata=network.peft_config["made"].to_dict(),
                text_encoder_lora_adapter_metadata=encoder.peft_config["made"].to_dict())
        else:
            save(OUT / "lora_kohya.safetensors", kohya(of_unet, "lora_unet_") | kohya(of_text, "lora_te_"),
                 ss_network_module="networks.lora")
        with torch.no_grad():
            words = encoder(ids).last_hidden_state
            out = network(x, t, words).sample
        save_numbers |= {f"{name}.words": words, f"{name}.out": out}
        # diffusers makes the same of the file; not of kohya's names in a text encoder, which it maps to names that the
        # encoder no longer has
        pipe.load_lora_weights(str(OUT / f"lora_{name}.safetensors"))
        with torch.no_grad():
            assert torch.allclose(unet(x, t, words).sample, out, atol=1e-5)
            assert name == "kohya" or torch.allclose(clip(ids).last_hidden_state, words, atol=1e-5)
        pipe.unload_lora_weights()
    with torch.no_grad():
        words = untouched[1](ids).last_hidden_state
        save_numbers |= {"words": words, "out": untouched[0](x, t, words).sample}
    save(OUT / "loras.safetensors", save_numbers)


def adapters():
    x, t, text = torch.randn(2, 4, 8, 8), torch.tensor([10.0, 500.0]), torch.randn(2, 5, 16)
    vector = torch.randn(2, 6)
    numbers = {"x": x, "t": t, "text": text, "vector": vector}
    blocks = [k for k in unet.attn_processors]
    widths = {k: unet.get_submodule(k.removesuffix(".processor")).to_q.weight.shape[0] for k in blocks}

    def keys(lora):
        out = {}
        for i, k in enumerate(blocks):
            if "attn2" in k:
                for each in ("to_k_ip", "to_v_ip"):
                    out[f"{i}.{each}.weight"] = torch.randn(widths[k], 16) * 0.2
            if lora:
                for each in ("to_q", "to_k", "to_v", "to_out"):
                    reads = 16 if "attn2" in k and each in ("to_k", "to_v") else widths[k]
                    out[f"{i}.{each}_lora.down.weight"] = torch.randn(2, reads) * 0.2
                    out[f"{i}.{each}_lora.up.weight"] = torch.randn(widths[k], 2) * 0.2
        return out

    norm = {"norm.weight": torch.randn(16), "norm.bias": torch.randn(16)}
    image = {"proj.weight": torch.randn(64, 6) * 0.3, "proj.bias": torch.randn(64)} | norm
    face = {"proj.0.weight": torch.randn(12, 6) * 0.3, "proj.0.bias": torch.randn(12),
            "proj.2.weight": torch.randn(64, 12) * 0.3, "proj.2.bias": torch.randn(64)} | norm
    torch.save({"image_proj": face, "ip_adapter": keys(True)}, OUT / "faceid.bin")
    flat = {"image_proj." + k: v for k, v in image.items()} | {"ip_adapter." + k: v for k, v in keys(False).items()}
    save(OUT / "ip_adapter.safetensors", flat)
    for name, file, scale in (("image", "ip_adapter.safetensors", 0.6), ("face", "faceid.bin", 0.8)):
        pipe.load_ip_adapter(str(OUT), subfolder="", weight_name=file, image_encoder_folder=None)
        pipe.set_ip_adapter_scale(scale)
        shape = vector[:, None]
        with torch.no_grad():
            numbers[name + ".out"] = unet(x, t, text, added_cond_kwargs={"image_embeds": [shape]}).sample
        pipe.unload_ip_adapter()
        pipe.unload_lora_weights()
    save(OUT / "adapters.safetensors", numbers)


folder_of_diffusers()
numbers()
single_files()
loras()
adapters()
shutil.rmtree(WORK)
