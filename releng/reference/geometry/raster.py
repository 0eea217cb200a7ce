# SPDX-License-Identifier: EPL-2.0
"""Differentiable rendering of normals in plain PyTorch: visibility by scattering, antialiased outlines."""

import math

import torch
import torch.nn.functional as F

FIELD_OF_VIEW = 0.35
REACH = 3.0
# target, half height at it, azimuth limit, elevations
FRAMINGS = {False: ((0, 0.12, 0), 0.85, math.pi, (-0.26, 0.44)),
            True: ((0, 0.125, 0.34), 0.42, math.radians(70), (-0.26, 0.35))}


def camera(face, azimuth, elevation, device):
    """-> world to clip (4, 4), rotation (3, 3)."""
    target, half_height, _, _ = FRAMINGS[face]
    distance = half_height / math.tan(FIELD_OF_VIEW / 2)
    ca, sa, ce, se = math.cos(azimuth), math.sin(azimuth), math.cos(elevation), math.sin(elevation)
    rotation = torch.tensor([[ca, 0, -sa], [-se * sa, ce, -se * ca], [ce * sa, se, ce * ca]])
    view = torch.eye(4)
    view[:3, :3] = rotation
    view[:3, 3] = -rotation @ (torch.tensor(target, dtype=torch.float32) + distance * rotation[2])
    near, far = max(0.05, distance - REACH), distance + REACH
    f = 1 / math.tan(FIELD_OF_VIEW / 2)
    projection = torch.tensor([[f, 0, 0, 0], [0, f, 0, 0],
                               [0, 0, -(far + near) / (far - near), -2 * far * near / (far - near)], [0, 0, -1, 0]])
    return (projection @ view).to(device), rotation.to(device)


@torch.no_grad()
def visible(clip, faces, size):
    """clip (V, 4), faces (F, 3) of one picture -> the triangle that each pixel shows (S, S), -1 for none."""
    xy = clip[:, :2] / clip[:, 3:] * torch.tensor([0.5, -0.5], device=clip.device) + 0.5
    p, z = (xy * size)[faces], (clip[:, 2] / clip[:, 3])[faces]
    low = (p.amin(1) - 0.5).ceil().clamp(min=0).long()
    high = (p.amax(1) - 0.5).floor().clamp(max=size - 1).long()
    extent = (high - low + 1).clamp(min=0)
    count = extent[:, 0] * extent[:, 1]
    owner = torch.repeat_interleave(count)
    rank = torch.arange(owner.shape[0], device=clip.device) - (count.cumsum(0) - count)[owner]
    px, py = low[owner, 0] + rank % extent[owner, 0], low[owner, 1] + rank // extent[owner, 0]
    q = torch.stack([px, py], 1) + 0.5
    d = p[owner] - q[:, None]
    cross = lambda a, b: a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    w = torch.stack([cross(d[:, 1], d[:, 2]), cross(d[:, 2], d[:, 0]), cross(d[:, 0], d[:, 1])], 1)
    inside = (w >= 0).all(1) | (w <= 0).all(1)
    w, owner = w[inside], owner[inside]
    depth = (w * z[owner]).sum(1) / w.sum(1)
    pixel = (py * size + px)[inside]
    key = ((depth * 0.5 + 0.5) * (1 << 30)).long() << 32 | owner
    none = torch.iinfo(torch.int64).max
    frame = torch.full((size * size,), none, device=clip.device).scatter_reduce(0, pixel, key, "amin")
    return torch.where(frame == none, -1, frame & 0xFFFFFFFF).reshape(size, size)


