# SPDX-License-Identifier: EPL-2.0
"""The geometry stage's loop under a Stable Diffusion in plain PyTorch and diffusers, to time Eidolon against: random weights
of the same sizes, the same numbers of pictures, cells and steps. Python 3.10 or newer with
releng/reference/requirements-full.txt. Speaks as ../geometry/step.py does; `eidolon bench step --full --against` starts it.
"""

import sys
from pathlib import Path

import torch
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "geometry"))
from loop import Loop, arguments, serve  # noqa: E402

LARGE = dict(block_out_channels=(320, 640, 1280, 1280), layers_per_block=2)
UNETS = {
    "sd15": dict(LARGE, cross_attention_dim=768, attention_head_dim=8),
    "sd21": dict(LARGE, cross_attention_dim=1024, attention_head_dim=(5, 10, 20, 20), use_linear_projection=True),
    "tiny": dict(block_out_channels=(32, 64), layers_per_block=1, cross_attention_dim=32, attention_head_dim=4,
                 norm_num_groups=8, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
                 up_block_types=("UpBlock2D", "CrossAttnUpBlock2D")),
}
VAES = {
    "sd15": dict(block_out_channels=(128, 256, 512, 512), layers_per_block=2, norm_num_groups=32),
    "tiny": dict(block_out_channels=(16, 32), layers_per_block=1, norm_num_groups=8),
}
VAES["sd21"] = VAES["sd15"]
TOKENS = 77


class Stage(Loop):
    def __init__(self, options):
        super().__init__(options)
        self.size = options.picture
        self.kind = torch.bfloat16 if self.cuda else torch.float32
        layout = dict(device=self.device, dtype=self.kind, memory_format=torch.channels_last)
        vae = VAES[options.sizes]
        levels = len(vae["block_out_channels"])
        with torch.device(self.device):
            self.unet = UNet2DConditionModel(**UNETS[options.sizes])
            self.vae = AutoencoderKL(**vae, down_block_types=("DownEncoderBlock2D",) * levels,
                                     up_block_types=("UpDecoderBlock2D",) * levels, latent_channels=4)
        self.unet = self.unet.eval().requires_grad_(False).to(**layout)
        self.vae = self.vae.eval().requires_grad_(False).to(**layout)
        width = self.unet.config.cross_attention_dim
        if options.compile:
            self.unet = torch.compile(self.unet)
        alpha = DDPMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012).alphas_cumprod
        self.alpha = alpha.to(self.device)
        self.words = torch.randn(options.expressions, TOKENS, width, device=self.device, dtype=self.kind)
        self.unwanted = torch.randn(1, TOKENS, width, device=self.device, dtype=self.kind)

    def loss(self, images, worn, views):
        x = images.to(self.kind).contiguous(memory_format=torch.channels_last)
        latents = self.vae.encode(x).latent_dist.mean.float() * self.vae.config.scaling_factor
        self.lap("encode")
        gradient = self.gradient(latents.detach(), worn, len(views))
        self.lap("denoise")
        return (latents * gradient).sum() * (2 / latents.numel())

    @torch.no_grad()
    def gradient(self, x, worn, views):
        """(1 - alpha bar)(e - noise), with guidance in one batch; expressions share timesteps and noise."""
        n = x.shape[0]
        t = torch.randint(20, 800, (views,), device=self.device).repeat(len(worn))
        noise = torch.randn(views, *x.shape[1:], device=self.device).repeat(len(worn), 1, 1, 1)
        a = self.alpha[t][:, None, None, None]
        z = (a.sqrt() * x + (1 - a).sqrt() * noise).to(self.kind).contiguous(memory_format=torch.channels_last)
        words = self.words[torch.tensor(worn, device=self.device).repeat_interleave(views)]
        told = torch.cat([self.unwanted.expand(n, -1, -1), words])
        without, with_all = self.unet(z.repeat(2, 1, 1, 1), t.repeat(2), told).sample.float().chunk(2)
        return (1 - a) * (without + self.options.guidance * (with_all - without) - noise)


if __name__ == "__main__":
    parser = arguments()
    parser.add_argument("--sizes", choices=sorted(UNETS), default="sd15")
    parser.add_argument("--picture", type=int, default=512)
    parser.add_argument("--compile", action="store_true", help="the UNet goes through torch.compile")
    serve(parser, Stage)
