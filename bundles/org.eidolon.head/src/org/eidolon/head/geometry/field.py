# SPDX-License-Identifier: EPL-2.0
# A head in all its expressions as a signed distance and an offset on the vertices of a tetrahedral lattice.


def signed(raw: Tensor, base: Tensor, closed: Tensor, scale: float) -> Tensor:
    # the lattice's boundary stays outside, or surfaces would open
    distance = base + scale * raw
    return torch.where(closed > 0, torch.clamp(distance, 0.005, 10.0), distance)


def whole(shared: List[Tensor], own: List[Tensor], chosen: Tensor, codes: Tensor, mlp: List[Tensor], position: Tensor,
          base: Tensor, closed: Tensor, side: int, scale: float) -> Tensor:
    # distances of expressions (E) at every vertex of a lattice of side³ vertices (E, N), what they share computed once;
    # shared (1, C, r, r, r), own (all, C, r, r, r), codes (all, 8)
    size = [side, side, side]
    parts: List[Tensor] = []
    for g in shared:
        parts.append(torch.upsample_trilinear3d(g, size, True).reshape(int(g.size(1)), -1))
    all = torch.cat(parts, 0)
    common = int(all.size(0))
    w = mlp[0]
    c = int(codes.size(1))
    f = int(w.size(1)) - c - 3
    x = torch.matmul(w.slice(1, 0, common), all) + torch.matmul(w.slice(1, f + c), position.transpose(0, 1))
    told = torch.matmul(torch.index_select(codes, 0, chosen), w.slice(1, f, f + c).transpose(0, 1)) + mlp[1]
    parts = []
    for g in own:
        parts.append(torch.upsample_trilinear3d(torch.index_select(g, 0, chosen), size, True).flatten(2))
    x = x.unsqueeze(0) + told.unsqueeze(2) + torch.matmul(w.slice(1, common, f), torch.cat(parts, 1))
    x = torch.silu(torch.matmul(mlp[2], torch.silu(x)) + mlp[3].unsqueeze(1))
    raw = torch.matmul(mlp[4].slice(0, 0, 1), x).squeeze(1) + mlp[5].slice(0, 0, 1)
    return signed(raw, base.unsqueeze(0), closed.unsqueeze(0), scale)


def sampled(shared: List[Tensor], own: List[Tensor], chosen: Tensor, where: Tensor) -> Tensor:
    # features (E, F, K) at places (E, K, 3) of the grids of E expressions
    e = int(where.size(0))
    together = where.reshape(1, 1, 1, -1, 3)
    parts: List[Tensor] = []
    for g in shared:
        parts.append(torch.grid_sampler(g, together, 0, 1, True).reshape(int(g.size(1)), e, -1).transpose(0, 1))
    each = where.reshape(e, 1, 1, -1, 3)
    for g in own:
        parts.append(torch.grid_sampler(torch.index_select(g, 0, chosen), each, 0, 1, True).reshape(e, int(g.size(1)), -1))
    return torch.cat(parts, 1)


def decoded(features: Tensor, codes: Tensor, position: Tensor, mlp: List[Tensor]) -> Tensor:
    # features (E, F, K), codes (E, C), position (E, K, 3) -> (E, 4, K): distance, offset
    f = int(features.size(1))
    c = int(codes.size(1))
    w = mlp[0]
    told = torch.matmul(codes, w.slice(1, f, f + c).transpose(0, 1)) + mlp[1]
    x = torch.matmul(w.slice(1, 0, f), features) + torch.matmul(w.slice(1, f + c), position.transpose(1, 2))
    x = torch.silu(x + told.unsqueeze(2))
    x = torch.silu(torch.matmul(mlp[2], x) + mlp[3].unsqueeze(1))
    return torch.matmul(mlp[4], x) + mlp[5].unsqueeze(1)


def some(shared: List[Tensor], own: List[Tensor], chosen: Tensor, codes: Tensor, mlp: List[Tensor], coordinate: Tensor,
         position: Tensor, base: Tensor, closed: Tensor, index: Tensor, scale: float) -> Tensor:
    # distance of expressions (E) at some vertices (E, K)
    flat = index.reshape(-1)
    where = torch.index_select(coordinate, 0, flat).reshape(index.size(0), -1, 3)
    rest = torch.index_select(position, 0, flat).reshape(index.size(0), -1, 3)
    raw = decoded(sampled(shared, own, chosen, where), torch.index_select(codes, 0, chosen), rest, mlp)
    return signed(raw.select(1, 0), torch.index_select(base, 0, flat).reshape_as(index),
                  torch.index_select(closed, 0, flat).reshape_as(index), scale)


