# SPDX-License-Identifier: EPL-2.0
# A head in all its expressions as a signed distance and an offset on the vertices of a tetrahedral lattice.


def decode(features: Tensor, code: Tensor, position: Tensor, mlp: List[Tensor]) -> Tensor:
    # features (F, N), code (C), position (N, 3) -> (4, N): distance, offset
    f = int(features.size(0))
    c = int(code.size(0))
    w = mlp[0]
    told = torch.matmul(w.slice(1, f, f + c), code.unsqueeze(1)) + mlp[1].unsqueeze(1)
    x = torch.matmul(w.slice(1, 0, f), features) + torch.matmul(w.slice(1, f + c), position.transpose(0, 1)) + told
    x = torch.silu(x)
    x = torch.silu(torch.matmul(mlp[2], x) + mlp[3].unsqueeze(1))
    return torch.matmul(mlp[4], x) + mlp[5].unsqueeze(1)


def signed(raw: Tensor, base: Tensor, closed: Tensor, scale: float) -> Tensor:
    # the lattice's boundary stays outside, or surfaces would open
    distance = base + scale * raw
    return torch.where(closed > 0, torch.clamp(distance, 0.005, 10.0), distance)


def whole(shared: List[Tensor], own: List[Tensor], e: int, codes: Tensor, mlp: List[Tensor], position: Tensor,
          base: Tensor, closed: Tensor, side: int, scale: float) -> Tensor:
    # distance at every vertex of a lattice of side³ vertices; shared (1, C, r, r, r), own (E, C, r, r, r), codes (E, 8)
    size = [side, side, side]
    parts: List[Tensor] = []
    for g in shared:
        parts.append(torch.upsample_trilinear3d(g, size, True).reshape(int(g.size(1)), -1))
    for g in own:
        parts.append(torch.upsample_trilinear3d(g.slice(0, e, e + 1), size, True).reshape(int(g.size(1)), -1))
    raw = decode(torch.cat(parts, 0), codes.select(0, e), position, mlp)
    return signed(raw.select(0, 0), base, closed, scale)


def sampled(shared: List[Tensor], own: List[Tensor], e: int, where: Tensor) -> Tensor:
    # features (F, K) at places (1, 1, 1, K, 3)
    parts: List[Tensor] = []
    for g in shared:
        parts.append(torch.grid_sampler(g, where, 0, 1, True).reshape(int(g.size(1)), -1))
    for g in own:
        parts.append(torch.grid_sampler(g.slice(0, e, e + 1), where, 0, 1, True).reshape(int(g.size(1)), -1))
    return torch.cat(parts, 0)


def some(shared: List[Tensor], own: List[Tensor], e: int, codes: Tensor, mlp: List[Tensor], coordinate: Tensor,
         position: Tensor, base: Tensor, closed: Tensor, index: Tensor, scale: float) -> Tensor:
    # distance at some vertices (K)
    where = torch.index_select(coordinate, 0, index).reshape(1, 1, 1, -1, 3)
    raw = decode(sampled(shared, own, e, where), codes.select(0, e), torch.index_select(position, 0, index), mlp)
    return signed(raw.select(0, 0), torch.index_select(base, 0, index), torch.index_select(closed, 0, index), scale)


def at(shared: List[Tensor], own: List[Tensor], e: int, codes: Tensor, mlp: List[Tensor], coordinate: Tensor,
       position: Tensor, base: Tensor, closed: Tensor, spacing: Tensor, index: Tensor,
       scale: float) -> Tuple[Tensor, Tensor]:
    # the same at some vertices, differentiable: distance (K) and moved position (K, 3);
    # coordinate (N, 3) is where a vertex lies in the grids, -1..1 along x, y, z
    where = torch.index_select(coordinate, 0, index).reshape(1, 1, 1, -1, 3)
    rest = torch.index_select(position, 0, index)
    raw = decode(sampled(shared, own, e, where), codes.select(0, e), rest, mlp)
    distance = signed(raw.select(0, 0), torch.index_select(base, 0, index), torch.index_select(closed, 0, index), scale)
    offset = torch.tanh(raw.slice(0, 1, 4)).transpose(0, 1) * torch.index_select(spacing, 0, index) * 0.49
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


def pictures(images: Tensor) -> Tensor:
    # (B, H, W, 3) in 0..1 -> (B, 3, H, W) in -1..1
    return images.permute(0, 3, 1, 2) * 2.0 - 1.0


def objective(images: Tensor, residual: Tensor, umbrella: Tensor, laplacian: float) -> Tensor:
    # its gradient by the images is that of the mean square of the residual, taken as picture minus a fixed target
    return (images * residual).sum() * (2.0 / float(images.numel())) + laplacian * umbrella


def stack(parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)


def difference(a: Tensor, b: Tensor) -> Tensor:
    return a - b


def rows(values: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(values, 0, index)
