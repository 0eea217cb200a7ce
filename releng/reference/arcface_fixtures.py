# SPDX-License-Identifier: EPL-2.0
"""A network shaped as ArcFace's at its ends: an aligned face in, 512 numbers out; and what it gives for one face.

VENV/bin/python releng/reference/arcface_fixtures.py tests/org.eidolon.encoders.tests/src/org/eidolon/encoders
"""
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from common import folder

OUT = folder()
torch.manual_seed(1)
weight, bias = torch.randn(512, 48) * 0.1, torch.randn(512) * 0.1
nodes = [helper.make_node("AveragePool", ["input.1"], ["p"], kernel_shape=[28, 28], strides=[28, 28]),
         helper.make_node("Flatten", ["p"], ["f"]),
         helper.make_node("Gemm", ["f", "w", "b"], ["683"], transB=1)]
graph = helper.make_graph(
    nodes, "arcface", [helper.make_tensor_value_info("input.1", TensorProto.FLOAT, ["n", 3, 112, 112])],
    [helper.make_tensor_value_info("683", TensorProto.FLOAT, ["n", 512])],
    [numpy_helper.from_array(weight.numpy(), "w"), numpy_helper.from_array(bias.numpy(), "b")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
model.ir_version = 8
onnx.checker.check_model(model)
onnx.save(model, str(OUT / "arcface512.onnx"))
y, x, c = np.mgrid[0:112, 0:112, 0:3]
rgb = ((7 * x + 13 * y + 50 * c + x * y // 9) % 256).astype(np.float32)
face = torch.from_numpy((rgb - 127.5) / 127.5).permute(2, 0, 1)[None]
out = torch.nn.functional.avg_pool2d(face, 28).flatten(1) @ weight.T + bias
out = torch.nn.functional.normalize(out)[0]
(OUT / "arcface512.txt").write_text(" ".join(f"{v:.8g}" for v in out.tolist()) + "\n")
