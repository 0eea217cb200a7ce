# SPDX-License-Identifier: EPL-2.0
"""What the fixture scripts share: weights that all matter, and files that tests read.

python3 -m venv VENV && VENV/bin/pip install -r releng/reference/requirements.txt
VENV/bin/python releng/reference/unet_fixtures.py tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


def folder():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    return out


def shake(module, size=0.05):
    """Weights that all matter: fresh norms are 1 and 0."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(torch.randn_like(p) * size)
    return module.eval()


def weights(module, prefix="w."):
    return {prefix + k: v for k, v in module.state_dict().items()}


def save(path, tensors, **metadata):
    save_file({k: v.detach().contiguous().clone() for k, v in tensors.items()}, path,
              {k: v if isinstance(v, str) else json.dumps(v) for k, v in metadata.items()})
