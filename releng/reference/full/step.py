# SPDX-License-Identifier: EPL-2.0
"""The geometry stage's loop under a Stable Diffusion in plain PyTorch and diffusers, to time Eidolon against: random weights
of the same sizes, the same numbers of pictures, cells and steps. Python 3.10 or newer with
releng/reference/requirements-full.txt. Speaks as ../geometry/step.py does; `eidolon bench step --full --against` starts it.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy
import torch
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "geometry"))
from raster import FRAMINGS, camera, render  # noqa: E402
from surface import Field, Lattice, marching_tetrahedra, surface, triangle_table, umbrella  # noqa: E402

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


class Stage:
    def __init__(self, options):
        self.options = options
        self.device = torch.device(options.device)
        self.cuda = self.device.type == "cuda"
        kind = torch.bfloat16 if self.cuda else torch.float32
        layout = dict(device=self.device, dtype=kind, memory_format=torch.channels_last)
        vae = VAES[options.sizes]
        levels = len(vae["block_out_channels"])
        with torch.device(self.device):
            self.unet = UNet2DConditionModel(**UNETS[options.sizes]).eval().requires_grad_(False).to(**layout)
            self.vae = AutoencoderKL(**vae, down_block_types=("DownEncoderBlock2D",) * levels,
                                     up_block_types=("UpDecoderBlock2D",) * levels, latent_channels=4)
        self.vae = self.vae.eval().requires_grad_(False).to(**layout)
        if options.compile:
            self.unet = torch.compile(self.unet)
        self.kind = kind
        alpha = DDPMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012).alphas_cumprod
        self.alpha = alpha.to(self.device)
        self.words = torch.randn(options.expressions, TOKENS, self.unet.config.cross_attention_dim, device=self.device,
                                 dtype=kind)
        self.unwanted = torch.randn(1, TOKENS, self.unet.config.cross_attention_dim, device=self.device, dtype=kind)
        self.lattice = Lattice(options.resolution, self.device)
        self.table = torch.tensor(triangle_table(), device=self.device)
        self.field = f = Field(self.lattice, options.expressions, self.device)
        self.adam = torch.optim.Adam([{"params": f.shared, "lr": 3e-3}, {"params": f.own + [f.codes], "lr": 9e-3},
                                      {"params": f.mlp, "lr": 1e-3}])

    def lap(self, part):
        if self.cuda and self.options.parts:
            torch.cuda.synchronize()
        now = time.perf_counter()
        self.times[part] = self.times.get(part, 0) + now - self.last
        self.last = now

    def step(self):
        o = self.options
        self.last = time.perf_counter()
        worn = random.sample(range(o.expressions), min(o.per_step, o.expressions))
        views = []
        for _ in range(o.views):
            face = random.random() < o.crops
            _, _, azimuth, elevation = FRAMINGS[face]
            views.append((face, random.uniform(-azimuth, azimuth), random.uniform(*elevation)))
        surfaces = []
        for e in worn:
            distance = self.field.distances(e)
            self.lap("field")
            edges, faces = marching_tetrahedra(self.lattice.tets, distance, self.table)
            self.lap("extraction")
            vertices, cell = surface(self.field, e, distance, edges)
            surfaces.append((vertices, faces, cell))
            self.lap("surface")
        cameras = [camera(*view, self.device) for view in views]
        images = torch.cat([render(vertices, faces, cameras, o.picture) for vertices, faces, _ in surfaces])
        self.lap("render")
        x = images.to(self.kind).contiguous(memory_format=torch.channels_last)
        latents = self.vae.encode(x).latent_dist.mean.float() * self.vae.config.scaling_factor
        self.lap("encode")
        gradient = self.gradient(latents.detach(), worn, len(views))
        self.lap("denoise")
        smooth = sum(umbrella(*one) for one in surfaces) / len(surfaces)
        loss = (latents * gradient).sum() * (2 / latents.numel()) + o.laplacian * smooth
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.lap("backward")
        self.adam.step()
        self.lap("optimiser")

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

    def measure(self, steps):
        self.times = {}
        began = time.perf_counter()
        for _ in range(steps):
            self.step()
        if self.cuda:
            torch.cuda.synchronize()
        total = (time.perf_counter() - began) * 1000 / steps
        return {"totalMillis": total, "partsMillis": {part: t * 1000 / steps for part, t in self.times.items()}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", choices=sorted(UNETS), default="sd15")
    parser.add_argument("--picture", type=int, default=512)
    parser.add_argument("--resolution", type=int, default=96)
    parser.add_argument("--expressions", type=int, default=13)
    parser.add_argument("--per-step", type=int, default=2)
    parser.add_argument("--views", type=int, default=2)
    parser.add_argument("--crops", type=float, default=0.4)
    parser.add_argument("--guidance", type=float, default=50)
    parser.add_argument("--laplacian", type=float, default=0.5)
    parser.add_argument("--parts", action="store_true", help="waits for a GPU after each part")
    parser.add_argument("--compile", action="store_true", help="the UNet goes through torch.compile")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    numpy.random.seed(options.seed)
    random.seed(options.seed)
    if options.threads > 0:
        torch.set_num_threads(options.threads)
    stage = Stage(options)
    device = torch.cuda.get_device_name() if stage.cuda else f"cpu, {torch.get_num_threads()} threads"
    print(json.dumps({"ready": True, "python": sys.version.split()[0], "torch": torch.__version__, "device": device}), flush=True)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(stage.measure(int(line))), flush=True)


if __name__ == "__main__":
    main()
