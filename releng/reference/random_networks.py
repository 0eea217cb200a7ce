# SPDX-License-Identifier: EPL-2.0
"""Configurations of UNets, autoencoders and text encoders: some numbers of what each gives.

Weights are not kept: both sides make them of their names (wave below, RandomNetworksTest.wave).
"""
import json
import math

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

ACTIVATIONS = ["silu", "swish", "gelu", "mish", "relu", "tanh"]


def wave(name, shape):
    """Numbers that go by a name and its shape; those of norms around 1, of matrices by how much they add up."""
    n = math.prod(shape)
    phase = sum(name.encode()) % 1000
    numbers = torch.sin(0.37 * torch.arange(n, dtype=torch.float64) + phase)
    if len(shape) == 1:
        numbers = 1 + 0.2 * numbers if name.endswith("weight") else 0.1 * numbers
    else:
        numbers = numbers * (1.2 / math.sqrt(n / shape[0]))
    return numbers.view(shape).float()


def filled(model):
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                key = name if isinstance(model, (UNet2DConditionModel, AutoencoderKL)) or name.startswith(
                    ("text_model.", "text_projection")) else "text_model." + name
                tensor.copy_(wave(key, tuple(tensor.shape)))
    return model.eval()


def some(tensor):
    flat = tensor.flatten()
    return [float(f"{float(flat[i * (len(flat) - 1) // 11]):.8g}") for i in range(12)]


def drawer(draw, out):
    def perhaps(share, name, *values):
        if draw.random() < share:
            out[name] = draw.choice(values)
    return perhaps


def unet(draw):
    levels = draw.choice([1, 2, 2, 3])
    channels = [draw.choice([4, 8, 12, 16]) for _ in range(levels)]
    with_attention = [draw.random() < 0.7 for _ in range(levels)]
    out = dict(
        block_out_channels=channels, norm_num_groups=draw.choice([2, 4]),
        down_block_types=["CrossAttnDownBlock2D" if w else "DownBlock2D" for w in with_attention],
        up_block_types=["CrossAttnUpBlock2D" if w else "UpBlock2D" for w in reversed(with_attention)],
        cross_attention_dim=draw.choice([4, 6]), attention_head_dim=draw.choice([1, 2, 4]))
    perhaps = drawer(draw, out)

    def each(name, *values):
        out[name] = [draw.choice(values) for _ in range(levels)] if draw.random() < 0.4 else draw.choice(values)

    if draw.random() < 0.6:
        each("layers_per_block", 1, 1, 2)
    if draw.random() < 0.4:
        each("transformer_layers_per_block", 1, 2)
    if draw.random() < 0.3:
        each("num_attention_heads", 1, 2)
    perhaps(0.5, "use_linear_projection", True, False)
    perhaps(0.3, "in_channels", 3, 5)
    perhaps(0.3, "out_channels", 3, 8)
    perhaps(0.3, "flip_sin_to_cos", False, True)
    perhaps(0.3, "freq_shift", 1, 0, 0.5)
    perhaps(0.4, "act_fn", *ACTIVATIONS)
    perhaps(0.2, "only_cross_attention", True, [draw.random() < 0.5 for _ in range(levels)])
    perhaps(0.2, "center_input_sample", True)
    perhaps(0.3, "resnet_time_scale_shift", "scale_shift", "default", "ada_group")
    perhaps(0.3, "time_embedding_dim", 24, None)
    perhaps(0.3, "norm_eps", 1e-3, 1e-6)
    perhaps(0.2, "sample_size", 64, None)
    perhaps(0.2, "dropout", 0.1)
    perhaps(0.2, "upcast_attention", True, False)
    perhaps(0.05, "mid_block_type", "UNetMidBlock2D", None)
    perhaps(0.04, "downsample_padding", 0)
    perhaps(0.04, "mid_block_scale_factor", 2, 1.0)
    perhaps(0.04, "class_embed_type", "timestep", "identity")
    perhaps(0.04, "conv_in_kernel", 1)
    perhaps(0.04, "dual_cross_attention", True)
    perhaps(0.04, "time_embedding_act_fn", "relu")
    perhaps(0.04, "timestep_post_act", "silu")
    perhaps(0.04, "resnet_out_scale_factor", 2.0)
    perhaps(0.04, "resnet_skip_time_act", True)
    perhaps(0.04, "mid_block_only_cross_attention", True)
    perhaps(0.04, "time_embedding_type", "fourier")
    perhaps(0.04, "attention_type", "gated")
    perhaps(0.04, "encoder_hid_dim", 5)
    model = filled(UNet2DConditionModel(**out))
    x = wave("x", (1, out.get("in_channels", 4), 8, 8))
    text = wave("text", (1, 3, out["cross_attention_dim"]))
    return out, dict(out=some(model(x, torch.tensor([437.0]), text).sample))


