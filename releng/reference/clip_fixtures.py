# SPDX-License-Identifier: EPL-2.0
"""CLIP's text encoder in miniature, and its tokenizer on a small vocabulary. See common.py for how to run it.

The vocabulary is learned here from a few lines, so that none is copied.
"""
import json

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from common import folder, save, shake, weights

OUT = folder()
LINES = """a photo of a smiling face, one eye closed. the left side of the head, seen from above
normal map of a head with an open mouth; skin texture without light, they're 100% real (no make-up)
an old man's portrait, a young woman's portrait, someone who wouldn't smile and hasn't laughed since 1999""".split("\n")
TEXTS = [
    "", "a photo of a smiling face", "  Two   SPACES\tand\na line ", "they're don't I'll we've he'd I'm it's", "100 % 3D 2026",
    "ÄÖÜ äöü ß İstanbul Σίσυφος", "日本語の顔 🙂🙂 emoji", "e\u0301 is \u00e9", "a<|endoftext|>b <|startoftext|> c", "...!!!???",
    "x" * 200, "head " * 90, "tab\u00a0nbsp\u2003em", "half½ ²squared Ⅷ", "snake_case and under_scores __init__", "\u0000 control \u0007",
]


def vocabulary():
    """Byte-level pieces, then the same ending a word, then what the lines teach: CLIP's order."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.train_from_iterator(LINES, trainers.BpeTrainer(
        vocab_size=620, initial_alphabet=alphabet, end_of_word_suffix="</w>", show_progress=False))
    learned = json.loads(tokenizer.to_str())["model"]
    merges = [tuple(m) for m in learned["merges"]]
    pieces = ["!"] + [c for c in alphabet if c != "!"]
    pieces += [c + "</w>" for c in pieces] + ["".join(m) for m in merges]
    pieces = list(dict.fromkeys(pieces)) + ["<|startoftext|>", "<|endoftext|>"]
    vocab = {p: i for i, p in enumerate(pieces)}
    return vocab, [m for m in merges if all(p in vocab for p in m)]


def tokenizers():
    """Stable Diffusion 1 pads with the end token, 2 with '!'."""
    vocab, merges = vocabulary()
    for name, pad in (("tokenizer_sd1", "<|endoftext|>"), ("tokenizer_sd2", "!")):
        folder = OUT / name
        folder.mkdir(exist_ok=True)
        (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")
        (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges),
                                           encoding="utf-8")
        special = dict(bos_token="<|startoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>", pad_token=pad)
        (folder / "special_tokens_map.json").write_text(json.dumps(special))
        (folder / "tokenizer_config.json").write_text(json.dumps(special | dict(
            model_max_length=77, tokenizer_class="CLIPTokenizer")))
        tokenizer = CLIPTokenizer.from_pretrained(folder)
        ids = [tokenizer(t, padding="max_length", max_length=77, truncation=True).input_ids for t in TEXTS]
        (folder / "expected.json").write_text(json.dumps(dict(texts=TEXTS, ids=ids)))
        if pad == "<|endoftext|>":
            whole = json.loads(tokenizer.backend_tokenizer.to_str())
            whole["model"] |= dict(vocab={}, merges=[])  # those beside it
            (OUT / "tokenizer.json").write_text(json.dumps(whole | dict(padding=None, truncation=None)) + "\n")
    return len(vocab), vocab["<|startoftext|>"], vocab["<|endoftext|>"]


def text_model(name, kind, seed, pad, size, start, end, **config):
    torch.manual_seed(seed)
    config |= dict(vocab_size=size, bos_token_id=start)
    model = shake(kind(CLIPTextConfig(**config)), 0.1)
    ids = torch.full((3, 11), pad)
    ids[:, 0] = start
    for row, length in enumerate((9, 3, 1)):
        ids[row, 1:length] = torch.randint(2, size - 2, (length - 1,))
        ids[row, length] = end
    out = model(ids, output_hidden_states=True)
    inner = getattr(model, "text_model", model)
    tensors = weights(model) | {"ids": ids.float(), "last": out.last_hidden_state}
    for skip in (1, 2):
        hidden = out.hidden_states[-1 - skip]
        tensors |= {f"skip{skip}": inner.final_layer_norm(hidden), f"raw{skip}": hidden}
    tensors["pooled"] = out.text_embeds if kind is CLIPTextModelWithProjection else out.pooler_output
    save(OUT / name, tensors, config=config)


size, start, end = tokenizers()
# version 1: quick GELU; its configuration calls the end token 2, which is not its number
text_model("clip_sd1.safetensors", CLIPTextModel, 31, end, size, start, end, hidden_size=16, intermediate_size=40,
           num_hidden_layers=3, num_attention_heads=4, max_position_embeddings=77, hidden_act="quick_gelu",
           eos_token_id=2)
# version 2: GELU, head width 8, padded with '!'; a projection behind
text_model("clip_sd2.safetensors", CLIPTextModelWithProjection, 32, 0, size, start, end, hidden_size=24,
           intermediate_size=48, num_hidden_layers=4, num_attention_heads=3, max_position_embeddings=77,
           hidden_act="gelu", projection_dim=20, eos_token_id=end, layer_norm_eps=1e-4)
