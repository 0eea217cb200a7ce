# SPDX-License-Identifier: EPL-2.0
"""The miniature's text encoder as PyTorch's archives in two shards. See common.py for how to run it.

Run pipeline_fixtures.py first, whose folder it takes.
"""
import io
import zipfile

import torch
from safetensors.torch import load

from common import folder

OUT = folder()
with zipfile.ZipFile(OUT / "miniature.zip") as miniature:
    state = load(miniature.read("text_encoder/model.safetensors"))
names = sorted(state)
with zipfile.ZipFile(OUT / "text_shards.zip", "w", zipfile.ZIP_DEFLATED) as shards:
    for i, part in enumerate((names[::2], names[1::2])):
        archive = io.BytesIO()
        torch.save({k: state[k] for k in part}, archive)
        shards.writestr(f"pytorch_model-0000{i + 1}-of-00002.bin", archive.getvalue())
