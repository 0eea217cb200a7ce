# SPDX-License-Identifier: EPL-2.0
"""Names that single-file Stable Diffusion checkpoints give to the weights of diffusers' modules.

Nothing here is trusted: what is made with it is converted back by diffusers and compared (see pipeline_fixtures.py).
"""
import torch

RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
          "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}


def unet_modules(config):
    """Module by module of a UNet2DConditionModel, theirs and ours."""
    names = {"conv_in": "input_blocks.0.0", "time_embedding.linear_1": "time_embed.0",
             "time_embedding.linear_2": "time_embed.2", "conv_norm_out": "out.0", "conv_out": "out.2",
             "mid_block.resnets.0": "middle_block.0", "mid_block.attentions.0": "middle_block.1",
             "mid_block.resnets.1": "middle_block.2"}
    levels, n = len(config.block_out_channels), 1
    for level, kind in enumerate(config.down_block_types):
        for i in range(config.layers_per_block):
            names[f"down_blocks.{level}.resnets.{i}"] = f"input_blocks.{n}.0"
            names[f"down_blocks.{level}.attentions.{i}"] = f"input_blocks.{n}.1"
            n += 1
        if level < levels - 1:
            names[f"down_blocks.{level}.downsamplers.0.conv"] = f"input_blocks.{n}.0.op"
            n += 1
    n = 0
    for level, kind in enumerate(config.up_block_types):
        for i in range(config.layers_per_block + 1):
            names[f"up_blocks.{level}.resnets.{i}"] = f"output_blocks.{n}.0"
            names[f"up_blocks.{level}.attentions.{i}"] = f"output_blocks.{n}.1"
            if i == config.layers_per_block and level < levels - 1:
                place = 2 if kind.startswith("CrossAttn") else 1
                names[f"up_blocks.{level}.upsamplers.0.conv"] = f"output_blocks.{n}.{place}.conv"
            n += 1
    return names


def longest(key, names):
    module = max((m for m in names if key.startswith(m + ".")), key=len)
    return names[module], key[len(module) + 1:]


def unet(state, config):
    out, names = {}, unet_modules(config)
    for key, value in state.items():
        block, rest = longest(key, names)
        head, _, tail = rest.partition(".")
        if "resnets" in key:
            rest = RESNET[head] + "." + tail
        out[f"model.diffusion_model.{block}.{rest}"] = value
    return out


def vae(state, levels):
    out = {}
    for key, value in state.items():
        name = key.replace("mid_block.resnets.0", "mid.block_1").replace("mid_block.resnets.1", "mid.block_2")
        name = name.replace("mid_block.attentions.0", "mid.attn_1").replace("conv_norm_out", "norm_out")
        name = name.replace("conv_shortcut", "nin_shortcut").replace("group_norm", "norm")
        for level in range(levels):
            name = name.replace(f"down_blocks.{level}.", f"down.{level}.")
            name = name.replace(f"up_blocks.{level}.", f"up.{levels - 1 - level}.")
        name = name.replace("resnets", "block").replace("downsamplers.0", "downsample")
        name = name.replace("upsamplers.0", "upsample")
        if "attn_1" in name:
            name = name.replace("to_q", "q").replace("to_k", "k").replace("to_v", "v").replace("to_out.0", "proj_out")
            value = value[:, :, None, None] if value.dim() == 2 else value
        out["first_stage_model." + name] = value
    return out


def clip(state):
    """Version 1: as in transformers, one prefix more."""
    return {"cond_stage_model.transformer." + ("" if k.startswith("text_model.") else "text_model.") + k: v
            for k, v in state.items()}


def open_clip(state, layers):
    """Version 2: q, k and v in one matrix."""
    out, prefix = {}, "cond_stage_model.model."
    state = {k.removeprefix("text_model."): v for k, v in state.items()}
    out[prefix + "token_embedding.weight"] = state["embeddings.token_embedding.weight"]
    out[prefix + "positional_embedding"] = state["embeddings.position_embedding.weight"]
    for part in ("weight", "bias"):
        out[f"{prefix}ln_final.{part}"] = state[f"final_layer_norm.{part}"]
        for i in range(layers):
            ours, theirs = f"encoder.layers.{i}.", f"{prefix}transformer.resblocks.{i}."
            out[f"{theirs}attn.in_proj_{part}"] = torch.cat([state[f"{ours}self_attn.{n}_proj.{part}"] for n in "qkv"])
            for a, b in (("self_attn.out_proj", "attn.out_proj"), ("layer_norm1", "ln_1"), ("layer_norm2", "ln_2"),
                         ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj")):
                out[f"{theirs}{b}.{part}"] = state[f"{ours}{a}.{part}"]
    return out
