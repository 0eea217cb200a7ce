# SPDX-License-Identifier: EPL-2.0
"""diffusers' UNet and peft's LoRA step, to time Eidolon against: the same sizes, random weights. `eidolon bench unet
--against PYTHON` starts it. Python 3.10 or newer with PyTorch, diffusers and peft.

Reads a line from standard input for each measurement and answers with a line of JSON:
  forward WAY BATCH COUNT    milliseconds of a guided pass (WAY: eager, last or compiled), the mean of COUNT
  lora WAY BATCH COUNT       the same of a LoRA step (WAY: plain or checkpointed), and the peak of memory in MiB
  profile BATCH              milliseconds of a guided pass by kernel
"""
import argparse
import json
import sys
import time

import diffusers
import peft
import torch
from diffusers import UNet2DConditionModel
from diffusers.training_utils import cast_training_params
from peft import LoraConfig
from torch._inductor.async_compile import shutdown_compile_workers


def numbers(text):
    return [int(n) for n in text.split(",")]


class Bench:
    def __init__(self, options):
        self.options = options
        self.device = torch.device(options.device)
        self.cuda = self.device.type == "cuda"
        self.dtype = torch.bfloat16 if options.precision == "bfloat16" else torch.float32
        torch.backends.cudnn.benchmark = True
        torch.manual_seed(1)
        self.ways = {}
        self.trainer = None

    def unet(self, last=False):
        o = self.options
        attends = numbers(o.attention)
        down = ["CrossAttnDownBlock2D" if a else "DownBlock2D" for a in attends]
        up = ["CrossAttnUpBlock2D" if a else "UpBlock2D" for a in reversed(attends)]
        with torch.device(self.device):
            unet = UNet2DConditionModel(
                in_channels=4, out_channels=4, block_out_channels=numbers(o.channels), layers_per_block=o.layers,
                cross_attention_dim=o.context, attention_head_dim=numbers(o.heads), norm_num_groups=o.groups,
                down_block_types=down, up_block_types=up, use_linear_projection=bool(o.linear))
        unet = unet.to(self.device, self.dtype).eval().requires_grad_(False)
        return unet.to(memory_format=torch.channels_last) if last else unet

    def inputs(self, batch, dtype):
        size = self.options.size
        x = torch.randn(batch, 4, size, size, device=self.device, dtype=dtype)
        t = torch.full((batch,), 500, device=self.device)
        text = torch.randn(batch, 77, self.options.context, device=self.device, dtype=dtype)
        return x, t, text

    def wait(self):
        if self.cuda:
            torch.cuda.synchronize()

    def timed(self, step, count):
        self.wait()
        began = time.perf_counter()
        for _ in range(count):
            step()
        self.wait()
        return (time.perf_counter() - began) * 1e3 / count

    @torch.no_grad()
    def forward(self, way, batch, count):
        if way not in self.ways:
            self.ways[way] = self.unet(last=way != "eager")
            if way == "compiled":
                self.ways[way] = torch.compile(self.ways[way], dynamic=False)
        unet = self.ways[way]
        x, t, text = self.inputs(2 * batch, self.dtype)
        if way != "eager":
            x = x.contiguous(memory_format=torch.channels_last)

        def step():
            unet(x, t, text, return_dict=False)

        for _ in range(3):
            step()
        if way == "compiled":
            # those who compiled would go on beside what is timed next, on both sides
            shutdown_compile_workers()
        return {"millis": self.timed(step, count)}

    def lora(self, way, batch, count):
        if self.trainer != way:
            self.ways = {}
            self.net = None
            if self.cuda:
                torch.cuda.empty_cache()
            # as diffusers' own example of LoRA training: a frozen network in half precision, LoRA masters in float32,
            # products under autocast
            self.net = self.unet(last=True)
            self.net.add_adapter(LoraConfig(r=self.options.rank, lora_alpha=self.options.rank, init_lora_weights=True,
                                            target_modules=["to_q", "to_k", "to_v", "to_out.0"]))
            cast_training_params(self.net, torch.float32)
            self.net.train()
            if way == "checkpointed":
                self.net.enable_gradient_checkpointing()
            leaves = [p for p in self.net.parameters() if p.requires_grad]
            self.count = sum(p.numel() for p in leaves)
            self.adam = torch.optim.AdamW(leaves, lr=1e-4, weight_decay=0, foreach=True)
            self.leaves = leaves
            self.trainer = way
        x, t, text = self.inputs(batch, self.dtype)
        half = self.dtype == torch.bfloat16

        def step():
            noise = torch.randn_like(x)
            z = (0.7 * x + 0.7 * noise).contiguous(memory_format=torch.channels_last)
            with torch.autocast(self.device.type, torch.bfloat16, enabled=half):
                out = self.net(z, t, text, return_dict=False)[0]
            torch.nn.functional.mse_loss(out.float(), noise.float()).backward()
            torch.nn.utils.clip_grad_norm_(self.leaves, 1.0)
            self.adam.step()
            self.adam.zero_grad()

        for _ in range(3):
            step()
        if self.cuda:
            torch.cuda.reset_peak_memory_stats()
        millis = self.timed(step, count)
        peak = torch.cuda.max_memory_allocated() if self.cuda else 0
        return {"millis": millis, "peakMiB": peak / 2**20, "parameters": self.count}

    @torch.no_grad()
    def profile(self, batch):
        unet = self.ways.get("last") or self.unet(last=True)
        x, t, text = self.inputs(2 * batch, self.dtype)
        unet(x, t, text)
        activities = [torch.profiler.ProfilerActivity.CPU] + ([torch.profiler.ProfilerActivity.CUDA] if self.cuda else [])
        with torch.profiler.profile(activities=activities) as profiler:
            unet(x, t, text)
            self.wait()
        time_of = (lambda e: e.self_device_time_total) if self.cuda else (lambda e: e.self_cpu_time_total)
        events = sorted(profiler.key_averages(), key=time_of, reverse=True)
        return {"kernels": {e.key[:70]: round(time_of(e) / 1e3, 3) for e in events[:14]}}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--device", default="cpu")
    p.add_argument("--precision", default="float32")
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--channels", default="320,640,1280,1280")
    p.add_argument("--attention", default="1,1,1,0")
    p.add_argument("--heads", default="8,8,8,8")
    p.add_argument("--layers", type=int, default=2)
    p.add_argument("--context", type=int, default=768)
    p.add_argument("--groups", type=int, default=32)
    p.add_argument("--linear", type=int, default=0)
    p.add_argument("--size", type=int, default=64)
    p.add_argument("--rank", type=int, default=8)
    options = p.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    bench = Bench(options)
    name = torch.cuda.get_device_name(bench.device) if bench.cuda else "cpu"
    print(json.dumps({"ready": True, "torch": torch.__version__, "diffusers": diffusers.__version__,
                      "peft": peft.__version__, "device": name}), flush=True)
    for line in sys.stdin:
        what, *rest = line.split()
        try:
            if what == "profile":
                answer = bench.profile(int(rest[0]))
            else:
                answer = getattr(bench, what)(rest[0], int(rest[1]), int(rest[2]))
        except Exception as e:  # such as a compiler that is missing: that way is left out, the others are measured
            answer = {"failed": f"{type(e).__name__}: {e}".splitlines()[0][:300]}
        print(json.dumps(answer), flush=True)


main()
