# SPDX-License-Identifier: EPL-2.0
"""Compares what two programs show of the same scenes from the same place, and lays their pictures out:
compare.py PLAN.json FOLDER, which holds blender/ and three/. Exit code 1 when they do not show the same heads."""

import json
import os
import sys

from PIL import Image, ImageChops, ImageDraw, ImageStat

SAME_OUTLINE = 0.98
PROGRAMS = ("blender", "three")

plan_file, folder = sys.argv[1:]
with open(plan_file) as file:
    plan = json.load(file)
names = [scene["name"] for scene in plan["scenes"]]
size = plan["size"]
problems = []
pictures = {p: [Image.open(os.path.join(folder, p, n + ".png")).convert("RGBA") for n in names] for p in PROGRAMS}


def covered(mask):
    return sum(mask.histogram()[128:])


def outline(picture):
    return picture.getchannel("A").point(lambda a: 255 if a >= 128 else 0)


worst = 1.0
for number, name in enumerate(names):
    a, b = (outline(pictures[p][number]) for p in PROGRAMS)
    iou = covered(ImageChops.darker(a, b)) / max(1, covered(ImageChops.lighter(a, b)))
    worst = min(worst, iou)
    if iou < SAME_OUTLINE:
        problems.append(f"'{name}': the outlines in {' and '.join(PROGRAMS)} overlap by {iou:.3f} only")
    for program in PROGRAMS:
        picture = pictures[program][number]
        share = covered(outline(picture)) / size ** 2
        spread = max(ImageStat.Stat(picture.convert("RGB"), outline(picture)).stddev) if share > 0 else 0
        if not 0.1 < share < 0.9 or spread < 8:
            problems.append(f"'{name}' in {program}: {share:.0%} covered, colours spread by {spread:.1f}: no picture of a head")
        if number > 0:
            unlike = max(ImageStat.Stat(ImageChops.difference(picture, pictures[program][0])).mean)
            if unlike < 0.2:
                problems.append(f"'{name}' in {program} looks like '{names[0]}': was its own scene shown?")

columns = min(7, len(names))
rows = -(-len(names) // columns)
for program in PROGRAMS:
    sheet = Image.new("RGB", (columns * size, rows * (size + 16)), (222, 224, 226))
    draw = ImageDraw.Draw(sheet)
    for number, name in enumerate(names):
        left, top = number % columns * size, number // columns * (size + 16)
        sheet.paste(pictures[program][number], (left, top), pictures[program][number])
        draw.text((left + size / 2, top + size + 8), name, fill=(40, 42, 44), anchor="mm")
    sheet.save(os.path.join(folder, f"interop-{program}.jpg"), quality=85)

for problem in problems:
    print("  error: " + problem, file=sys.stderr)
print(f"compared: {len(names)} scenes, outlines overlap by {worst:.3f} at least; sheets lie in {folder}")
sys.exit(1 if problems else 0)
