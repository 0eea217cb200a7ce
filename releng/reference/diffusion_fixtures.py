# SPDX-License-Identifier: EPL-2.0
"""Writes the fixtures of org.eidolon.diffusion.tests from the reference implementations.

python3 -m pip install torch==2.7.1 diffusers==0.42.1 transformers==5.23.0 accelerate==1.15.0 peft==0.21.2 safetensors==0.8.0
python3 releng/reference/diffusion_fixtures.py tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures
"""
import json
import sys
from pathlib import Path

import torch
from diffusers import DDIMScheduler, DDPMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import save_file

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)


def shake(module):
    """Weights that all matter: fresh norms are 1 and 0."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(torch.randn_like(p) * 0.05)


def save(name, tensors, **metadata):
    save_file({k: v.detach().contiguous() for k, v in tensors.items()}, OUT / name,
              {k: v if isinstance(v, str) else json.dumps(v) for k, v in metadata.items()})


def unet(name, seed, shape, context, **config):
    """Weights, inputs, output, and the gradient of <output, upstream> for the input and some weights."""
    torch.manual_seed(seed)
    model = UNet2DConditionModel(**config)
    shake(model)
    x = torch.randn(shape, requires_grad=True)
    t = torch.tensor([3.0, 700.0])
    text = torch.randn(2, 5, context)
    out = model(x, t, text).sample
    up = torch.randn_like(out)
    (out * up).sum().backward()
    tensors = {"w." + k: v for k, v in model.state_dict().items()}
    tensors |= {"x": x, "t": t, "text": text, "out": out, "up": up, "grad.x": x.grad}
    for k, p in model.named_parameters():
        if k.endswith(("attn2.to_k.weight", "mid_block.resnets.0.conv1.weight", "time_embedding.linear_1.weight")):
            tensors["grad." + k] = p.grad
    save(name, tensors, config=config)
    return model, tensors


# Stable Diffusion 1.5 in miniature: 1x1 convolutions around transformers, time embedding added; odd sizes
unet("unet_sd15.safetensors", 0, (2, 4, 13, 10), 12, sample_size=16, in_channels=4, out_channels=4,
     down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
     block_out_channels=(8, 16), layers_per_block=1, cross_attention_dim=12, attention_head_dim=2, norm_num_groups=4)
# 2.1 in miniature: linear projections, heads by level; two residual blocks, two transformer layers, scale and shift
unet("unet_sd21.safetensors", 1, (2, 4, 8, 8), 10, sample_size=8, in_channels=4, out_channels=4,
     down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
     up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D"), block_out_channels=(8, 12), layers_per_block=1,
     transformer_layers_per_block=(2, 1), cross_attention_dim=10, attention_head_dim=(2, 3), norm_num_groups=4,
     use_linear_projection=True, resnet_time_scale_shift="scale_shift")


def adapter():
    """Decoupled cross-attention: the same model with identity tokens, scale 0.7."""
    torch.manual_seed(2)
    config = dict(sample_size=8, in_channels=4, out_channels=4, down_block_types=("CrossAttnDownBlock2D",),
                  up_block_types=("CrossAttnUpBlock2D",), block_out_channels=(8,), layers_per_block=1,
                  cross_attention_dim=12, attention_head_dim=2, norm_num_groups=4)
    model = UNet2DConditionModel(**config)
    processors = {}
    for key, old in model.attn_processors.items():
        processors[key] = old if "attn1" in key else IPAdapterAttnProcessor2_0(8, 12, num_tokens=(4,), scale=[0.7])
    model.set_attn_processor(processors)
    shake(model)
    # as IP-Adapter-FaceID's projection, then the tokens handed to the processors
    projection = torch.nn.Sequential(torch.nn.Linear(6, 12), torch.nn.GELU(), torch.nn.Linear(12, 48))
    norm = torch.nn.LayerNorm(12)
    shake(projection)
    shake(norm)
    x, t = torch.randn(2, 4, 8, 8), torch.tensor([10.0, 500.0])
    text, face = torch.randn(2, 5, 12), torch.randn(2, 6)
    tokens = norm(projection(face).reshape(2, 4, 12))
    model.encoder_hid_proj = lambda embeds: [e for e in embeds]
    model.config.encoder_hid_dim_type = None
    out = forward_with_tokens(model, x, t, text, tokens)
    weights = {}
    for k, v in model.state_dict().items():
        weights["w." + k.replace("processor.to_k_ip.0.", "to_k_ip.").replace("processor.to_v_ip.0.", "to_v_ip.")] = v
    weights |= {"w.identity.proj." + k: v for k, v in projection.state_dict().items()}
    weights |= {"w.identity.norm." + k: v for k, v in norm.state_dict().items()}
    save("adapter.safetensors", weights | {"x": x, "t": t, "text": text, "face": face, "out": out}, config=config)


def forward_with_tokens(model, x, t, text, tokens):
    # what UNet2DConditionModel does for encoder_hid_dim_type "ip_image_proj", without its projection module
    return model(x, t, (text, [tokens.unsqueeze(1)])).sample


adapter()


def lora():
    """A LoRA with alpha apart from rank, as diffusers writes it, and what the model gives with it."""
    torch.manual_seed(4)
    config = dict(sample_size=8, in_channels=4, out_channels=4, down_block_types=("CrossAttnDownBlock2D",),
                  up_block_types=("CrossAttnUpBlock2D",), block_out_channels=(8,), layers_per_block=1,
                  cross_attention_dim=12, attention_head_dim=2, norm_num_groups=4)
    model = UNet2DConditionModel(**config)
    shake(model)
    weights = {"w." + k: v.clone() for k, v in model.state_dict().items()}
    model.add_adapter(LoraConfig(r=3, lora_alpha=5, init_lora_weights=False,
                                 target_modules=["to_q", "to_k", "to_v", "to_out.0", "proj_in", "ff.net.2"]))
    x, t, text = torch.randn(2, 4, 8, 8), torch.tensor([10.0, 500.0]), torch.randn(2, 5, 12)
    save("lora_model.safetensors", weights | {"x": x, "t": t, "text": text, "out": model(x, t, text).sample},
         config=config)
    StableDiffusionPipeline.save_lora_weights(
        OUT, unet_lora_layers=get_peft_model_state_dict(model), weight_name="lora.safetensors",
        unet_lora_adapter_metadata=model.peft_config["default"].to_dict())


lora()


def trajectories():
    """Scheduler trajectories with a stand-in network; the noise that ancestral steps draw is recorded."""
    tensors = {}
    sd = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)
    cases = {
        "ddim_eps_leading": DDIMScheduler(**sd, clip_sample=False, set_alpha_to_one=False, steps_offset=1),
        "ddim_v_trailing_clip": DDIMScheduler(num_train_timesteps=1000, beta_schedule="squaredcos_cap_v2",
                                              prediction_type="v_prediction", timestep_spacing="trailing"),
        "ddim_eta_linear": DDIMScheduler(num_train_timesteps=1000, clip_sample=False),
        "ddpm_eps_leading": DDPMScheduler(**sd, clip_sample=False),
        "ddpm_v_leading_clip": DDPMScheduler(num_train_timesteps=1000, beta_schedule="squaredcos_cap_v2",
                                             prediction_type="v_prediction"),
    }
    for name, scheduler in cases.items():
        torch.manual_seed(3)
        scheduler.set_timesteps(10)
        z = torch.randn(1, 2, 4, 4)
        states, noises = [z], []
        for t in scheduler.timesteps:
            prediction = torch.tanh(0.7 * z + 0.3 * torch.sin(z * 3)) * (0.5 + t / 2000)
            state = torch.random.get_rng_state()
            noises.append(torch.randn(z.shape))
            torch.random.set_rng_state(state)
            extra = {"eta": 0.6} if "eta" in name else {}
            z = scheduler.step(prediction, t, z, generator=torch.default_generator, **extra).prev_sample
            states.append(z)
        tensors[name + ".z"] = torch.stack(states)
        tensors[name + ".noise"] = torch.stack(noises)
        tensors[name + ".t"] = scheduler.timesteps.float()
        tensors[name + ".abar"] = scheduler.alphas_cumprod[::37].clone()
    save("schedulers.safetensors", tensors)


trajectories()