def at(shared: List[Tensor], own: List[Tensor], chosen: Tensor, codes: Tensor, mlp: List[Tensor], coordinate: Tensor,
       position: Tensor, base: Tensor, closed: Tensor, spacing: Tensor, index: Tensor,
       scale: float) -> Tuple[Tensor, Tensor]:
    # the same, differentiable: distance (E * K) and moved position (E * K, 3);
    # coordinate (N, 3) is where a vertex lies in the grids, -1..1 along x, y, z
    flat = index.reshape(-1)
    where = torch.index_select(coordinate, 0, flat).reshape(index.size(0), -1, 3)
    rest = torch.index_select(position, 0, flat)
    raw = decoded(sampled(shared, own, chosen, where), torch.index_select(codes, 0, chosen), rest.reshape_as(where), mlp)
    distance = signed(raw.select(1, 0).reshape(-1), torch.index_select(base, 0, flat),
                      torch.index_select(closed, 0, flat), scale)
    offset = torch.tanh(raw.slice(1, 1, 4)).transpose(1, 2).reshape(-1, 3) * torch.index_select(spacing, 0, flat) * 0.49
    return distance, rest + offset


def cross(distance: Tensor, moved: Tensor, a: Tensor, b: Tensor) -> Tensor:
    # marching tetrahedra: v = (v_a s_b - v_b s_a) / (s_b - s_a) (Shen et al. 2021, eq. 3), written as a blend
    # that is kept inside the edge
    sa = torch.index_select(distance, 0, a)
    sb = torch.index_select(distance, 0, b)
    gap = sb - sa
    gap = torch.where(torch.abs(gap) < 1e-7, torch.full_like(gap, 1e-7), gap)
    share = torch.clamp(-sa / gap, 0.005, 0.995).unsqueeze(1)
    va = torch.index_select(moved, 0, a)
    vb = torch.index_select(moved, 0, b)
    return va + share * (vb - va)


def umbrella(vertices: Tensor, edges: Tensor, cell: Tensor) -> Tensor:
    # mean squared distance, in cells, of each vertex (K, 3) from the mean of its neighbours; edges (E, 2), cell (K, 1)
    a = edges.select(1, 0)
    b = edges.select(1, 1)
    sum = torch.zeros_like(vertices)
    sum = torch.index_add(sum, 0, a, torch.index_select(vertices, 0, b))
    sum = torch.index_add(sum, 0, b, torch.index_select(vertices, 0, a))
    one = torch.ones_like(cell)
    count = torch.zeros_like(cell)
    count = torch.index_add(count, 0, a, torch.index_select(one, 0, a))
    count = torch.index_add(count, 0, b, torch.index_select(one, 0, b))
    return torch.square((sum / torch.clamp(count, 1.0) - vertices) / cell).sum(1).mean()


def cells(spacing: Tensor, index: Tensor, a: Tensor) -> Tensor:
    # spacing (N, 3) of lattice vertices -> mean spacing (K, 1) at places `a` (K) of the index
    return torch.index_select(spacing, 0, torch.index_select(index.reshape(-1), 0, a)).mean(1, keepdim=True)


def edges(faces: Tensor) -> Tensor:
    # faces (F, 3) of closed surfaces, where every edge has two triangles that run along it in opposite directions
    # -> (E, 2)
    a = faces.reshape(-1)
    b = torch.stack([faces.select(1, 1), faces.select(1, 2), faces.select(1, 0)], 1).reshape(-1)
    once = torch.nonzero(a < b).squeeze(1)
    return torch.stack([torch.index_select(a, 0, once), torch.index_select(b, 0, once)], 1)


def pictures(images: Tensor) -> Tensor:
    # (B, H, W, 3) in 0..1 -> (B, 3, H, W) in -1..1
    return images.permute(0, 3, 1, 2) * 2.0 - 1.0


def outlined(samples: Tensor) -> Tensor:
    # (N, 3) -> (N, 4), the last 1
    return torch.cat([samples, torch.ones_like(samples.slice(1, 0, 1))], 1)


def latents(images: Tensor) -> Tensor:
    # (B, H, W, 4) in 0..1 -> (B, 4, H, W): colours in -1..1, the outline as it is
    x = images.permute(0, 3, 1, 2)
    return torch.cat([x.slice(1, 0, 3) * 2.0 - 1.0, x.slice(1, 3, 4)], 1)


def objective(images: Tensor, residual: Tensor, umbrella: Tensor, laplacian: float) -> Tensor:
    # its gradient by the images is that of the mean square of the residual, taken as picture minus a fixed target
    return (images * residual).sum() * (2.0 / float(images.numel())) + laplacian * umbrella


def stack(parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)


def rows(values: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(values, 0, index)
