# SPDX-License-Identifier: EPL-2.0
"""Published weights of full size without their worth: a diffusers folder and a FaceID of random numbers, to try machines with.

weights.py FOLDER [--sizes sd15|sd21|tiny] [--device cpu|cuda:0] [--tokenizer FOLDER]

Writes FOLDER/base (float16) and FOLDER/faceid.safetensors. The tokenizer is copied: a small one of the tests unless named.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

from step import UNETS, VAES

TESTS = Path(__file__).resolve().parents[3] / "tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures"
CLIPS = {"sd15": dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12),
         "sd21": dict(hidden_size=1024, intermediate_size=4096, num_hidden_layers=23, num_attention_heads=16),
         "tiny": dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2)}


def face_id(unet, tokens=4, width=512):
    """Projection, and keys and values of the attention to a person, numbered as diffusers counts attentions."""
    context = unet.config.cross_attention_dim
    random = lambda *shape: torch.randn(*shape) * 0.02
    out = {"image_proj.proj.0.weight": random(2 * width, width), "image_proj.proj.0.bias": random(2 * width),
           "image_proj.proj.2.weight": random(tokens * context, 2 * width), "image_proj.proj.2.bias": random(tokens * context),
           "image_proj.norm.weight": torch.ones(context), "image_proj.norm.bias": torch.zeros(context)}
    for i, name in enumerate(unet.attn_processors):
        if "attn2" in name:
            rows = unet.get_submodule(name.removesuffix(".processor")).to_q.weight.shape[0]
            for each in ("to_k_ip", "to_v_ip"):
                out[f"ip_adapter.{i}.{each}.weight"] = random(rows, context)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", choices=sorted(UNETS), default="sd15")
    parser.add_argument("--device", default="cpu", help="where the numbers are drawn")
    parser.add_argument("--tokenizer", type=Path, default=TESTS / "tokenizer_sd1")
    options = parser.parse_args()
    base = options.folder / "base"
    base.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    shutil.copytree(options.tokenizer, base / "tokenizer", dirs_exist_ok=True)
    (base / "tokenizer" / "expected.json").unlink(missing_ok=True)
    words = len(json.loads((base / "tokenizer" / "vocab.json").read_text()))
    levels = len(VAES[options.sizes]["block_out_channels"])
    with torch.device(options.device):
        unet = UNet2DConditionModel(**UNETS[options.sizes])
        vae = AutoencoderKL(**VAES[options.sizes], down_block_types=("DownEncoderBlock2D",) * levels,
                            up_block_types=("UpDecoderBlock2D",) * levels, latent_channels=4)
        clip = CLIPTextModel(CLIPTextConfig(vocab_size=words, max_position_embeddings=77, bos_token_id=words - 2,
                                            eos_token_id=words - 1, **CLIPS[options.sizes]))
    save_file({k: v.contiguous() for k, v in face_id(unet).items()}, options.folder / "faceid.safetensors")
    for part, model in (("unet", unet), ("vae", vae), ("text_encoder", clip)):
        model.half().save_pretrained(base / part)
    DDIMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, clip_sample=False, set_alpha_to_one=False,
                  steps_offset=1, prediction_type="v_prediction" if options.sizes == "sd21" else "epsilon"
                  ).save_pretrained(base / "scheduler")
    (base / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}\n')


if __name__ == "__main__":
    main()
