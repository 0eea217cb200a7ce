# SPDX-License-Identifier: EPL-2.0
"""AutoencoderKL in miniature: encode, decode, gradients through both. See common.py for how to run it."""
import torch
from diffusers import AutoencoderKL

from common import folder, save, shake, weights

OUT = folder()


def vae(name, seed, shape, **config):
    torch.manual_seed(seed)
    model = shake(AutoencoderKL(**config))
    image = torch.randn(shape, requires_grad=True)
    moments = model.encode(image).latent_dist
    up = torch.randn_like(moments.mean)
    noise = torch.randn_like(moments.mean)
    (moments.mean * up).sum().backward()
    tensors = weights(model) | {"image": image, "mean": moments.mean, "logvar": moments.logvar, "noise": noise,
                                "sample": moments.mean + moments.std * noise, "encode.up": up,
                                "encode.grad": image.grad}
    for k, p in model.named_parameters():
        if k in ("encoder.conv_in.weight", "encoder.mid_block.resnets.0.conv1.weight"):
            tensors["grad." + k] = p.grad.clone()
    # as pipelines do: the UNet's latents are scaled and shifted
    scale, shift = model.config.scaling_factor, model.config.shift_factor or 0.0
    latent = ((moments.mean - shift) * scale).detach().requires_grad_()
    out = model.decode(latent / scale + shift).sample
    up = torch.randn_like(out)
    (out * up).sum().backward()
    tensors |= {"latent": latent, "out": out, "decode.up": up, "decode.grad": latent.grad}
    save(OUT / name, tensors, config=config)


# Stable Diffusion's in miniature; odd sizes go down as they do there
vae("vae_sd.safetensors", 21, (2, 3, 12, 18), down_block_types=("DownEncoderBlock2D",) * 2,
    up_block_types=("UpDecoderBlock2D",) * 2, block_out_channels=(8, 12), layers_per_block=1, norm_num_groups=4,
    latent_channels=4)
# three levels, other depths, activation and groups; shifted latents, no convolutions around them
vae("vae_other.safetensors", 22, (1, 3, 16, 8), down_block_types=("DownEncoderBlock2D",) * 3,
    up_block_types=("UpDecoderBlock2D",) * 3, block_out_channels=(4, 8, 8), layers_per_block=2, norm_num_groups=2,
    latent_channels=3, act_fn="gelu", use_quant_conv=False, use_post_quant_conv=False, shift_factor=0.1,
    scaling_factor=0.4, mid_block_add_attention=False)
