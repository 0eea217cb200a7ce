# SPDX-License-Identifier: EPL-2.0
"""A head in all expressions as a signed distance on a tetrahedral lattice, in plain PyTorch."""

import math

import numpy as np
import torch
import torch.nn.functional as F

BOX = (0.85, 1.0, 0.8)
WARPS = ((1.5, 0.0, 0.5), (3.0, 0.14, 0.35), (1.5, 0.56, 0.31))
SHARED, OWN, FEATURES, CODE, HIDDEN, SCALE = (8, 16, 32, 64), (8, 16, 32), 4, 8, 32, 0.1


def planes(count, amount, centre, width):
    x = np.linspace(-1, 1, 1 << 14)
    cumulative = np.concatenate([[0], np.cumsum(1 + amount * np.exp(-(((x[1:] + x[:-1]) / 2 - centre) / width) ** 2))])
    return np.interp(np.linspace(0, cumulative[-1], count), cumulative, x)


def base_shape(p):
    def ellipsoid(x, y, z, a, b, c):
        k0 = np.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2)
        k1 = np.maximum(np.sqrt((x / a ** 2) ** 2 + (y / b ** 2) ** 2 + (z / c ** 2) ** 2), 1e-9)
        return k0 * (k0 - 1) / k1

    def union(a, b, smooth=0.08):
        h = np.clip(0.5 + 0.5 * (b - a) / smooth, 0, 1)
        return b + (a - b) * h - smooth * h * (1 - h)

    x, y, z = p.T
    neck = np.maximum(np.hypot(x, z + 0.17) - 0.28, y - 0.2)
    head = union(ellipsoid(x, y - 0.33, z + 0.04, 0.45, 0.6, 0.57), ellipsoid(x, y - 0.02, z - 0.17, 0.33, 0.36, 0.34))
    return union(union(head, neck), ellipsoid(x, y + 0.98, z + 0.21, 0.72, 0.5, 0.42))


class Lattice:
    """Kuhn's, denser at the face; vertices count with x fastest."""

    def __init__(self, n, device):
        side = n + 1
        axes = [box * planes(side, *warp) for box, warp in zip(BOX, WARPS)]
        z, y, x = np.meshgrid(axes[2], axes[1], axes[0], indexing="ij")
        position = np.stack([x.ravel(), y.ravel(), z.ravel()], 1)
        k, j, i = (a.ravel() for a in np.meshgrid(*[np.arange(n)] * 3, indexing="ij"))
        a = (k * side + j) * side + i
        step = (1, side, side * side)
        tets = []
        for walk, odd in (((0, 1, 2), 0), ((1, 2, 0), 0), ((2, 0, 1), 0), ((0, 2, 1), 1), ((1, 0, 2), 1), ((2, 1, 0), 1)):
            b = a + step[walk[0]]
            c = b + step[walk[1]]
            tets.append(np.stack([a, c, b, a + sum(step)] if odd else [a, b, c, a + sum(step)], 1))
        grid = np.stack(np.meshgrid(*[np.arange(side)] * 3, indexing="ij")[::-1], -1).reshape(-1, 3)
        gaps = []
        for axis in range(3):
            gap = np.diff(axes[axis])
            nearest = np.minimum(np.append(gap, gap[-1]), np.insert(gap, 0, gap[0]))
            gaps.append(nearest[grid[:, axis]])
        tensor = lambda array, kind=torch.float32: torch.as_tensor(array, dtype=kind, device=device)
        self.side = side
        self.position = tensor(position)
        self.coordinate = tensor(2.0 * grid / n - 1)
        self.spacing = tensor(np.stack(gaps, 1))
        self.base = tensor(base_shape(position))
        self.closed = tensor(((grid == 0) | (grid == n)).any(1), torch.bool)
        self.tets = tensor(np.concatenate(tets), torch.int64)


