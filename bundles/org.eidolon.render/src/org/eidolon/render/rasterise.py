# SPDX-License-Identifier: EPL-2.0
# Everything after visibility: tensor algebra that gradients pass through.


def transform(matrix: Tensor, vertices: Tensor) -> Tensor:
    # (B, 4, 4) and (B, V, 3) -> (B, V, 4)
    turned = torch.matmul(vertices, matrix.slice(2, 0, 3).transpose(1, 2))
    return turned + matrix.select(2, 3).unsqueeze(1)


def transform_repeated(matrix: Tensor, vertices: Tensor, per: int) -> Tensor:
    # (B * per, 4, 4) and (B, V, 3), `per` views in a row of each -> (B * per, V, 4)
    return transform(matrix, torch.repeat_interleave(vertices, per, 0))


def transform_views(matrix: Tensor, vertices: Tensor, start: List[int], count: List[int]) -> Tensor:
    # view v sees vertices start[v] .. start[v] + count[v] of the packed (P, 3) -> all views' clip positions, packed
    vertices = vertices.reshape(-1, 3)
    parts: List[Tensor] = []
    first = 0
    for v in range(len(start)):
        # views of the same vertices in a row go together
        last = v + 1 == len(start)
        if not last:
            last = start[v + 1] != start[v] or count[v + 1] != count[v]
        if last:
            own = vertices.slice(0, start[v], start[v] + count[v])
            parts.append(transform(matrix.slice(0, first, v + 1), own.unsqueeze(0)).reshape(-1, 4))
            first = v + 1
    return torch.cat(parts)


