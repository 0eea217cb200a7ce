#!/usr/bin/env python3
# SPDX-License-Identifier: EPL-2.0
"""Makes the starter weights of bundles/org.eidolon.models.starter from four npm packages.

    pip install -r releng/models/requirements.txt
    python releng/models/convert.py [--work FOLDER]

Takes mobilefacenet.tflite (identity), mnet.25_v2.onnx (face detector), face_landmark.tflite (FaceMesh) and
selfie_segmentation.tflite (person mask; both in person.py) by the ordinary npm client, checks their sha256, writes ONNX
files that ONNX Runtime 1.22 reads, compares them with the originals, and registers them in weights/models.json. Entries of other weights in that file are left as they are.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

import person
from source import IR_VERSION, OPSET, TOLERANCE, Graph, npm_member, same_padding, sha256

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "bundles" / "org.eidolon.models.starter" / "weights"

IDENTITY_PACKAGE = ("capacitor-face-recognition", "0.1.4")
IDENTITY_MEMBER = "package/android/src/main/assets/mobilefacenet.tflite"
IDENTITY_SHA256 = "b67366e085ec9f6c2afb05c10397a46edeb823367abaec77f64f5ce946ac2847"
DETECTOR_PACKAGE = ("retinaface", "0.0.6")
DETECTOR_MEMBER = "package/mnet.25_v2.onnx"
DETECTOR_SHA256 = "cd1acf4887eff165497762346fcafbdec58f662a2ceb01e5edb979f54b9875b6"


# --- identity: TFLite → ONNX ------------------------------------------------------------------------------------

def convert_identity(data: bytes) -> onnx.ModelProto:
    g = Graph(data)
    nodes, initializers = [], {}

    def weight(name, array):
        initializers[name] = numpy_helper.from_array(np.ascontiguousarray(array, dtype=np.float32), name)
        return name

    def prelu_at(k):
        """The seven operators that spell PRelu, relu(x) + alpha (x - |x|) 0.5; its alpha and output, or None."""
        kinds = [o[0] for o in g.operators[k:k + 6]]
        if kinds != ["RELU", "ABS", "SUB", "MUL", "MUL", "ADD"]:
            return None
        relu, absolute, sub, scaled, half, total = g.operators[k:k + 6]
        x = relu[2][0]
        alpha = [a for a in (g.constant(i) for i in scaled[2]) if a is not None]
        factor = [a for a in (g.constant(i) for i in half[2]) if a is not None]
        wired = (absolute[2] == [x] and sub[2] == [x, absolute[3]] and sub[3] in scaled[2] and scaled[3] in half[2]
                 and set(total[2]) == {relu[3], half[3]})
        if not wired or len(alpha) != 1 or len(factor) != 1 or float(factor[0]) != 0.5:
            sys.exit(f"operator {k}: an activation that is no PRelu; the converter does not know it")
        return alpha[0], total[3]

    # Values travel as NCHW; the TFLite tensor number is the name.
    last_map = None  # the last map before the widening 1x1 convolution: the 7x7x128 features
    k = 0
    while k < len(g.operators):
        kind, op, inputs, output = g.operators[k]
        if kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            depthwise = kind == "DEPTHWISE_CONV_2D"
            o = g.options(op, tflite.DepthwiseConv2DOptions if depthwise else tflite.Conv2DOptions)
            if o.FusedActivationFunction() != tflite.ActivationFunctionType.NONE:
                sys.exit(f"operator {k}: fused activation, the converter does not know it")
            w = g.constant(inputs[1])
            w = w.transpose(3, 0, 1, 2) if depthwise else w.transpose(0, 3, 1, 2)
            height, width = g.shape(inputs[0])[1:3]
            pads = [0, 0, 0, 0]
            if o.Padding() == tflite.Padding.SAME:
                top, bottom = same_padding(height, w.shape[2], o.StrideH())
                left, right = same_padding(width, w.shape[3], o.StrideW())
                pads = [top, left, bottom, right]
            nodes.append(helper.make_node(
                "Conv", [f"t{inputs[0]}", weight(f"w{k}", w), weight(f"b{k}", g.constant(inputs[2]))], [f"t{output}"],
                kernel_shape=list(w.shape[2:]), strides=[o.StrideH(), o.StrideW()], pads=pads,
                dilations=[o.DilationHFactor(), o.DilationWFactor()], group=w.shape[0] if depthwise else 1))
            if not depthwise and g.shape(output) == [1, 7, 7, 512]:
                last_map = inputs[0]
        elif kind == "RELU":
            alpha, total = prelu_at(k)
            nodes.append(helper.make_node("PRelu", [f"t{inputs[0]}", weight(f"a{k}", alpha.reshape(-1, 1, 1))],
                                          [f"t{total}"]))
            k += 5
        elif kind == "ADD":
            nodes.append(helper.make_node("Add", [f"t{i}" for i in inputs], [f"t{output}"]))
        elif kind == "RESHAPE":
            nodes.append(helper.make_node("Flatten", [f"t{inputs[0]}"], ["embedding"], axis=1))
        elif kind == "L2_NORMALIZATION":
            pass  # the raw vector is the output: its length is a sign of quality; the Java side makes it unit
        else:
            sys.exit(f"operator {k}: {kind}, the converter does not know it")
        k += 1
    if g.shape(last_map) != [1, 7, 7, 128]:
        sys.exit(f"feature map of shape {g.shape(last_map)}, expected 1x7x7x128")
    # 49 tokens of 128, row by row from the top left.
    initializers["tokens"] = numpy_helper.from_array(np.array([0, 49, 128], dtype=np.int64), "tokens")
    nodes.append(helper.make_node("Transpose", [f"t{last_map}"], ["rows"], perm=[0, 2, 3, 1]))
    nodes.append(helper.make_node("Reshape", ["rows", "tokens"], ["features"]))

    source = int(g.graph.InputsAsNumpy()[0])
    for node in nodes:
        node.input[:] = ["face" if i == f"t{source}" else i for i in node.input]
    graph = helper.make_graph(
        nodes, "mobilefacenet",
        [helper.make_tensor_value_info("face", TensorProto.FLOAT, ["batch", 3, 112, 112])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", 192]),
         helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", 49, 128])],
        list(initializers.values()),
        doc_string="MobileFaceNet trained with ArcFace. face: aligned 112x112 RGB crop, (x - 127.5) / 128, NCHW. "
                   "embedding: 192 numbers, not yet unit length. features: last 7x7x128 map as 49 tokens.")
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="eidolon")
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    return model


def check_identity(tfl: bytes, model: onnx.ModelProto) -> float:
    import onnxruntime
    from ai_edge_litert.interpreter import Interpreter

    rng = np.random.default_rng(7)
    smooth = rng.uniform(-1, 1, (6, 8, 8, 3)).astype(np.float32).repeat(14, axis=1).repeat(14, axis=2)
    crops = np.clip(smooth + rng.normal(0, 0.1, smooth.shape), -1, 1).astype(np.float32)
    interpreter = Interpreter(model_content=tfl, num_threads=1, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    given, wanted = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    graph = Graph(tfl)
    feature_tensor = next(i[0] for kind, _, i, o in graph.operators
                          if kind == "CONV_2D" and graph.shape(o) == [1, 7, 7, 512])
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    embedding, features = session.run(["embedding", "features"], {"face": crops.transpose(0, 3, 1, 2)})
    worst = 0.0
    for i, crop in enumerate(crops):
        interpreter.set_tensor(given["index"], crop[None])
        interpreter.invoke()
        reference = interpreter.get_tensor(wanted["index"])[0]
        unit = embedding[i] / np.linalg.norm(embedding[i])
        tokens = interpreter.get_tensor(feature_tensor)[0].reshape(49, 128)
        scale = float(np.abs(tokens).max())
        worst = max(worst, float(np.abs(unit - reference).max()), float(np.abs(features[i] - tokens).max()) / scale)
    return worst


# --- detector ---------------------------------------------------------------------------------------------------

def convert_detector(data: bytes) -> onnx.ModelProto:
    """Same weights and operators; the 640x640 input becomes any multiple of 32, batched normalisation is folded."""
    model = onnx.load_from_string(data)
    graph = model.graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    producer = {o: n for n in graph.node for o in n.output}
    uses = {}
    for n in graph.node:
        for i in n.input:
            uses[i] = uses.get(i, 0) + 1
    kept = []
    for n in graph.node:
        before = producer.get(n.input[0]) if n.op_type == "BatchNormalization" else None
        if before is None or before.op_type != "Conv" or uses[n.input[0]] != 1:
            kept.append(n)
            continue
        scale, shift, mean, variance = (arrays[x].astype(np.float64) for x in n.input[1:5])
        epsilon = next((a.f for a in n.attribute if a.name == "epsilon"), 1e-5)
        factor = scale / np.sqrt(variance + epsilon)
        bias = arrays[before.input[2]] if len(before.input) > 2 else 0.0
        w, b = before.input[1] + "_folded", before.output[0] + "_bias_folded"
        arrays[w] = (arrays[before.input[1]] * factor[:, None, None, None]).astype(np.float32)
        arrays[b] = ((bias - mean) * factor + shift).astype(np.float32)
        before.input[:] = [before.input[0], w, b]
        before.output[0] = n.output[0]
    used = {i for n in kept for i in n.input}
    new = helper.make_graph(
        kept, "retinaface-mnet.25",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, ["batch", 3, "height", "width"])],
        [helper.make_tensor_value_info(
            o.name, TensorProto.FLOAT,
            ["batch", o.type.tensor_type.shape.dim[1].dim_value, "h" + o.name[-2:], "w" + o.name[-2:]])
         for o in graph.output],
        [numpy_helper.from_array(a, k) for k, a in arrays.items() if k in used],
        doc_string="RetinaFace mnet.25: data is raw RGB 0..255, NCHW, sides multiples of 32.")
    result = helper.make_model(new, opset_imports=[helper.make_opsetid("", 12)], producer_name="eidolon")
    result.ir_version = 7
    onnx.checker.check_model(result, full_check=True)
    return result


def check_detector(original: bytes, model: onnx.ModelProto) -> float:
    import onnxruntime
    rng = np.random.default_rng(11)
    image = rng.uniform(0, 255, (1, 3, 20, 20)).astype(np.float32).repeat(32, axis=2).repeat(32, axis=3)
    outputs = [onnxruntime.InferenceSession(m, providers=["CPUExecutionProvider"]).run(None, {"data": image})
               for m in (original, model.SerializeToString())]
    return max(float(np.abs(a - b).max() / max(1.0, np.abs(a).max())) for a, b in zip(*outputs))


# --- registry ---------------------------------------------------------------------------------------------------

def register(entry: dict, model: onnx.ModelProto):
    file = WEIGHTS / entry["file"]
    data = model.SerializeToString()
    file.write_bytes(data)
    entry |= {"sha256": sha256(data), "size": len(data)}
    listing = WEIGHTS / "models.json"
    registry = json.loads(listing.read_text()) if listing.exists() else {"schema": 1, "models": []}
    others = [m for m in registry["models"] if m["id"] != entry["id"]]
    order = ["id", "kind", "file", "sha256", "size", "licence", "origin", "caveat"]
    registry["models"] = sorted(others + [{k: entry[k] for k in order}], key=lambda m: m["id"])
    listing.write_text(json.dumps(registry, indent=2, ensure_ascii=False) + "\n")
    print(f"{file.name}: {len(data):,} bytes, sha256 {entry['sha256']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, help="folder for the downloaded packages (a temporary one by default)")
    work = parser.parse_args().work or Path(tempfile.mkdtemp())
    WEIGHTS.mkdir(parents=True, exist_ok=True)

    tfl = npm_member(IDENTITY_PACKAGE, IDENTITY_MEMBER, IDENTITY_SHA256, work)
    identity = convert_identity(tfl)
    error = check_identity(tfl, identity)
    print(f"identity: largest difference from the TFLite interpreter {error:.2e}")
    if error > TOLERANCE:
        sys.exit("identity: differs from the original; nothing written")

    original = npm_member(DETECTOR_PACKAGE, DETECTOR_MEMBER, DETECTOR_SHA256, work)
    detector = convert_detector(original)
    error = check_detector(original, detector)
    print(f"detector: largest difference from the original {error:.2e}")
    if error > TOLERANCE:
        sys.exit("detector: differs from the original; nothing written")

    register({
        "id": "identity/mobilefacenet-arcface", "kind": "identity", "file": "mobilefacenet.onnx",
        "licence": "MIT (as declared by the package it was taken from)",
        "origin": f"npm {IDENTITY_PACKAGE[0]}@{IDENTITY_PACKAGE[1]}, {IDENTITY_MEMBER.removeprefix('package/')} "
                  f"(sha256 {IDENTITY_SHA256}), converted to ONNX by releng/models/convert.py",
        "caveat": "Trained on face sets that their publishers release for research only; the package declares MIT "
                  "without naming them. Use for research, or replace it by an encoder that you hold the rights to. "
                  "Face embeddings are biometric data in many jurisdictions.",
    }, identity)
    register({
        "id": "detector/retinaface-mnet25", "kind": "face-detector", "file": "retinaface-mnet25.onnx",
        "licence": "MIT (as declared by the package it was taken from)",
        "origin": f"npm {DETECTOR_PACKAGE[0]}@{DETECTOR_PACKAGE[1]}, {DETECTOR_MEMBER.removeprefix('package/')} "
                  f"(sha256 {DETECTOR_SHA256}), batch normalisation folded and input size freed by "
                  "releng/models/convert.py",
        "caveat": "RetinaFace weights of this kind are trained on WIDER FACE, a set released for research only.",
    }, detector)
    person.convert(work, register)


if __name__ == "__main__":
    main()
