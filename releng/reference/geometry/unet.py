# SPDX-License-Identifier: EPL-2.0
"""The prior's UNet in plain PyTorch, over the weights by their names in the safetensors file."""

import json
import math

import torch
import torch.nn.functional as F
from safetensors import safe_open


class UNet:
    """Inference in one precision; channels last on a GPU."""

    def __init__(self, path, device, dtype):
        with safe_open(path, framework="pt", device="cpu") as file:
            self.card = json.loads(file.metadata()["eidolon.prior"])
            layout = torch.channels_last if device.type == "cuda" else torch.contiguous_format
            self.w = {}
            for name in file.keys():
                tensor = file.get_tensor(name).to(device, dtype)
                self.w[name] = tensor.contiguous(memory_format=layout) if tensor.dim() == 4 else tensor
        self.config = self.card["config"]
        self.dtype = dtype
        self.layout = layout

    def linear(self, name, x):
        return F.linear(x, self.w[name + ".weight"].flatten(1), self.w.get(name + ".bias"))

    def conv(self, name, x, stride=1):
        weight = self.w[name + ".weight"]
        return F.conv2d(x, weight, self.w[name + ".bias"], stride, weight.shape[-1] // 2)

    def group_norm(self, name, x, eps=None):
        return F.group_norm(x, self.config["groups"], self.w[name + ".weight"], self.w[name + ".bias"],
                            eps or self.config["epsilon"])

    def layer_norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"])

    def mlp(self, name, x):
        return self.linear(name + ".linear_2", F.silu(self.linear(name + ".linear_1", x)))

    def resnet(self, name, x, emb):
        h = self.conv(name + ".conv1", F.silu(self.group_norm(name + ".norm1", x)))
        scale, shift = self.linear(name + ".time_emb_proj", emb)[:, :, None, None].chunk(2, 1)
        h = self.group_norm(name + ".norm2", h) * (1 + scale) + shift
        h = self.conv(name + ".conv2", F.silu(h))
        return h + (self.conv(name + ".conv_shortcut", x) if name + ".conv_shortcut.weight" in self.w else x)

    @staticmethod
    def attend(q, k, v, heads):
        q, k, v = (t.unflatten(2, (heads, -1)).transpose(1, 2) for t in (q, k, v))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)

    def transformer(self, name, x, words, person, heads):
        b, c, h, w = x.shape
        y = self.linear(name + ".proj_in", self.group_norm(name + ".norm", x, 1e-6).flatten(2).transpose(1, 2))
        p = name + ".transformer_blocks.0"
        n = self.layer_norm(p + ".norm1", y)
        y = y + self.linear(p + ".attn1.to_out.0", self.attend(
            *(self.linear(f"{p}.attn1.to_{part}", n) for part in "qkv"), heads))
        q = self.linear(p + ".attn2.to_q", self.layer_norm(p + ".norm2", y))
        a = self.attend(q, self.linear(p + ".attn2.to_k", words), self.linear(p + ".attn2.to_v", words), heads)
        a = a + self.attend(q, self.linear(p + ".attn2.to_k_ip", person), self.linear(p + ".attn2.to_v_ip", person), heads)
        y = y + self.linear(p + ".attn2.to_out.0", a)
        value, gate = self.linear(p + ".ff.net.0.proj", self.layer_norm(p + ".norm3", y)).chunk(2, 2)
        y = y + self.linear(p + ".ff.net.2", value * F.gelu(gate))
        return x + self.linear(name + ".proj_out", y).transpose(1, 2).reshape(b, c, h, w)

    def tokens(self, name, x):
        width = self.config["contextWidth"]
        return self.layer_norm(name + ".norm", self.linear(name + ".proj", x).unflatten(1, (-1, width)))

    def embeddings(self, t, c):
        """The time embedding with what is added to it, the words' tokens, the person's tokens."""
        half = self.config["timeWidth"] // 2
        angle = t.float()[:, None] * torch.exp(torch.arange(half, device=t.device) * (-math.log(10000) / half))
        emb = self.mlp("time_embedding", torch.cat([angle.cos(), angle.sin()], 1).to(self.dtype))
        emb = emb + self.mlp("view_embedding", c["view"])
        emb = emb + self.mlp("codes", torch.cat([c["identityCode"], c["textCode"]], 1))
        words = torch.cat([self.tokens("text", c["text"]), self.tokens("codes.text", c["textCode"])], 1)
        face = self.linear("identity.proj.2", F.gelu(self.linear("identity.proj.0", c["identity"])))
        face = self.layer_norm("identity.norm", face.unflatten(1, (-1, self.config["contextWidth"])))
        seen = self.layer_norm("identity.features.norm", self.linear("identity.features.proj", c["features"]))
        seen = (seen + self.w["identity.features.position"]).flatten(1, 2)
        return emb, words, torch.cat([face, seen, self.tokens("codes.identity", c["identityCode"])], 1)

    def block(self, name, i, level, x, emb, words, person, attention):
        x = self.resnet(f"{name}.resnets.{i}", x, emb)
        if attention:
            x = self.transformer(f"{name}.attentions.{i}", x, words, person, self.config["heads"][level])
        return x

    def __call__(self, z, t, c):
        """z (B, 3, S, S), timesteps (B), conditions by name -> the prediction in float32."""
        c = {name: value.to(self.dtype) for name, value in c.items()}
        emb, words, person = self.embeddings(t, c)
        emb = F.silu(emb)
        cfg = self.config
        levels = len(cfg["channels"])
        x = F.pixel_unshuffle(z.to(self.dtype), cfg["patch"]).contiguous(memory_format=self.layout)
        x = self.conv("conv_in", x)
        skips = [x]
        for level in range(levels):
            name = f"down_blocks.{level}"
            for i in range(cfg["resBlocks"][level]):
                x = self.block(name, i, level, x, emb, words, person, cfg["attention"][level])
                skips.append(x)
            if level < levels - 1:
                x = self.conv(name + ".downsamplers.0.conv", x, 2)
                skips.append(x)
        x = self.resnet("mid_block.resnets.0", x, emb)
        x = self.transformer("mid_block.attentions.0", x, words, person, cfg["heads"][-1])
        x = self.resnet("mid_block.resnets.1", x, emb)
        for up, level in enumerate(reversed(range(levels))):
            name = f"up_blocks.{up}"
            for i in range(cfg["resBlocks"][level] + 1):
                x = torch.cat([x, skips.pop()], 1)
                x = self.block(name, i, level, x, emb, words, person, cfg["attention"][level])
            if level > 0:
                x = self.conv(name + ".upsamplers.0.conv", F.interpolate(x, scale_factor=2.0, mode="nearest"))
        x = self.conv("conv_out", F.silu(self.group_norm("conv_norm_out", x)))
        return F.pixel_shuffle(x.float(), cfg["patch"])