def fragments(clip: Tensor, ids: Tensor, faces: Tensor, face_start: List[int], vertex_start: List[int],
              view_start: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    # clip (P, 4) of all views; ids (B, H, W). Perspective-correct barycentrics from homogeneous edge functions
    # (Olano and Greer 1997): no division by w, so the gradient is that of the true projection.
    # -> pixel (N), view (N), face row (N), vertex rows (N, 3), barycentrics (N, 3), inverse depth (B, H, W)
    d = clip.device
    height = int(ids.size(1))
    width = int(ids.size(2))
    flat = ids.reshape(-1)
    pixel = torch.nonzero(flat).squeeze(1)
    view = torch.div(pixel, height * width, rounding_mode="trunc")
    face = torch.index_select(flat, 0, pixel) - 1 \
        + torch.index_select(torch.tensor(face_start, dtype=4, device=d), 0, view)
    local = torch.index_select(faces, 0, face)
    seen = local + torch.index_select(torch.tensor(view_start, dtype=4, device=d), 0, view).unsqueeze(1)
    rows = local + torch.index_select(torch.tensor(vertex_start, dtype=4, device=d), 0, view).unsqueeze(1)
    rest = pixel - view * (height * width)
    line = torch.div(rest, width, rounding_mode="trunc")
    nx = ((rest - line * width).to(dtype=6) + 0.5) * (2.0 / float(width)) - 1.0
    ny = 1.0 - (line.to(dtype=6) + 0.5) * (2.0 / float(height))
    corner = torch.index_select(clip, 0, seen.reshape(-1)).reshape(-1, 3, 4)
    w = corner.select(2, 3)
    x = corner.select(2, 0) - nx.unsqueeze(1) * w
    y = corner.select(2, 1) - ny.unsqueeze(1) * w
    a0 = x.select(1, 1) * y.select(1, 2) - x.select(1, 2) * y.select(1, 1)
    a1 = x.select(1, 2) * y.select(1, 0) - x.select(1, 0) * y.select(1, 2)
    a2 = x.select(1, 0) * y.select(1, 1) - x.select(1, 1) * y.select(1, 0)
    areas = torch.stack([a0, a1, a2], 1)
    total = areas.sum(1, keepdim=True)
    # a triangle that is a sliver to float32 but not to the snapped integers: leave it finite
    total = torch.where(torch.abs(total) < 1e-20, torch.full_like(total, 1e-20), total)
    weights = areas / total
    depth = (weights * w).sum(1).detach()
    inverse = torch.zeros(flat.size(0), dtype=6, device=d)
    inverse = torch.index_copy(inverse, 0, pixel, 1.0 / torch.clamp(depth, min=1e-6))
    return pixel, view, face, rows, weights, inverse.reshape(ids.size(0), height, width)


def interpolate(values: Tensor, rows: Tensor, weights: Tensor) -> Tensor:
    # (..., C) at rows (N, 3) of it -> (N, C)
    c = values.size(-1)
    gathered = torch.index_select(values.reshape(-1, c), 0, rows.reshape(-1)).reshape(-1, 3, c)
    return (gathered * weights.unsqueeze(2)).sum(1)


def interpolate_corners(corners: Tensor, face: Tensor, weights: Tensor) -> Tensor:
    # (F, 3, C) values at each face's own corners (UV coordinates across seams) -> (N, C)
    return (torch.index_select(corners, 0, face) * weights.unsqueeze(2)).sum(1)


def image(samples: Tensor, pixel: Tensor, views: int, height: int, width: int, background: float) -> Tensor:
    # (N, C) -> (B, H, W, C)
    c = int(samples.size(1))
    empty = torch.full([views * height * width, c], background, dtype=6, device=samples.device)
    return torch.index_copy(empty, 0, pixel, samples).reshape(views, height, width, c)


def coverage(ids: Tensor) -> Tensor:
    # (B, H, W) -> (B, H, W, 1)
    return (ids > 0).to(dtype=6).unsqueeze(3)


def half(images: Tensor) -> Tensor:
    # (B, H, W, C) -> (B, H/2, W/2, C), mean of 2x2
    b = int(images.size(0))
    h = int(images.size(1)) // 2
    w = int(images.size(2)) // 2
    c = int(images.size(3))
    return images.reshape(b, h, 2, w, 2, c).mean([2, 4])


def spread(count: List[int], start: List[int], like: Tensor) -> Tuple[Tensor, Tensor]:
    # several stretches in one list: which one each place is of, and start[i], start[i] + 1, … in it; on the device of
    # `like`
    total = 0
    shift: List[int] = []
    for i in range(len(count)):
        shift.append(start[i] - total)
        total = total + count[i]
    d = like.device
    which = torch.repeat_interleave(torch.tensor(count, dtype=4, device=d), output_size=total)
    return which, torch.arange(total, dtype=4, device=d) \
        + torch.index_select(torch.tensor(shift, dtype=4, device=d), 0, which)


def expand(faces: Tensor, face_start: List[int], face_count: List[int],
           view_start: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
    # the triangles of several views in one list: rows of the views' vertices, view number, number within the view
    d = faces.device
    view, face = spread(face_count, face_start, faces)
    rows = torch.index_select(faces, 0, face) \
        + torch.index_select(torch.tensor(view_start, dtype=4, device=d), 0, view).unsqueeze(1)
    return rows, view, face - torch.index_select(torch.tensor(face_start, dtype=4, device=d), 0, view)


def offset_faces(faces: Tensor, face_count: List[int], vertex_start: List[int]) -> Tensor:
    # faces (F, 3) numbered within their mesh -> rows of the packed vertices
    count = torch.tensor(face_count, dtype=4, device=faces.device)
    start = torch.tensor(vertex_start, dtype=4, device=faces.device)
    return faces + torch.repeat_interleave(start, count, output_size=int(faces.size(0))).unsqueeze(1)


def twins(whole: Tensor, vertices: int) -> Tensor:
    # whole (F, 3) faces by row of the vertices -> (F, 3) int64: half-edge k runs from corner k to corner k+1; the row of
    # the face across it, or -1
    f = int(whole.size(0))
    d = whole.device
    other = torch.stack([whole.select(1, 1), whole.select(1, 2), whole.select(1, 0)], 1)
    key = (torch.minimum(whole, other) * vertices + torch.maximum(whole, other)).reshape(-1)
    sorted, order = torch.sort(key)
    n = 3 * f
    result = torch.full([n], -1, dtype=4, device=d)
    if n < 2:
        return result.reshape(f, 3)
    same = sorted.slice(0, 1, n) == sorted.slice(0, 0, n - 1)
    no = torch.zeros([1], dtype=11, device=d)
    before = torch.cat([no, same])
    after = torch.cat([same, no])
    place = torch.arange(n, dtype=4, device=d)
    run = torch.cummax(torch.where(before, torch.zeros_like(place), place), 0)[0]
    # an edge of more than two faces is paired off two by two
    left = torch.nonzero(after & (torch.bitwise_and(place - run, 1) == 0)).squeeze(1)
    one = torch.index_select(order, 0, left)
    two = torch.index_select(order, 0, left + 1)
    result = torch.index_copy(result, 0, one, torch.div(two, 3, rounding_mode="trunc"))
    result = torch.index_copy(result, 0, two, torch.div(one, 3, rounding_mode="trunc"))
    return result.reshape(f, 3)


def silhouette(clip: Tensor, faces: Tensor, twin: Tensor, face_start: List[int], face_count: List[int],
               view_start: List[int], cull: bool) -> Tuple[Tensor, Tensor]:
    # -> vertex rows (S, 3): ends of the edge and the corner across it, on the front face; view (S)
    d = clip.device
    w = clip.select(1, 3)
    inverse = 1.0 / torch.clamp(w, min=1e-6)
    x = clip.select(1, 0) * inverse
    y = clip.select(1, 1) * inverse
    behind = w <= 1e-6
    view, face = spread(face_count, face_start, faces)
    f = torch.index_select(faces, 0, face) \
        + torch.index_select(torch.tensor(view_start, dtype=4, device=d), 0, view).unsqueeze(1)
    t = torch.index_select(twin, 0, face)
    open = t < 0
    # the same face across, in this view's stretch of the list
    t = t + (torch.arange(face.size(0), dtype=4, device=d) - face).unsqueeze(1)
    a = f.select(1, 0)
    b = f.select(1, 1)
    c = f.select(1, 2)
    xa = torch.index_select(x, 0, a)
    ya = torch.index_select(y, 0, a)
    area = (torch.index_select(x, 0, b) - xa) * (torch.index_select(y, 0, c) - ya) \
        - (torch.index_select(x, 0, c) - xa) * (torch.index_select(y, 0, b) - ya)
    lost = torch.index_select(behind, 0, a) | torch.index_select(behind, 0, b) | torch.index_select(behind, 0, c)
    front = (area > 0) & ~lost
    across = torch.index_select(front, 0, torch.where(open, torch.zeros_like(t), t).reshape(-1)).reshape(-1, 3)
    edges = front.unsqueeze(1) & (open | ~across)
    if not cull:
        edges = edges | (open & ~lost.unsqueeze(1))
    found = torch.nonzero(edges.reshape(-1)).squeeze(1)
    at = torch.div(found, 3, rounding_mode="trunc")
    own = torch.index_select(f, 0, at)
    k = (found - 3 * at).unsqueeze(1)
    rows = torch.cat([torch.gather(own, 1, k), torch.gather(own, 1, torch.remainder(k + 1, 3)),
                      torch.gather(own, 1, torch.remainder(k + 2, 3))], 1)
    return rows, torch.index_select(view, 0, at)


def antialias(images: Tensor, clip: Tensor, faces: Tensor, twin: Tensor, face_start: List[int], face_count: List[int],
              view_start: List[int], inverse: Tensor, cull: bool) -> Tensor:
    # Blends the two pixels that a silhouette edge passes between by where it passes: this moves outlines.
    # images (B, H, W, C); inverse (B, H, W) = 1 / depth, 0 on the background.
    height = int(images.size(1))
    width = int(images.size(2))
    channels = int(images.size(3))
    rows, view = silhouette(clip.detach(), faces, twin, face_start, face_count, view_start, cull)
    if int(view.size(0)) == 0:
        return images
    corner = torch.index_select(clip, 0, rows.reshape(-1)).reshape(-1, 3, 4)
    over = 1.0 / torch.clamp(corner.select(2, 3), min=1e-6)
    x = (corner.select(2, 0) * over * 0.5 + 0.5) * float(width)
    y = (0.5 - corner.select(2, 1) * over * 0.5) * float(height)
    # u runs across the edge, s along it: rows for a steep edge, columns for a flat one, and both, by weight, for one
    # in between: a sudden change of direction along an outline would leave out or count twice part of a pixel
    rise = torch.abs(y.select(1, 1) - y.select(1, 0)).detach()
    run = torch.abs(x.select(1, 1) - x.select(1, 0)).detach()
    blend = torch.clamp((rise / torch.clamp(rise + run, min=1e-12) - 0.25) * 2.0, 0.0, 1.0)
    blend = blend * blend * (3.0 - 2.0 * blend)
    by_row = torch.nonzero(blend > 0).squeeze(1)
    by_column = torch.nonzero(blend < 1).squeeze(1)
    both = torch.cat([by_row, by_column])
    share = torch.cat([torch.index_select(blend, 0, by_row), 1.0 - torch.index_select(blend, 0, by_column)])
    steep = torch.arange(both.size(0), dtype=4, device=clip.device) < by_row.size(0)
    x = torch.index_select(x, 0, both)
    y = torch.index_select(y, 0, both)
    over = torch.index_select(over, 0, both)
    view = torch.index_select(view, 0, both)
    u = torch.where(steep.unsqueeze(1), x, y)
    s = torch.where(steep.unsqueeze(1), y, x)
    swap = s.select(1, 0) > s.select(1, 1)
    u0 = torch.where(swap, u.select(1, 1), u.select(1, 0))
    u1 = torch.where(swap, u.select(1, 0), u.select(1, 1))
    s0 = torch.where(swap, s.select(1, 1), s.select(1, 0))
    s1 = torch.where(swap, s.select(1, 0), s.select(1, 1))
    d0 = torch.where(swap, over.select(1, 1), over.select(1, 0)).detach()
    d1 = torch.where(swap, over.select(1, 0), over.select(1, 1)).detach()
    side = (u1 - u0) * (s.select(1, 2) - s0) - (s1 - s0) * (u.select(1, 2) - u0)
    lower = side.detach() > 0
    across = torch.where(steep, torch.full_like(view, height), torch.full_like(view, width))
    begin = torch.clamp(torch.ceil(torch.clamp(s0.detach(), -1.0, 1e6) - 0.5).to(dtype=4), min=0)
    end = torch.minimum(torch.ceil(torch.clamp(s1.detach(), -1.0, 1e6) - 0.5).to(dtype=4), across)
    count = torch.clamp(end - begin, min=0)
    owner = torch.repeat_interleave(count)
    done = torch.cumsum(count, 0) - count
    line = torch.arange(owner.size(0), dtype=4, device=clip.device) \
        - torch.index_select(done - begin, 0, owner)
    a = torch.index_select(s0, 0, owner)
    span = torch.index_select(s1, 0, owner) - a
    part = (line.to(dtype=6) + 0.5 - a) / torch.clamp(span, min=1e-12)
    v0 = torch.index_select(u0, 0, owner)
    place = v0 + part * (torch.index_select(u1, 0, owner) - v0) - 0.5
    cell = torch.floor(torch.clamp(place.detach(), -2.0, 1e6)).to(dtype=4)
    lower = torch.index_select(lower, 0, owner)
    steep = torch.index_select(steep, 0, owner)
    fits = (cell >= 0) & (cell + 1 < torch.where(steep, torch.full_like(cell, width), torch.full_like(cell, height)))
    near = torch.index_select(d0, 0, owner)
    near = near + part.detach() * (torch.index_select(d1, 0, owner) - near)
    base = torch.index_select(view, 0, owner) * (height * width)
    first = torch.where(steep, base + line * width + cell, base + cell * width + line)
    second = first + torch.where(steep, torch.full_like(cell, 1), torch.full_like(cell, width))
    inner = torch.where(lower, first, second)
    outer = torch.where(lower, second, first)
    depths = inverse.reshape(-1)
    safe = torch.zeros_like(inner)
    behind = torch.index_select(depths, 0, torch.where(fits, outer, safe))
    inside = torch.index_select(depths, 0, torch.where(fits, inner, safe))
    # the edge must lie before what the outer pixel shows, and the inner pixel must show its surface
    use = torch.nonzero(fits & (near > behind * 1.001) & (inside > near * 0.95)).squeeze(1)
    inner = torch.index_select(inner, 0, use)
    outer = torch.index_select(outer, 0, use)
    place = torch.index_select(place, 0, use)
    gap = place - torch.index_select(cell, 0, use).to(dtype=6)
    lower = torch.index_select(lower, 0, use)
    reach = torch.where(lower, gap, 1.0 - gap) - 0.5
    # of several edges between two pixels the outermost is the outline: folds behind it do not show
    slot = inner * 4 + torch.index_select(steep, 0, use).to(dtype=4) * 2 + lower.to(dtype=4)
    number = torch.arange(use.size(0), dtype=4, device=clip.device)
    rank = torch.bitwise_left_shift(((reach.detach() + 0.5) * 16777216.0).to(dtype=4), 32) + number
    best = torch.zeros([depths.size(0) * 4], dtype=4, device=clip.device)
    best = torch.scatter_reduce(best, 0, slot, rank, "amax", include_self=True)
    won = torch.nonzero(torch.index_select(best, 0, slot) == rank).squeeze(1)
    use = torch.index_select(use, 0, won)
    inner = torch.index_select(inner, 0, won)
    outer = torch.index_select(outer, 0, won)
    reach = torch.index_select(reach, 0, won)
    share = torch.index_select(torch.index_select(share, 0, owner), 0, use)
    flat = images.reshape(-1, channels)
    change = (reach * share).unsqueeze(1) * (torch.index_select(flat, 0, inner) - torch.index_select(flat, 0, outer))
    target = torch.where(reach.detach() > 0, outer, inner)
    return torch.index_add(flat, 0, target, change).reshape(images.size(0), height, width, channels)
