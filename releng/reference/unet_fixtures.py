# SPDX-License-Identifier: EPL-2.0
"""Further UNets of the Stable Diffusion family in miniature, with gradients. See common.py for how to run it."""
import torch
from diffusers import UNet2DConditionModel

from common import folder, save, shake, weights

OUT = folder()


def unet(name, seed, shape, tokens, **config):
    """Weights, inputs, output, and the gradient of <output, upstream> for the input and some weights."""
    torch.manual_seed(seed)
    model = shake(UNet2DConditionModel(**config))
    x = torch.randn(shape, requires_grad=True)
    t = torch.tensor([3.0, 700.0])
    text = torch.randn(2, tokens, config["cross_attention_dim"])
    out = model(x, t, text).sample
    up = torch.randn_like(out)
    (out * up).sum().backward()
    tensors = weights(model) | {"x": x, "t": t, "text": text, "out": out, "up": up, "grad.x": x.grad}
    for k, p in model.named_parameters():
        if k.endswith(("attn1.to_k.weight", "mid_block.resnets.0.conv1.weight", "time_embedding.linear_1.weight")):
            tensors["grad." + k] = p.grad
    save(OUT / name, tensors, config=config)


# the upscaler: first attention reads the words, seven channels in; GELU, an epsilon of its own
unet("unet_upscaler.safetensors", 11, (2, 7, 9, 12), 5, sample_size=8, in_channels=7, out_channels=4,
     down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
     block_out_channels=(4, 8), layers_per_block=1, cross_attention_dim=6, attention_head_dim=4, norm_num_groups=2,
     norm_eps=1e-6, act_fn="gelu", only_cross_attention=(True, True), upcast_attention=True)
# three levels, other depths; inpainting's nine channels; Mish, sine first, frequencies shifted, input centred
unet("unet_inpaint.safetensors", 12, (2, 9, 8, 8), 3, sample_size=8, in_channels=9, out_channels=4,
     down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
     up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"), block_out_channels=(4, 8, 12),
     layers_per_block=(2, 1, 1), cross_attention_dim=10, attention_head_dim=(1, 4, 6), norm_num_groups=4,
     act_fn="mish", use_linear_projection=True, flip_sin_to_cos=False, freq_shift=1, center_input_sample=True)
# one wide head, two transformer layers, ReLU in place of SiLU, an embedding of another width
unet("unet_plain.safetensors", 13, (2, 4, 6, 6), 4, sample_size=8, in_channels=4, out_channels=8,
     down_block_types=("CrossAttnDownBlock2D",), up_block_types=("CrossAttnUpBlock2D",), block_out_channels=(10,),
     layers_per_block=1, cross_attention_dim=7, attention_head_dim=1, norm_num_groups=5, act_fn="relu",
     transformer_layers_per_block=2, time_embedding_dim=24)
