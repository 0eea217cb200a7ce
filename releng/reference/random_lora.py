# SPDX-License-Identifier: EPL-2.0
"""LoraConfigs of PEFT: which modules take part, at which rank and scale, and whether the base stays as it is."""
import json

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig, inject_adapter_in_model

BEGINNINGS = [True, False, "gaussian", "orthogonal", "pissa", "pissa_niter_2", "olora", "OLoRA", "mica", "eva", "loftq"]
ENDS = ["to_q", "to_k", "to_v", "to_out.0", "proj_in", "ff.net.0.proj", "attn1.to_q", "conv1", "time_emb_proj", "linear_1"]


def network():
    torch.manual_seed(3)
    return UNet2DConditionModel(
        sample_size=8, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), block_out_channels=(8, 12), layers_per_block=1,
        cross_attention_dim=16, attention_head_dim=2, norm_num_groups=4)


def pattern(draw, names):
    name = draw.choice(names)
    parts = name.split(".")
    tail = ".".join(parts[-draw.randint(1, len(parts)):])
    return draw.choice([
        lambda: draw.choice(ENDS),
        lambda: tail,
        lambda: "^" + name,
        lambda: name.replace(".", r"\."),
        lambda: r".*\.attn[12]\." + draw.choice(["to_q", "(to_q|to_v)", "to_[qkv]", "to_."]),
        lambda: r"(down|up)_blocks\.\d+\..*to_k",
        lambda: r"mid_block.*\.(?:to_q|to_out\.0)",
        lambda: "[^.]*_q",
        lambda: r"to_\w{1,2}",
        lambda: "^down_blocks.*?proj",
        lambda: r"up_blocks\.[0-1]\.(attentions|resnets)\.\d\.[a-z0-9_.]+",
        lambda: r"(a|to)_(q|k)+$",
        lambda: "attn1" if draw.random() < 0.5 else "to",
        lambda: "proj_out" if draw.random() < 0.7 else draw.choice([r"(?!attn2)to_q", r"to_q(?=$)|to_v"]),
    ])()


def settings(draw, names):
    out = {}

    def perhaps(share, name, value):
        if draw.random() < share:
            out[name] = value()

    perhaps(0.9, "r", lambda: draw.choice([2, 4, 8]))
    perhaps(0.8, "lora_alpha", lambda: draw.choice([1, 2.5, 4, 8, 16]))
    perhaps(0.3, "use_rslora", lambda: draw.random() < 0.7)
    perhaps(0.4, "init_lora_weights", lambda: draw.choice(BEGINNINGS))
    perhaps(0.6, "rank_pattern", lambda: {pattern(draw, names): draw.choice([2, 4, 6]) for _ in range(draw.randint(0, 3))})
    perhaps(0.7, "alpha_pattern", lambda: {pattern(draw, names): draw.choice([1, 3, 7.5]) for _ in range(draw.randint(0, 4))})
    out["target_modules"] = draw.sample(ENDS, draw.randint(1, 5)) if draw.random() < 0.75 else draw.choice([
        r".*\.(to_q|to_v)", r"down_blocks\..*attn\d\.to_out\.0", "mid_block.*(proj_in|conv1)", "all-linear", "to_q"])
    perhaps(0.15, "exclude_modules", lambda: draw.choice([["attn1.to_q"], ".*mid_block.*", ["to_k", "conv1"]]))
    perhaps(0.1, "lora_dropout", lambda: 0.25)
    perhaps(0.025, "bias", lambda: draw.choice(["none", "all", "lora_only"]))
    perhaps(0.025, "use_dora", lambda: True)
    perhaps(0.025, "lora_bias", lambda: True)
    perhaps(0.025, "layers_to_transform", lambda: [0])
    perhaps(0.025, "modules_to_save", lambda: ["conv_in"])
    return out


def case(draw, names):
    config = settings(draw, names)
    model = network()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    kept, layout = json.loads(json.dumps(config)), draw.choice(["peft", "diffusers"])
    try:
        if layout == "peft":
            inject_adapter_in_model(LoraConfig(**config), model)
        else:
            # the tensors tell which modules take part
            chosen = draw.sample([n for n in names if any(n.endswith(e) for e in ENDS)], 5)
            state = {f"{n}.lora_{w}.weight": torch.zeros(1) for n in chosen for w in "AB"}
            inject_adapter_in_model(LoraConfig(**config), model, state_dict=state)
    except Exception as e:
        return dict(layout=layout, config=kept, error=str(e)[:100])
    modules = {n: dict(rank=m.r["default"], scale=m.scaling["default"])
               for n, m in model.named_modules() if hasattr(m, "lora_A") and "default" in m.lora_A}
    changed = any(not torch.equal(before[k.replace(".base_layer", "")], v) for k, v in model.state_dict().items()
                  if k.replace(".base_layer", "") in before)
    some = draw.sample(sorted(modules), min(6, len(modules)))
    return dict(layout=layout, config=kept, modules={n: modules[n] for n in some}, changed=changed)


def write(out, draw, count):
    names = [n for n, m in network().named_modules() if isinstance(m, (torch.nn.Linear, torch.nn.Conv2d))]
    cases = []
    while len(cases) < count:
        drawn = case(draw, names)
        if "error" in drawn or drawn["modules"]:
            cases.append(drawn)
    (out / "random_lora.json").write_text(json.dumps(dict(cases=cases), separators=(",", ":")) + "\n")
