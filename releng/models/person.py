# SPDX-License-Identifier: EPL-2.0
"""FaceMesh and the person mask: MediaPipe's TFLite files to ONNX, and the comparison with the originals.

Weights are stored as float16 and computed with as float32, in the originals as here.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from source import IR_VERSION, OPSET, TOLERANCE, Graph, npm_member, same_padding, sha256

FACE_MESH_PACKAGE = ("@mediapipe/face_mesh", "0.4.1633559619")
FACE_MESH_MEMBER = "package/face_mesh_solution_packed_assets.data"
FACE_MESH_MEMBER_SHA256 = "dbe5905c582c0462cdaea17e7e6ecea92edaa8cccc515c5e2e7291f2cbb5fb99"
FACE_MESH_BYTES = slice(2495952, 3737848)  # face_landmark.tflite within the packed assets
FACE_MESH_SHA256 = "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1"
MASK_PACKAGE = ("@mediapipe/selfie_segmentation", "0.1.1675465747")
MASK_MEMBER = "package/selfie_segmentation.tflite"
MASK_SHA256 = "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27"

PHOTO = Path(__file__).resolve().parents[2] / "examples" / "assets" / "eileen-collins.png"
FACE_MESH_SIDE = 192
MASK_SIDE = 256
MASK_SCALE = 5  # at its border the mask is steep: the last digits of the sums before show there


class Converter:
    """Operators of a TFLite graph as ONNX nodes. Maps travel as NCHW; the TFLite tensor number is the name."""

    def __init__(self, data: bytes):
        self.g = Graph(data)
        self.nodes, self.initializers = [], []
        self.halves = {o: self.g.constant(i[0]) for kind, _, i, o in self.g.operators if kind == "DEQUANTIZE"}
        for k, (kind, op, inputs, output) in enumerate(self.g.operators):
            if kind != "DEQUANTIZE":
                method = getattr(self, kind.lower(), None)
                if method is None:
                    sys.exit(f"operator {k}: {kind}, the converter does not know it")
                method(k, op, inputs, output)

    def weight(self, name, array, dtype=np.float32):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array, dtype=dtype), name))
        return name

    def value(self, tensor):
        """A constant, as float32."""
        array = self.halves.get(tensor)
        return self.g.constant(tensor) if array is None else array.astype(np.float32)

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, [i if isinstance(i, str) else f"t{i}" for i in inputs],
                                           [output if isinstance(output, str) else f"t{output}"], **attributes))

    def plain(self, k, options):
        """Refuses what no operator of the two networks has."""
        if options.FusedActivationFunction() != tflite.ActivationFunctionType.NONE:
            sys.exit(f"operator {k}: fused activation, the converter does not know it")
        return options

    def convolution(self, k, options, inputs, output, weights, group):
        self.plain(k, options)
        height, width = self.g.shape(inputs[0])[1:3]
        pads = [0, 0, 0, 0]
        if options.Padding() == tflite.Padding.SAME:
            top, bottom = same_padding(height, weights.shape[2], options.StrideH())
            left, right = same_padding(width, weights.shape[3], options.StrideW())
            pads = [top, left, bottom, right]
        if options.DilationHFactor() != 1 or options.DilationWFactor() != 1:
            sys.exit(f"operator {k}: dilated, the converter does not know it")
        self.node("Conv", [inputs[0], self.weight(f"w{k}", weights), self.weight(f"b{k}", self.value(inputs[2]))],
                  output, kernel_shape=list(weights.shape[2:]), strides=[options.StrideH(), options.StrideW()],
                  pads=pads, group=group)

    def conv_2d(self, k, op, inputs, output):
        weights = self.value(inputs[1]).transpose(0, 3, 1, 2)
        self.convolution(k, self.g.options(op, tflite.Conv2DOptions), inputs, output, weights, 1)

    def depthwise_conv_2d(self, k, op, inputs, output):
        options = self.g.options(op, tflite.DepthwiseConv2DOptions)
        if options.DepthMultiplier() != 1:
            sys.exit(f"operator {k}: depth multiplier {options.DepthMultiplier()}, the converter does not know it")
        weights = self.value(inputs[1]).transpose(3, 0, 1, 2)
        self.convolution(k, options, inputs, output, weights, weights.shape[0])

    def custom(self, k, op, inputs, output):
        code = self.g.model.OperatorCodes(op.OpcodeIndex()).CustomCode()
        padding, *strides = np.frombuffer(op.CustomOptionsAsNumpy().tobytes(), dtype=np.int32)
        weights = self.value(inputs[1]).transpose(3, 0, 1, 2)  # (out, h, w, in) to (in, out, h, w)
        if code != b"Convolution2DTransposeBias" or padding != 1 or list(weights.shape[2:]) != strides:
            sys.exit(f"operator {k}: {code}, only a transposed convolution without overlap is known")
        self.node("ConvTranspose",
                  [inputs[0], self.weight(f"w{k}", weights), self.weight(f"b{k}", self.value(inputs[2]))], output,
                  kernel_shape=list(weights.shape[2:]), strides=[int(s) for s in strides])

    def prelu(self, k, op, inputs, output):
        alpha = self.value(inputs[1])  # (1, 1, channels)
        if alpha.shape[:-1] != (1, 1):
            sys.exit(f"operator {k}: PRelu with a slope for each place, the converter does not know it")
        self.node("PRelu", [inputs[0], self.weight(f"a{k}", alpha.reshape(-1, 1, 1))], output)

    def max_pool_2d(self, k, op, inputs, output):
        options = self.plain(k, self.g.options(op, tflite.Pool2DOptions))
        size = [options.FilterHeight(), options.FilterWidth()]
        if size != [options.StrideH(), options.StrideW()] or any(s % n for s, n in zip(self.g.shape(inputs[0])[1:3],
                                                                                     size)):
            sys.exit(f"operator {k}: pooling with overlap or padding, the converter does not know it")
        self.node("MaxPool", inputs, output, kernel_shape=size, strides=size)

    def average_pool_2d(self, k, op, inputs, output):
        options = self.plain(k, self.g.options(op, tflite.Pool2DOptions))
        if [options.FilterHeight(), options.FilterWidth()] != self.g.shape(inputs[0])[1:3]:
            sys.exit(f"operator {k}: a mean of a part, the converter does not know it")
        self.node("GlobalAveragePool", inputs, output)

    def pad(self, k, op, inputs, output):
        pads = self.g.constant(inputs[1])[[0, 3, 1, 2]]
        self.node("Pad", [inputs[0], self.weight(f"p{k}", pads.T.reshape(-1), np.int64)], output)

    def resize_bilinear(self, k, op, inputs, output):
        options = self.g.options(op, tflite.ResizeBilinearOptions)
        if options.AlignCorners() or not options.HalfPixelCenters():
            sys.exit(f"operator {k}: another grid than half-pixel centres, the converter does not know it")
        scales = np.array(self.g.shape(output)) / np.array(self.g.shape(inputs[0]))
        self.node("Resize", [inputs[0], "", self.weight(f"s{k}", scales[[0, 3, 1, 2]])], output, mode="linear",
                  coordinate_transformation_mode="half_pixel")

    def binary(self, kind, k, options, inputs, output):
        self.plain(k, options)
        self.node(kind, inputs, output)

    def add(self, k, op, inputs, output):
        self.binary("Add", k, self.g.options(op, tflite.AddOptions), inputs, output)

    def mul(self, k, op, inputs, output):
        self.binary("Mul", k, self.g.options(op, tflite.MulOptions), inputs, output)

    def relu(self, k, op, inputs, output):
        self.node("Relu", inputs, output)

    def logistic(self, k, op, inputs, output):
        self.node("Sigmoid", inputs, output)

    def hard_swish(self, k, op, inputs, output):
        self.node("HardSwish", inputs, output)

    def model(self, name, source, side, outputs, doc):
        given = f"t{int(self.g.graph.InputsAsNumpy()[0])}"
        for node in self.nodes:
            node.input[:] = [source if i == given else i for i in node.input]
        graph = helper.make_graph(
            self.nodes, name, [helper.make_tensor_value_info(source, TensorProto.FLOAT, ["batch", 3, side, side])],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["batch", *shape]) for n, shape in outputs.items()],
            self.initializers, doc_string=doc)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="eidolon")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model


def convert_face_mesh(data: bytes) -> onnx.ModelProto:
    c = Converter(data)
    points, presence = (int(o) for o in c.g.graph.OutputsAsNumpy())
    if c.g.shape(points) != [1, 1, 1, 1404] or c.g.shape(presence) != [1, 1, 1, 1]:
        sys.exit(f"FaceMesh gives {c.g.shape(points)} and {c.g.shape(presence)}, expected 1404 numbers and one")
    c.node("Reshape", [points, c.weight("points_shape", [0, 468, 3], np.int64)], "points")
    c.node("Reshape", [presence, c.weight("presence_shape", [0], np.int64)], "logit")
    c.node("Sigmoid", ["logit"], "presence")
    return c.model("face-mesh", "face", FACE_MESH_SIDE, {"points": [468, 3], "presence": []},
                   "MediaPipe FaceMesh. face: 192x192 RGB crop in 0..1, NCHW. points: x, y in pixels of the crop, z "
                   "towards the camera negative, in the same unit. presence: how surely the crop holds a face, 0..1.")


def convert_mask(data: bytes) -> onnx.ModelProto:
    c = Converter(data)
    mask = int(c.g.graph.OutputsAsNumpy()[0])
    c.node("Identity", [mask], "mask")
    return c.model("person-mask", "picture", MASK_SIDE, {"mask": [1, MASK_SIDE, MASK_SIDE]},
                   "MediaPipe selfie segmentation. picture: 256x256 RGB in 0..1, NCHW. mask: how surely a pixel is "
                   "of a person, 0..1.")


# --- comparison -------------------------------------------------------------------------------------------------

def pictures(side: int) -> np.ndarray:
    """Five made-up pictures, smooth patches under grain, then the example's photo and its face: (7, side, side, 3)."""
    rng = np.random.default_rng(7)
    smooth = rng.uniform(0, 1, (5, 8, 8, 3)).repeat(side // 8, axis=1).repeat(side // 8, axis=2)
    made = np.clip(smooth + rng.normal(0, 0.05, smooth.shape), 0, 1)
    photo = Image.open(PHOTO).convert("RGB")
    taken = [np.asarray(photo.resize((side, side), Image.Resampling.BOX, box)) / 255
             for box in ((0, 0, *photo.size), (140, 30, 310, 200))]
    return np.concatenate([made, taken]).astype(np.float32)


def without_the_last_two(data: bytes, graph: Graph) -> bytes:
    """The same file ending before its custom operator, which the interpreter lacks: two numbers of it changed."""
    kinds = [o[0] for o in graph.operators[-2:]]
    if kinds != ["CUSTOM", "LOGISTIC"]:
        sys.exit(f"the mask ends with {kinds}, expected the custom operator and a sigmoid")
    data = bytearray(data)
    operators = graph.graph._tab.Vector(graph.graph._tab.Offset(10)) - 4  # field 3, the length before its elements
    outputs = graph.graph._tab.Vector(graph.graph._tab.Offset(8))  # field 2
    count, last = len(graph.operators), graph.operators[-1][3]
    for at, old, new in ((operators, count, count - 2), (outputs, last, graph.operators[-2][2][0])):
        if int.from_bytes(data[at:at + 4], "little") != old:
            sys.exit("the mask's file is laid out otherwise; nothing compared")
        data[at:at + 4] = new.to_bytes(4, "little")
    return bytes(data)


def run(data: bytes, picture: np.ndarray):
    """What the TFLite interpreter makes of a picture: its outputs in the file's order."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=data, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture[None])
    interpreter.invoke()
    return [interpreter.get_tensor(o["index"]) for o in interpreter.get_output_details()]


def original_face_mesh(data: bytes, picture: np.ndarray):
    """Points (468, 3) and presence."""
    points, presence = sorted(run(data, picture), key=np.size, reverse=True)
    return points.reshape(468, 3), 1 / (1 + np.exp(-float(presence.item())))


def original_mask(data: bytes, picture: np.ndarray):
    """Mask (256, 256); the last layer, 2x2 numbers for each place of the map before, written out."""
    graph = Graph(data)
    features, = run(without_the_last_two(data, graph), picture)
    weights, bias = (next(graph.constant(i[0]) for kind, _, i, o in graph.operators if o == tensor)
                     for tensor in graph.operators[-2][2][1:])
    cells = np.einsum("yxc,ijc->yixj", features[0].astype(np.float64), weights[0].astype(np.float64))
    return 1 / (1 + np.exp(-np.clip(cells.reshape(MASK_SIDE, MASK_SIDE) + float(bias[0]), -80, 80)))


def check(data: bytes, model: onnx.ModelProto, side: int, original, names, scales) -> float:
    """Largest difference from the original, each output in units of its scale."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    batch = pictures(side)
    ours = session.run(names, {model.graph.input[0].name: batch.transpose(0, 3, 1, 2)})
    worst = 0.0
    for i, picture in enumerate(batch):
        wanted = original(data, picture)
        for name, scale, got, want in zip(names, scales, ours, wanted if isinstance(wanted, tuple) else (wanted,)):
            difference = np.abs(np.squeeze(got[i]) - want) / scale
            if not np.isfinite(difference).all():
                sys.exit(f"{name}: not finite")
            worst = max(worst, float(difference.max()))
    return worst


def originals(work):
    """The two TFLite files, hashes checked."""
    packed = npm_member(FACE_MESH_PACKAGE, FACE_MESH_MEMBER, FACE_MESH_MEMBER_SHA256, work)[FACE_MESH_BYTES]
    if sha256(packed) != FACE_MESH_SHA256:
        sys.exit(f"face_landmark.tflite has sha256 {sha256(packed)}, expected {FACE_MESH_SHA256}: not converted")
    return packed, npm_member(MASK_PACKAGE, MASK_MEMBER, MASK_SHA256, work)


def convert(work, register):
    """Converts, compares and registers both."""
    mesh_file, mask_file = originals(work)
    mesh, mask = convert_face_mesh(mesh_file), convert_mask(mask_file)
    for name, error in (
            ("FaceMesh", check(mesh_file, mesh, FACE_MESH_SIDE, original_face_mesh, ["points", "presence"],
                               [FACE_MESH_SIDE, 1])),
            ("person mask", check(mask_file, mask, MASK_SIDE, original_mask, ["mask"], [MASK_SCALE]))):
        print(f"{name}: largest difference from the TFLite interpreter {error:.2e}")
        if error > TOLERANCE:
            sys.exit(f"{name}: differs from the original; nothing written")
    licence = "Apache-2.0 (as declared by the package it was taken from)"
    register({
        "id": "landmarks/face-mesh", "kind": "face-landmarks", "file": "face-mesh.onnx", "licence": licence,
        "origin": f"npm {'@'.join(FACE_MESH_PACKAGE)}, {FACE_MESH_MEMBER.removeprefix('package/')}, bytes "
                  f"{FACE_MESH_BYTES.start} to {FACE_MESH_BYTES.stop} (face_landmark.tflite, sha256 "
                  f"{FACE_MESH_SHA256}), converted to ONNX by releng/models/convert.py",
        "caveat": "Made for faces near the camera, one at a time; Google does not publish the photos it was trained "
                  "on. Points of the far side of a turned face are guessed. A face's points are biometric data in "
                  "many jurisdictions.",
    }, mesh)
    register({
        "id": "mask/selfie-segmentation", "kind": "person-mask", "file": "selfie-segmentation.onnx",
        "licence": licence,
        "origin": f"npm {'@'.join(MASK_PACKAGE)}, {MASK_MEMBER.removeprefix('package/')} (sha256 {MASK_SHA256}), "
                  "converted to ONNX by releng/models/convert.py",
        "caveat": "Made for people within two metres of the camera; all people in the photo are one mask. Google "
                  "does not publish the photos it was trained on.",
    }, mask)
