# SPDX-License-Identifier: EPL-2.0
"""What the geometry stage's loops in plain PyTorch share, whatever prior they ask: fields, surfaces, pictures, Adam, times."""

import argparse
import json
import random
import sys
import time

import numpy
import torch

from raster import FRAMINGS, camera, render
from surface import Field, Lattice, marching_tetrahedra, surface, triangle_table, umbrella


class Loop:
    def __init__(self, options):
        self.options = options
        self.device = torch.device(options.device)
        self.cuda = self.device.type == "cuda"
        self.lattice = Lattice(options.resolution, self.device)
        self.table = torch.tensor(triangle_table(), device=self.device)
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

    def loss(self, images, worn, views):
        """What the prior says of pictures, as a number to go down."""
        raise NotImplementedError

    def step(self, size):
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
        images = torch.cat([render(vertices, faces, cameras, size) for vertices, faces, _ in surfaces])
        self.lap("render")
        loss = self.loss(images, worn, views)
        loss = loss + o.laplacian * sum(umbrella(*one) for one in surfaces) / len(surfaces)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.lap("backward")
        self.adam.step()
        self.lap("optimiser")

    def measure(self, steps, size):
        self.times = {}
        began = time.perf_counter()
        for _ in range(steps):
            self.step(size)
        if self.cuda:
            torch.cuda.synchronize()
        total = (time.perf_counter() - began) * 1000 / steps
        return {"totalMillis": total, "partsMillis": {part: t * 1000 / steps for part, t in self.times.items()}}

    def whole(self, steps, size):
        self.begin()
        began = time.perf_counter()
        self.measure(steps, size)
        triangles = 0
        for e in range(self.options.expressions):
            distance = self.field.distances(e)
            edges, faces = marching_tetrahedra(self.lattice.tets, distance, self.table)
            with torch.no_grad():
                surface(self.field, e, distance, edges)[0].cpu()
            triangles += faces.cpu().shape[0]
        return {"seconds": time.perf_counter() - began, "triangles": triangles}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu")
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
    return parser


def serve(parser, make):
    """Makes the loop, then answers a line of standard input with a line of JSON: N steps timed, or `whole N`."""
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    numpy.random.seed(options.seed)
    random.seed(options.seed)
    if options.threads > 0:
        torch.set_num_threads(options.threads)
    stage = make(options)
    device = torch.cuda.get_device_name() if stage.cuda else f"cpu, {torch.get_num_threads()} threads"
    print(json.dumps({"ready": True, "python": sys.version.split()[0], "torch": torch.__version__, "device": device}), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words:
            done = stage.whole(int(words[1]), stage.size) if words[0] == "whole" else stage.measure(int(words[0]), stage.size)
            print(json.dumps(done), flush=True)
