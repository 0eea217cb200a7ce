# SPDX-License-Identifier: EPL-2.0
"""Does a recogniser that did not guide the heads know people again?

    python3 -m venv VENV && VENV/bin/pip install dlib-bin==20.0.1.post1 face_recognition_models==0.3.0 \
        pillow numpy "setuptools<80"
    VENV/bin/python releng/reference/judge.py out/bench/likeness

Reads portrait-*/sheet.png of `eidolon bench likeness --portraits` (the aligned photo, the head beside it) and prints, for
dlib's face recognition network (weights of the package face_recognition_models, CC0), how far each head is from its own
photo and from the others', and how often its own is the nearest or among the nearest five.
"""

import argparse
import json
import pathlib

import dlib
import face_recognition_models as weights
import numpy
from PIL import Image


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="what --out of the benchmark was")
    folder = parser.parse_args().folder
    sheets = sorted(folder.glob("portrait-*/sheet.png"))
    if len(sheets) < 2:
        parser.error(f"{folder} holds {len(sheets)} portraits, retrieval needs at least 2")
    judge = Judge()
    photos, heads = [], []
    for file in sheets:
        sheet = Image.open(file).convert("RGB")
        side = sheet.height
        photos.append(judge.describe(sheet.crop((0, 0, side, side)), file))
        heads.append(judge.describe(sheet.crop((side, 0, 2 * side, side)), file))
    photos, heads = numpy.array(photos), numpy.array(heads)
    distance = numpy.linalg.norm(heads[:, None] - photos[None], axis=2)
    own = numpy.diag(distance)
    others = (distance.sum(1) - own) / (len(sheets) - 1)
    rank = (distance < own[:, None]).sum(1) + 1
    print(json.dumps({
        "judge": "dlib " + dlib.__version__,
        "portraits": len(sheets),
        "facesNotFound": judge.missed,
        "distanceOwn": round(float(own.mean()), 4),
        "distanceOthers": round(float(others.mean()), 4),
        "ownNearerThanOthers": int((own < others).sum()),
        "top1": int((rank == 1).sum()),
        "top5": int((rank <= 5).sum()),
    }))


class Judge:
    """128 numbers of a face, by dlib."""

    def __init__(self):
        self.detector = dlib.get_frontal_face_detector()
        self.points = dlib.shape_predictor(weights.pose_predictor_five_point_model_location())
        self.network = dlib.face_recognition_model_v1(weights.face_recognition_model_location())
        self.missed = 0

    def describe(self, picture, file):
        pixels = numpy.ascontiguousarray(numpy.asarray(picture))
        faces = self.detector(pixels, 1)
        if faces:
            box = max(faces, key=lambda face: face.area())
        else:
            # the crops are aligned, so the face is known to fill the middle
            self.missed += 1
            box = dlib.rectangle(pixels.shape[1] // 6, pixels.shape[0] // 6, pixels.shape[1] * 5 // 6, pixels.shape[0] * 11 // 12)
        return self.network.compute_face_descriptor(pixels, self.points(pixels, box))


if __name__ == "__main__":
    main()
