# SPDX-License-Identifier: EPL-2.0
"""Folders of CLIP's tokenizer in all their forms, with words that were taught, and the numbers of texts.

Vocabulary and merges are those of tokenizer_sd1, which clip_fixtures.py makes; a tokenizer.json is kept without them.
"""
import json
import shutil
import tempfile
from pathlib import Path

from diffusers.loaders import TextualInversionLoaderMixin
from transformers import CLIPTokenizer

BASE = Path(__file__).parents[2] / "tests/org.eidolon.diffusion.tests/src/org/eidolon/diffusion/fixtures/tokenizer_sd1"
CONTENTS = ["<cat-toy>", "<Cat-Toy>", "<cat-toy>_1", "<cat-toy>_2", "sks", "SKS", "Ünique", "smile", "<a b>", "!", "*", "n'est",
            "head_1", "head", "日本", "<|x|>", "e\u0301t", "a  b"]
WORDS = ["a", "photo", "of", "smiling", "HEAD", "they're", "100%", "日本語", "🙂", "<|endoftext|>", "<|STARTOFTEXT|>", "...!!",
         "\u00e9t", "x_y", "½"]
BEGIN, END = "<|startoftext|>", "<|endoftext|>"


def token(draw, content, special):
    described = dict(content=content, lstrip=False, normalized=not special, rstrip=False, single_word=False)
    for name in described:
        if name != "content" and draw.random() < 0.25:
            described[name] = not described[name]
    return described | dict(special=special)


def special(draw, pad, **more):
    named = dict(bos_token=BEGIN, eos_token=END, unk_token=END, pad_token=pad)
    shape = draw.random()
    if shape < 0.3:
        return {k: dict(content=v, lstrip=False, normalized=draw.random() < 0.6, rstrip=False, single_word=False) | more
                for k, v in named.items()}
    return {k: v for k, v in named.items() if shape < 0.8 or k == "pad_token"}


def folder(draw, at):
    """The small files of one folder."""
    vocab = json.loads((BASE / "vocab.json").read_text())
    pad = draw.choice([END, END, "!", "<pad>"])
    contents = draw.sample(CONTENTS, draw.choice([0, 1, 2, 4]))
    config = dict(tokenizer_class="CLIPTokenizer")
    files = {}
    if draw.random() < 0.9:
        config["model_max_length"] = draw.choice([77, 77, 20, 12, 10 ** 30])
    if draw.random() < 0.5:
        config |= special(draw, pad, **({"__type": "AddedToken"} if draw.random() < 0.9 else {}))
    if draw.random() < 0.5:
        files["special_tokens_map.json"] = special(draw, pad)
        if draw.random() < 0.15:
            files["special_tokens_map.json"]["additional_special_tokens"] = draw.sample(["<extra>", "Photo"], 1)
    for name, values in dict(do_lower_case=[True, True, False], padding_side=["right", "left"], errors=["replace"],
                             truncation_side=["right", "left"], split_special_tokens=[False, True],
                             add_prefix_space=[False]).items():
        if draw.random() < 0.1:
            config[name] = draw.choice(values)
    whole = draw.random() < 0.5
    way = draw.choice(["added", "decoder", "none"] + ["whole"] * 2 * whole)
    size = len(vocab)
    numbers = {}
    for content in contents:
        numbers[content] = vocab.get(content, size)
        size += content not in vocab
    if draw.random() < 0.08 and numbers:
        numbers[contents[-1]] += 3
    if way == "added" and contents:
        files["added_tokens.json"] = numbers
    if way == "decoder":
        described = {str(n): token(draw, c, draw.random() < 0.3) for c, n in numbers.items()}
        if draw.random() < 0.7:
            described |= {str(vocab[c]): token(draw, c, True) for c in (BEGIN, END)}
        config["added_tokens_decoder"] = described
    if draw.random() < 0.95:
        files["tokenizer_config.json"] = config
    for name, content in files.items():
        (at / name).write_text(json.dumps(content))
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(BASE / name, at / name)
    if whole:
        # as today's library writes it
        plain = Path(tempfile.mkdtemp())
        CLIPTokenizer.from_pretrained(BASE).save_pretrained(plain)
        written = json.loads((plain / "tokenizer.json").read_text())
        shutil.rmtree(plain)
        if way == "whole":
            written["added_tokens"] += [token(draw, c, draw.random() < 0.3) | dict(id=n) for c, n in numbers.items()]
            written["added_tokens"].sort(key=lambda t: t["id"])
        if draw.random() < 0.2:
            written["truncation"] = dict(direction="Right", max_length=77, strategy="LongestFirst", stride=0)
        if draw.random() < 0.05:
            written["normalizer"] = dict(type="NFC")
        if draw.random() < 0.05:
            written["model"]["dropout"] = 0.1
        (at / "tokenizer.json").write_text(json.dumps(written))
        kept = json.loads(json.dumps(written))
        for name in ("vocab", "merges"):
            del kept["model"][name]
        files["tokenizer.json"] = kept
        if draw.random() < 0.7:
            for name in ("vocab.json", "merges.txt"):
                (at / name).unlink()
    return files, (at / "vocab.json").exists(), contents


def case(draw):
    at = Path(tempfile.mkdtemp())
    files, apart, contents = folder(draw, at)
    parts = WORDS + 3 * contents + [c.upper() for c in contents] + [c + "s" for c in contents]
    texts = [draw.choice(["", " ", "  "]).join([""] + draw.choices(parts, k=draw.randint(1, 9))) for _ in range(4)]
    out = dict(files=files, apart=apart, texts=texts)
    try:
        tokenizer = CLIPTokenizer.from_pretrained(at)
        length = min(77, tokenizer.model_max_length)
        loader = TextualInversionLoaderMixin()
        out["ids"] = [tokenizer(loader._maybe_convert_prompt(t, tokenizer), padding="max_length", max_length=length,
                                truncation=True).input_ids for t in texts]
    except Exception as e:
        out["error"] = repr(e)[:100]
    shutil.rmtree(at)
    return out


def write(out, draw, count):
    rows = [case(draw) for _ in range(count)]
    (out / "random_tokenizer.json").write_text(json.dumps(dict(cases=rows), separators=(",", ":")) + "\n")