def antialias(image, ids, clip, faces, twin):
    """Moves outlines: blends each two pixels that an outline passes between by where it passes (Laine et al. 2020)."""
    size = ids.shape[0]
    xy = (clip[:, :2] / clip[:, 3:] * torch.tensor([0.5, -0.5], device=clip.device) + 0.5) * size
    with torch.no_grad():
        p = xy[faces]
        front = (p[:, 1, 0] - p[:, 0, 0]) * (p[:, 2, 1] - p[:, 0, 1]) < (p[:, 2, 0] - p[:, 0, 0]) * (p[:, 1, 1] - p[:, 0, 1])
        outline = (twin < 0) | ~front[twin.clamp(min=0)]
        depth = (clip[:, 2] / clip[:, 3])[faces].mean(1)
    flat = image.reshape(size * size, -1)
    change = torch.zeros_like(flat)
    number = torch.arange(size * size, device=ids.device).reshape(size, size)
    for axis in (0, 1):
        other = 1 - axis
        first, second = (number[:, :-1], number[:, 1:]) if axis == 0 else (number[:-1], number[1:])
        a, b = first.flatten(), second.flatten()
        unlike = (ids.flatten()[a] != ids.flatten()[b]).nonzero()[:, 0]
        a, b = a[unlike], b[unlike]
        ta, tb = ids.flatten()[a], ids.flatten()[b]
        nearer = (tb < 0) | (ta >= 0) & (depth[ta.clamp(min=0)] <= depth[tb.clamp(min=0)])
        inner, outer = torch.where(nearer, a, b), torch.where(nearer, b, a)
        triangle = torch.where(nearer, ta, tb)
        corner = faces[triangle]
        centre = torch.stack([inner % size, inner // size], 1) + 0.5
        sign = torch.where(nearer, 1.0, -1.0)
        for k in range(3):
            e0, e1 = xy[corner[:, k]], xy[corner[:, (k + 1) % 3]]
            t = (centre[:, other] - e0[:, other]) / (e1 - e0)[:, other].where((e1 - e0)[:, other].abs() > 1e-9, torch.tensor(1e-9))
            place = (e0[:, axis] + t * (e1 - e0)[:, axis] - centre[:, axis]) * sign
            with torch.no_grad():
                use = (outline[triangle, k] & (t >= 0) & (t <= 1) & (place >= 0) & (place <= 1)).nonzero()[:, 0]
            i, o, reach = inner[use], outer[use], place[use] - 0.5
            target = torch.where(reach.detach() > 0, o, i)
            change = change.index_add(0, target, reach[:, None] * (flat[i] - flat[o]))
    return (flat + change).reshape(image.shape)


def twins(faces, vertices):
    """The triangle across each edge of a closed surface (F, 3), -1 for none; edge k runs from corner k to the next."""
    a, b = faces, faces.roll(-1, 1)
    key = (torch.minimum(a, b) * vertices + torch.maximum(a, b)).flatten()
    order = key.argsort()
    same = (key[order][1:] == key[order][:-1]).nonzero()[:, 0]
    result = torch.full_like(key, -1)
    result[order[same]] = order[same + 1] // 3
    result[order[same + 1]] = order[same] // 3
    return result.reshape(-1, 3)


def normals(vertices, faces):
    corner = vertices[faces]
    n = torch.linalg.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    total = torch.zeros_like(vertices)
    for k in range(3):
        total = total.index_add(0, faces[:, k], n)
    return F.normalize(total, dim=1)


def render(vertices, faces, cameras, size):
    """Pictures of camera-space normals on black (views, 3, S, S) in -1..1, rendered at twice the size."""
    big = 2 * size
    normal, twin = normals(vertices, faces), twins(faces, vertices.shape[0])
    pictures = []
    for matrix, rotation in cameras:
        clip = F.pad(vertices, (0, 1), value=1.0) @ matrix.T
        ids = visible(clip, faces, big)
        pixel = (ids.flatten() >= 0).nonzero()[:, 0]
        corner = faces[ids.flatten()[pixel]]
        c = clip[corner]
        nx = ((pixel % big) + 0.5) * (2 / big) - 1
        ny = 1 - ((pixel // big) + 0.5) * (2 / big)
        x, y = c[:, :, 0] - nx[:, None] * c[:, :, 3], c[:, :, 1] - ny[:, None] * c[:, :, 3]
        area = x.roll(-1, 1) * y.roll(-2, 1) - x.roll(-2, 1) * y.roll(-1, 1)
        total = area.sum(1, keepdim=True)
        weight = area / torch.where(total.abs() < 1e-20, torch.full_like(total, 1e-20), total)
        n = F.normalize((normal[corner] * weight[:, :, None]).sum(1) @ rotation.T, dim=1)
        image = torch.zeros(big * big, 3, device=vertices.device).index_copy(0, pixel, n * 0.5 + 0.5)
        image = antialias(image.reshape(big, big, 3), ids, clip, faces, twin)
        pictures.append(F.avg_pool2d(image.permute(2, 0, 1)[None], 2)[0])
    return torch.stack(pictures) * 2 - 1