class Field:
    def __init__(self, lattice, expressions, device):
        self.lattice = lattice
        n = lattice.side - 1
        leaf = lambda size, *shape: (torch.randn(*shape, device=device) * size).requires_grad_()
        sides = lambda grids: [min(r, n) + 1 for r in grids]
        self.shared = [leaf(0.1, 1, FEATURES, r, r, r) for r in sides(SHARED)]
        self.own = [leaf(0.02, expressions, FEATURES, r, r, r) for r in sides(OWN)]
        self.codes = leaf(0.1, expressions, CODE)
        inputs = FEATURES * (len(SHARED) + len(OWN)) + CODE + 3
        self.mlp = []
        for rows, columns, gain in ((HIDDEN, inputs, 1), (HIDDEN, HIDDEN, 1), (4, HIDDEN, 0.05)):
            self.mlp.append(leaf(gain / math.sqrt(columns), rows, columns))
            self.mlp.append(torch.zeros(rows, device=device, requires_grad=True))

    def decode(self, features, e, position):
        code = self.codes[e].expand(position.shape[0], -1)
        x = torch.cat([features, code, position], 1)
        w = self.mlp
        x = F.silu(F.linear(x, w[0], w[1]))
        x = F.silu(F.linear(x, w[2], w[3]))
        return F.linear(x, w[4], w[5])

    def signed(self, raw, index=slice(None)):
        distance = self.lattice.base[index] + SCALE * raw
        return torch.where(self.lattice.closed[index], distance.clamp(0.005, 10), distance)

    @torch.no_grad()
    def distances(self, e):
        size = [self.lattice.side] * 3
        grids = self.shared + [g[e:e + 1] for g in self.own]
        features = torch.cat([F.interpolate(g, size, mode="trilinear", align_corners=True).flatten(2)[0] for g in grids])
        return self.signed(self.decode(features.T, e, self.lattice.position)[:, 0])

    def at(self, e, index):
        where = self.lattice.coordinate[index].reshape(1, 1, 1, -1, 3)
        grids = self.shared + [g[e:e + 1] for g in self.own]
        features = torch.cat([F.grid_sample(g, where, align_corners=True, padding_mode="border").flatten(2)[0] for g in grids])
        raw = self.decode(features.T, e, self.lattice.position[index])
        offset = torch.tanh(raw[:, 1:]) * self.lattice.spacing[index] * 0.49
        return self.signed(raw[:, 0], index), self.lattice.position[index] + offset


EDGES = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))


def triangle_table():
    """For each of the 16 sign cases up to two triangles as edge numbers, facing outward; -1 for none."""
    edge = lambda a, b: EDGES.index((min(a, b), max(a, b)))
    table = [[-1] * 6 for _ in range(16)]
    for i, j, k, l in ((0, 1, 2, 3), (1, 0, 3, 2), (2, 3, 0, 1), (3, 2, 1, 0)):
        a, b, c = edge(i, j), edge(i, k), edge(i, l)
        table[1 << i][:3] = [a, b, c]
        table[15 ^ 1 << i][:3] = [a, c, b]
    for i, j, k, l in ((0, 1, 2, 3), (0, 2, 3, 1), (0, 3, 1, 2), (1, 2, 0, 3), (1, 3, 2, 0), (2, 3, 0, 1)):
        ik, il, jl, jk = edge(i, k), edge(i, l), edge(j, l), edge(j, k)
        table[1 << i | 1 << j] = [ik, il, jl, ik, jl, jk]
    return table


def marching_tetrahedra(tets, distance, table):
    """-> crossed edges (K, 2) of lattice vertices, triangles (T, 3) into them."""
    inside = distance < 0
    corners = inside[tets]
    crossed = corners.any(1) & ~corners.all(1)
    tets, corners = tets[crossed], corners[crossed]
    case = (corners * torch.tensor([1, 2, 4, 8], device=tets.device)).sum(1)
    ends = tets[:, torch.tensor(EDGES, device=tets.device)].sort(2).values
    vertices = distance.shape[0]
    # one number for each edge: rows are slow to tell apart
    keys, number = torch.unique((ends[:, :, 0] * vertices + ends[:, :, 1]).flatten(), return_inverse=True)
    edges = torch.stack([keys // vertices, keys % vertices], 1)
    used = inside[edges[:, 0]] != inside[edges[:, 1]]
    rank = torch.cumsum(used, 0) - 1
    number = rank[number].reshape(-1, 6)
    rows = table[case]
    corner = torch.gather(number, 1, rows.clamp(min=0))
    triangles = torch.cat([corner[rows[:, 0] >= 0, :3], corner[rows[:, 3] >= 0, 3:]])
    return edges[used], triangles


def surface(field, e, distance, edges):
    """Positions of the surface's vertices, differentiable, and the lattice's cell at each."""
    index, ends = torch.unique(edges, return_inverse=True)
    signed, moved = field.at(e, index)
    sa, sb = signed[ends[:, 0]], signed[ends[:, 1]]
    gap = sb - sa
    gap = torch.where(gap.abs() < 1e-7, torch.full_like(gap, 1e-7), gap)
    share = (-sa / gap).clamp(0.005, 0.995)[:, None]
    va, vb = moved[ends[:, 0]], moved[ends[:, 1]]
    return va + share * (vb - va), field.lattice.spacing[edges[:, 0]].mean(1, keepdim=True)


def umbrella(vertices, faces, cell):
    a, b = faces.flatten(), faces.roll(-1, 1).flatten()
    total = torch.zeros_like(vertices).index_add(0, a, vertices[b])
    count = torch.zeros_like(cell).index_add(0, a, torch.ones_like(cell)[a])
    return ((total / count.clamp(min=1) - vertices) / cell).square().sum(1).mean()
