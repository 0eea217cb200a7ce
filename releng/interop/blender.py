# SPDX-License-Identifier: EPL-2.0
"""Blender imports a GLB and renders every scene: blender.py HEAD.glb PLAN.json FOLDER. Exit code 1 when something is missing."""

import json
import math
import os
import sys

import bpy
from mathutils import Vector

glb, plan_file, folder = sys.argv[1:]
with open(plan_file) as file:
    plan = json.load(file)

bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.import_scene.gltf(filepath=glb)
scene = bpy.context.scene
problems = []

scene.render.engine = "CYCLES"
scene.cycles.device = "CPU"
scene.cycles.samples = 12
scene.cycles.seed = 0
scene.render.film_transparent = True
scene.render.resolution_x = scene.render.resolution_y = plan["size"]
scene.render.image_settings.file_format = "PNG"
scene.render.image_settings.color_mode = "RGBA"
scene.view_settings.view_transform = "Standard"

world = bpy.data.worlds.new("world")
world.use_nodes = True
world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.45
world.node_tree.nodes["Background"].inputs["Color"].default_value = (1, 1, 1, 1)
scene.world = world
sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
sun.data.energy = 2.2
sun.rotation_euler = (math.radians(55), 0, math.radians(-35))
scene.collection.objects.link(sun)

# glTF's x, y up, z to the viewer are Blender's x, z, -y
x, y, z = plan["centre"]
centre = Vector((x, -z, y))
turned = math.radians(20)
distance = 1.08 * plan["height"] / (2 * math.tan(math.radians(15)))
camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
camera.data.angle = math.radians(30)
camera.data.clip_start = distance / 100
camera.location = centre + distance * Vector((math.sin(turned), -math.cos(turned), 0))
camera.rotation_euler = (centre - camera.location).to_track_quat("-Z", "Y").to_euler()
scene.collection.objects.link(camera)
scene.camera = camera

# every scene comes as a collection, and only the first one's is shown
for collection in bpy.context.view_layer.layer_collection.children:
    collection.exclude = False
objects = {o.name: o for o in bpy.data.objects if o.type == "MESH"}
for wanted in plan["scenes"]:
    name = wanted["name"]
    shown = objects.get(name)
    if shown is None:
        problems.append(f"there is no object '{name}'")
        continue
    triangles = sum(len(polygon.vertices) - 2 for polygon in shown.data.polygons)
    if (len(shown.data.vertices), triangles) != (wanted["vertices"], wanted["triangles"]):
        problems.append(f"'{name}' has {len(shown.data.vertices)} vertices and {triangles} triangles, "
                        f"the file {wanted['vertices']} and {wanted['triangles']}")
    images = [n for m in shown.data.materials for n in m.node_tree.nodes if n.type == "TEX_IMAGE" and n.image]
    if wanted["textured"] and not images:
        problems.append(f"'{name}' has lost its texture")
    for other in objects.values():
        other.hide_render = other is not shown
    scene.render.filepath = os.path.join(folder, name + ".png")
    bpy.ops.render.render(write_still=True)

for problem in problems:
    print("  error: " + problem, file=sys.stderr)
print(f"Blender {bpy.app.version_string}: {len(plan['scenes']) - len(problems)} of {len(plan['scenes'])} scenes imported and rendered")
sys.exit(1 if problems else 0)
