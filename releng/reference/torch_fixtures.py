# SPDX-License-Identifier: EPL-2.0
"""Writes the fixtures of the tensor tests: python torch_fixtures.py FOLDER  (torch 2.7.1, safetensors 0.6 or later)."""
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file

folder = pathlib.Path(sys.argv[1])
torch.manual_seed(7)

# an Adam trajectory: clipped, two groups, decoupled decay in one of them, a rate that changes
shapes = [[3, 4], [5], [2, 2, 2]]
parameters = [torch.randn(shape) for shape in shapes]
targets = [torch.randn(shape) for shape in shapes]
start = [p.flatten().tolist() for p in parameters]
leaves = [p.clone().requires_grad_() for p in parameters]
optimiser = torch.optim.AdamW(
    [{"params": leaves[:2], "weight_decay": 0.0}, {"params": leaves[2:], "lr": 0.05, "weight_decay": 0.1}],
    lr=0.1, betas=(0.9, 0.99), eps=1e-8)
norms = []
for step in range(50):
    if step == 25:
        for group in optimiser.param_groups:
            group["lr"] *= 0.5
    optimiser.zero_grad()
    sum(((p - t) ** 4).sum() for p, t in zip(leaves, targets)).backward()
    norms.append(torch.nn.utils.clip_grad_norm_(leaves, 1.0).item())
    optimiser.step()
(folder / "adam.json").write_text(json.dumps({
    "shapes": shapes, "start": start, "targets": [t.flatten().tolist() for t in targets], "norms": norms,
    "end": [p.detach().flatten().tolist() for p in leaves]}))

values = torch.tensor([[0.0, -1.5, 3.25], [65504.0, 1e-7, -0.0078125]])
save_file({
    "f32": values, "f16": values.half(), "bf16": values.bfloat16(), "f64": values.double(),
    "i64": torch.tensor([-(2 ** 40), 7]), "i32": torch.tensor([[-5], [9]], dtype=torch.int32),
    "u8": torch.tensor([0, 200, 255], dtype=torch.uint8), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 4),
}, folder / "types.safetensors", {"made": "by safetensors", "quote": 'a "b" \u00e9'})
