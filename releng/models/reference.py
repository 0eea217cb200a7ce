#!/usr/bin/env python3
# SPDX-License-Identifier: EPL-2.0
"""Writes what the tests of org.eidolon.encoders compare with: the same networks run by other programs.

    python releng/models/reference.py --tflite mobilefacenet.tflite --minilm all-minilm-l6-v2-q.onnx \
        --tokenizer all-minilm-l6-v2-q-tokenizer.json

identity.txt: the TFLite interpreter on a computed crop (pixel = (7 x + 13 y + 50 c + x y // 9) mod 256): 192 numbers,
then every 16th number of the 7x7x128 map. sentences.txt: Hugging Face tokenizers and Python's ONNX Runtime.
"""
import argparse
from pathlib import Path

import numpy as np
import onnxruntime
from ai_edge_litert.interpreter import Interpreter
from tokenizers import Tokenizer

from convert import Graph

OUT = Path(__file__).resolve().parents[2] / "tests/org.eidolon.encoders.tests/src/org/eidolon/encoders"
SENTENCES = ["neutral", "a wide grin", "shouting in anger", "Eyes closed, a café's naïve smile!",
             "supercalifragilistic cheek-puffing \u2014 3,000 times (or 12.5%)", "脸 kiss\tmouth to the left"]


def line(values):
    return " ".join(f"{v:.7g}" for v in values)


def identity(path):
    data = path.read_bytes()
    y, x, c = np.mgrid[0:112, 0:112, 0:3]
    crop = ((7 * x + 13 * y + 50 * c + x * y // 9) % 256).astype(np.float32)
    interpreter = Interpreter(model_content=data, num_threads=1, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], ((crop - 127.5) / 128)[None])
    interpreter.invoke()
    graph = Graph(data)
    features = next(i[0] for kind, _, i, o in graph.operators
                    if kind == "CONV_2D" and graph.shape(o) == [1, 7, 7, 512])
    embedding = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]
    (OUT / "identity.txt").write_text(
        line(embedding) + "\n" + line(interpreter.get_tensor(features).ravel()[::16]) + "\n")


def sentences(model, tokenizer):
    tokenizer = Tokenizer.from_file(str(tokenizer))
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    lines = []
    for sentence in SENTENCES:
        ids = np.array([tokenizer.encode(sentence).ids])
        hidden = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids),
                                    "token_type_ids": np.zeros_like(ids)})[0][0]
        mean = hidden.mean(0)
        lines += [sentence.replace("\t", "\\t"), " ".join(map(str, ids[0])), line(mean / np.linalg.norm(mean))]
    (OUT / "sentences.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--tflite", "--minilm", "--tokenizer"):
        parser.add_argument(name, type=Path, required=True)
    a = parser.parse_args()
    identity(a.tflite)
    sentences(a.minilm, a.tokenizer)
