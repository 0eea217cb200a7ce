# SPDX-License-Identifier: EPL-2.0
"""What torch.save writes, for the reader that runs nothing.

VENV/bin/python releng/reference/archive_fixtures.py tests/org.eidolon.torch.tests/src/org/eidolon/torch
"""
from collections import OrderedDict

import torch

from common import folder

torch.manual_seed(1)
shared = torch.arange(24, dtype=torch.float32)
module = torch.nn.Linear(3, 2)
torch.save({
    "epoch": 7, "rate": 1e-3, "name": "tenser", "list": [1, 2.5, None, True, (3, -4)], "big": 2**40, "negative": -129,
    "plain": torch.arange(6, dtype=torch.float32).reshape(2, 3), "half": torch.tensor([0.5, -2.0]).half(),
    "bfloat": torch.tensor([1.5, 3e38]).bfloat16(), "double": torch.tensor([1e-3], dtype=torch.float64),
    "int": torch.tensor([[1, -2], [3, 4]]), "bool": torch.tensor([True, False]), "byte": torch.tensor([255], dtype=torch.uint8),
    "scalar": torch.tensor(4.0), "empty": torch.zeros(0, 3), "transposed": shared.reshape(4, 6).t()[1:3],
    "part": shared[5:9], "broadcast": torch.ones(1, 3),
    "inner": OrderedDict(weight=module.weight, bias=module.bias.detach()), "state": module.state_dict(),
}, folder() / "archive.bin")
