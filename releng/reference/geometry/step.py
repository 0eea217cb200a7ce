# SPDX-License-Identifier: EPL-2.0
"""The geometry stage's loop in plain PyTorch, to time Eidolon against: the same network over the same weights, the same
sizes and numbers of pictures, fields, cells and steps. Python 3.10 or newer with releng/reference/requirements.txt.

Reads a line from standard input for each measurement, a number of steps; writes a line of JSON for each, milliseconds a step
by part. `whole N` runs N steps from the start and makes the meshes of all expressions. `eidolon bench step --against` and
`eidolon bench run --against` start it.
"""

import math

import torch

from loop import Loop, arguments, serve
from unet import UNet


class Stage(Loop):
    def __init__(self, options):
        super().__init__(options)
        self.unet = UNet(options.weights, self.device, getattr(torch, options.precision))
        self.size = self.unet.card["size"]
        steps = torch.arange(1000, dtype=torch.float64)
        level = lambda f: torch.cos((f + 0.008) / 1.008 * math.pi / 2) ** 2
        beta = (1 - level((steps + 1) / 1000) / level(steps / 1000)).clamp(max=0.999)
        alpha = torch.cumprod(1 - beta, 0).float().to(self.device)
        self.signal, self.noise = alpha.sqrt(), (1 - alpha).sqrt()
        config = self.unet.config
        told = lambda *shape: torch.randn(*shape, device=self.device) / math.sqrt(shape[-1])
        self.told = {"text": told(options.expressions, config["textWidth"]),
                     "textCode": told(options.expressions, config["textCode"])}
        self.who = {"identity": told(1, config["identityWidth"]), "identityCode": told(1, config["identityCode"]),
                    "features": told(1, 1, config["featurePositions"], config["featureWidth"])}

    def loss(self, images, worn, views):
        residual = self.residual(images.detach(), worn, views)
        self.lap("guide")
        return (images * residual).sum() * (2 / images.numel())

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


if __name__ == "__main__":
    parser = arguments()
    parser.add_argument("--weights", required=True)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32", help="of the prior")
    serve(parser, Stage)
