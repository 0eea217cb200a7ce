# SPDX-License-Identifier: EPL-2.0
"""The geometry stage's loop in plain PyTorch, to time Eidolon against: the same network over the same weights, the same
sizes and numbers of pictures, fields, cells and steps. Python 3.10 or newer with releng/reference/requirements.txt.

Reads a line from standard input for each measurement, a number of steps; writes a line of JSON for each, milliseconds a step
by part. `whole N` runs N steps from the start and makes the meshes of all expressions. `eidolon bench step --against` and
`eidolon bench run --against` start it.
"""

import argparse
import json
import math
import random
import sys
import time

import numpy
import torch

from raster import FRAMINGS, camera, render
from surface import Field, Lattice, marching_tetrahedra, surface, triangle_table, umbrella
from unet import UNet


class Stage:
    def __init__(self, options):
        self.options = options
        self.device = torch.device(options.device)
        self.cuda = self.device.type == "cuda"
        self.unet = UNet(options.weights, self.device, getattr(torch, options.precision))
        self.size = self.unet.card["size"]
        steps = torch.arange(1000, dtype=torch.float64)
        level = lambda f: torch.cos((f + 0.008) / 1.008 * math.pi / 2) ** 2
        beta = (1 - level((steps + 1) / 1000) / level(steps / 1000)).clamp(max=0.999)
        alpha = torch.cumprod(1 - beta, 0).float().to(self.device)
        self.signal, self.noise = alpha.sqrt(), (1 - alpha).sqrt()
        self.lattice = Lattice(options.resolution, self.device)
        self.table = torch.tensor(triangle_table(), device=self.device)
        config = self.unet.config
        told = lambda *shape: torch.randn(*shape, device=self.device) / math.sqrt(shape[-1])
        self.told = {"text": told(options.expressions, config["textWidth"]),
                     "textCode": told(options.expressions, config["textCode"])}
        self.who = {"identity": told(1, config["identityWidth"]), "identityCode": told(1, config["identityCode"]),
                    "features": told(1, 1, config["featurePositions"], config["featureWidth"])}
        self.begin()

    def begin(self):
        self.field = Field(self.lattice, self.options.expressions, self.device)
        f = self.field
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
        images = torch.cat([render(vertices, faces, cameras, self.size) for vertices, faces, _ in surfaces])
        self.lap("render")
        residual = self.residual(images.detach(), worn, views)
        self.lap("guide")
        smooth = sum(umbrella(*one) for one in surfaces) / len(surfaces)
        loss = (images * residual).sum() * (2 / images.numel()) + o.laplacian * smooth
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.lap("backward")
        self.adam.step()
        self.lap("optimiser")

    @torch.no_grad()
    def residual(self, x, worn, views):
        n, v = x.shape[0], len(views)
        which = torch.tensor(worn, device=self.device).repeat_interleave(v)
        t = torch.randint(50, 950, (v,), device=self.device).repeat(len(worn))
        noise = torch.randn(v, *x.shape[1:], device=self.device).repeat(len(worn), 1, 1, 1)
        code = torch.tensor([[math.sin(a), math.cos(a), math.sin(2 * a), math.cos(2 * a), 2 * e, 1.0 if face else -1.0]
                             + [0.0] * (self.unet.config["viewWidth"] - 6) for face, a, e in views], device=self.device)
        c = {name: value[which] for name, value in self.told.items()}
        c |= {name: value.expand(n, *value.shape[1:]) for name, value in self.who.items()}
        c["view"] = code.repeat(len(worn), 1)
        a, b = self.signal[t][:, None, None, None], self.noise[t][:, None, None, None]
        z = a * x + b * noise
        if self.options.guidance == 1:
            prediction = self.unet(z, t, c)
        else:
            # unconditional: the learned null tokens stand for words and person
            none = {name: torch.zeros_like(value) if name != "view" else value for name, value in c.items()}
            both = {name: torch.cat([none[name], value]) for name, value in c.items()}
            without, with_all = self.unet(z.repeat(2, 1, 1, 1), t.repeat(2), both).chunk(2)
            prediction = without + self.options.guidance * (with_all - without)
        return x - (a * z - b * prediction).clamp(-1, 1)

    def measure(self, steps):
        self.times = {}
        began = time.perf_counter()
        for _ in range(steps):
            self.step()
        if self.cuda:
            torch.cuda.synchronize()
        total = (time.perf_counter() - began) * 1000 / steps
        return {"totalMillis": total, "partsMillis": {part: t * 1000 / steps for part, t in self.times.items()}}

    def whole(self, steps):
        self.begin()
        began = time.perf_counter()
        self.measure(steps)
        triangles = 0
        for e in range(self.options.expressions):
            distance = self.field.distances(e)
            edges, faces = marching_tetrahedra(self.lattice.tets, distance, self.table)
            with torch.no_grad():
                surface(self.field, e, distance, edges)[0].cpu()
            triangles += faces.cpu().shape[0]
        return {"seconds": time.perf_counter() - began, "triangles": triangles}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32", help="of the prior")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resolution", type=int, default=48)
    parser.add_argument("--expressions", type=int, default=13)
    parser.add_argument("--per-step", type=int, default=2)
    parser.add_argument("--views", type=int, default=3)
    parser.add_argument("--crops", type=float, default=0.4)
    parser.add_argument("--guidance", type=float, default=1)
    parser.add_argument("--laplacian", type=float, default=0.02)
    parser.add_argument("--parts", action="store_true", help="waits for a GPU after each part")
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
        words = line.split()
        if words:
            result = stage.whole(int(words[1])) if words[0] == "whole" else stage.measure(int(words[0]))
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