def vae(draw):
    levels = draw.choice([1, 2, 3])
    out = dict(block_out_channels=[draw.choice([4, 8]) for _ in range(levels)], norm_num_groups=draw.choice([2, 4]),
               down_block_types=["DownEncoderBlock2D"] * levels, up_block_types=["UpDecoderBlock2D"] * levels)
    perhaps = drawer(draw, out)
    perhaps(0.5, "layers_per_block", 1, 2)
    perhaps(0.4, "latent_channels", 4, 3, 6)
    perhaps(0.2, "in_channels", 1, 3)
    perhaps(0.2, "out_channels", 1, 3)
    perhaps(0.4, "act_fn", *ACTIVATIONS)
    perhaps(0.4, "scaling_factor", 0.13025, 1.5)
    perhaps(0.3, "shift_factor", 0.1159, None, 0.0)
    perhaps(0.3, "use_quant_conv", True, False)
    perhaps(0.3, "use_post_quant_conv", True, False)
    perhaps(0.3, "mid_block_add_attention", True, False)
    perhaps(0.2, "force_upcast", False, True)
    perhaps(0.2, "sample_size", 16)
    perhaps(0.06, "latents_mean", [0.1] * 4)
    perhaps(0.05, "norm_num_groups", 3)
    if draw.random() < 0.05:
        out["down_block_types"] = ["AttnDownEncoderBlock2D"] * levels
    model = filled(AutoencoderKL(**out))
    side = 4 * 2 ** (levels - 1)
    mean = model.encode(wave("image", (1, out.get("in_channels", 3), side, side))).latent_dist.mean
    shift = model.config.shift_factor or 0.0
    latents = wave("latents", (1, out.get("latent_channels", 4), 4, 4))
    decoded = model.decode(latents / model.config.scaling_factor + shift).sample
    return out, dict(latents=some((mean - shift) * model.config.scaling_factor), out=some(decoded))


def clip(draw):
    out = dict(hidden_size=draw.choice([8, 12, 16]), vocab_size=draw.choice([20, 33]), num_attention_heads=draw.choice([1, 2, 4]),
               intermediate_size=draw.choice([8, 20]), num_hidden_layers=draw.choice([1, 2, 3]),
               max_position_embeddings=draw.choice([7, 12]))
    perhaps = drawer(draw, out)
    perhaps(0.7, "hidden_act", "quick_gelu", "gelu", "gelu", "gelu_new", "relu")
    perhaps(0.3, "layer_norm_eps", 1e-3, 1e-6)
    perhaps(0.6, "eos_token_id", 2, 19, 7)
    perhaps(0.3, "projection_dim", 6, 9)
    perhaps(0.2, "attention_dropout", 0.1)
    perhaps(0.2, "pad_token_id", 0)
    perhaps(0.2, "bos_token_id", 18)
    perhaps(0.2, "initializer_factor", 2.0)
    projected = draw.random() < 0.4
    kind = CLIPTextModelWithProjection if projected else CLIPTextModel
    model = filled(kind(CLIPTextConfig(**out)))
    ids = torch.tensor([[18, 3, 5, 7, 19, 7, 1]])
    given = model(ids)
    pooled = given.text_embeds if projected else given.pooler_output
    return (out | dict(architectures=[kind.__name__], model_type="clip_text_model"),
            dict(last=some(given.last_hidden_state), pooled=some(pooled)))


def write(out, draw, count):
    rows = []
    for kind in (unet, vae, clip):
        for _ in range(count):
            state = draw.getstate()
            try:
                with torch.no_grad():
                    config, numbers = kind(draw)
                rows.append(dict(kind=kind.__name__, config=config) | numbers)
            except Exception:
                # what the reference cannot make is nothing to compare with
                draw.setstate(state)
                draw.random()
    (out / "random_networks.json").write_text(json.dumps(dict(cases=rows), separators=(",", ":")) + "\n")
