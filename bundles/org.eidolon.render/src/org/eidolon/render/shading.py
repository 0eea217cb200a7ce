# SPDX-License-Identifier: EPL-2.0
# Normals, light, textures.


def unit(v: Tensor) -> Tensor:
    return v / torch.sqrt((v * v).sum(-1, keepdim=True) + 1e-12)


def cross(a: Tensor, b: Tensor) -> Tensor:
    ax = a.select(-1, 0)
    ay = a.select(-1, 1)
    az = a.select(-1, 2)
    bx = b.select(-1, 0)
    by = b.select(-1, 1)
    bz = b.select(-1, 2)
    return torch.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], -1)


def normals(vertices: Tensor, faces: Tensor) -> Tensor:
    # (P, 3), faces (F, 3) rows of it -> (P, 3) unit, weighted by area
    corner = torch.index_select(vertices, 0, faces.reshape(-1)).reshape(-1, 3, 3)
    a = corner.select(1, 0)
    n = cross(corner.select(1, 1) - a, corner.select(1, 2) - a)
    sum = torch.zeros_like(vertices)
    sum = torch.index_add(sum, 0, faces.select(1, 0), n)
    sum = torch.index_add(sum, 0, faces.select(1, 1), n)
    sum = torch.index_add(sum, 0, faces.select(1, 2), n)
    return unit(sum)


def shared_normals(vertices: Tensor, faces: Tensor) -> Tensor:
    # (B, V, 3) with one face list -> (B, V, 3)
    b = int(vertices.size(0))
    v = int(vertices.size(1))
    start = torch.arange(b, dtype=4, device=vertices.device) * v
    whole = (faces.unsqueeze(0) + start.reshape(-1, 1, 1)).reshape(-1, 3)
    return normals(vertices.reshape(-1, 3), whole).reshape(b, v, 3)


def batched(vertices: Tensor, count: int) -> Tensor:
    return vertices.reshape(count, -1, 3)


def flat(vertices: Tensor) -> Tensor:
    return vertices.reshape(-1, 3)


def as_colour(normal: Tensor) -> Tensor:
    return normal * 0.5 + 0.5


def to_camera(normal: Tensor, view: Tensor, rotation: Tensor) -> Tensor:
    # (N, 3) interpolated world normals, view (N), rotation (B, 3, 3) -> (N, 3) unit, camera space
    m = torch.index_select(rotation, 0, view)
    return unit(torch.matmul(m, normal.unsqueeze(2)).squeeze(2))


def irradiance(n: Tensor, view: Tensor, lights: Tensor) -> Tensor:
    # n (N, 3) camera space; lights (B, 44), see Light -> (N, 3)
    g = torch.index_select(lights, 0, view)
    key = torch.relu((n * g.slice(1, 4, 7)).sum(1, keepdim=True)) * g.slice(1, 7, 10)
    fill = torch.relu((n * g.slice(1, 10, 13)).sum(1, keepdim=True)) * g.slice(1, 13, 16)
    x = n.slice(1, 0, 1)
    y = n.slice(1, 1, 2)
    z = n.slice(1, 2, 3)
    # real spherical harmonics up to order 2 (Ramamoorthi and Hanrahan 2001)
    basis = torch.cat([torch.full_like(x, 0.282095), 0.488603 * y, 0.488603 * z, 0.488603 * x, 1.092548 * x * y,
                       1.092548 * y * z, 0.315392 * (3.0 * z * z - 1.0), 1.092548 * x * z,
                       0.546274 * (x * x - y * y)], 1)
    harmonics = (basis.unsqueeze(2) * g.slice(1, 17, 44).reshape(-1, 9, 3)).sum(1)
    return torch.relu(g.slice(1, 1, 4) + key + fill + harmonics)


def lit(albedo: Tensor, n: Tensor, view: Tensor, lights: Tensor) -> Tensor:
    # (N, 3) albedo under its view's light; a light whose first number is 0 leaves the albedo flat
    g = torch.index_select(lights, 0, view)
    on = g.slice(1, 0, 1)
    shaded = albedo * irradiance(n, view, lights)
    gamma = g.slice(1, 16, 17)
    shaded = torch.pow(torch.clamp(shaded, 1e-4, 1.0), gamma)
    return on * shaded + (1.0 - on) * albedo


def sample(texture: Tensor, uv: Tensor) -> Tensor:
    # texture (H, W, C), uv (N, 2) from the upper left, bilinear, repeated at the border -> (N, C)
    grid = (uv * 2.0 - 1.0).reshape(1, 1, -1, 2)
    picked = torch.grid_sampler(texture.permute(2, 0, 1).unsqueeze(0), grid, 0, 1, False)
    return picked.reshape(texture.size(2), -1).transpose(0, 1)


def heads(ids: Tensor, clip: Tensor, faces: Tensor, normal: Tensor, colour: Tensor, rotation: Tensor,
          lights: Tensor, per: int) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    # The training-data path: ids (B, 2h, 2w) of heads that share faces, `per` views in a row of each; clip (B, V, 4);
    # normal, colour (B / per, V, 3)
    # -> normal image, albedo, lit, each (B, h, w, 3), and mask (B, h, w, 1), averaged down by 2
    b = int(ids.size(0))
    height = int(ids.size(1))
    width = int(ids.size(2))
    v = int(clip.size(1))
    flat = ids.reshape(-1)
    pixel = torch.nonzero(flat).squeeze(1)
    view = torch.div(pixel, height * width, rounding_mode="trunc")
    local = torch.index_select(faces, 0, torch.index_select(flat, 0, pixel) - 1)
    seen = (local + (view * v).unsqueeze(1)).reshape(-1)
    rows = (local + (torch.div(view, per, rounding_mode="trunc") * v).unsqueeze(1)).reshape(-1)
    rest = pixel - view * (height * width)
    line = torch.div(rest, width, rounding_mode="trunc")
    nx = ((rest - line * width).to(dtype=6) + 0.5) * (2.0 / float(width)) - 1.0
    ny = 1.0 - (line.to(dtype=6) + 0.5) * (2.0 / float(height))
    corner = torch.index_select(clip.reshape(-1, 4), 0, seen).reshape(-1, 3, 4)
    w = corner.select(2, 3)
    x = corner.select(2, 0) - nx.unsqueeze(1) * w
    y = corner.select(2, 1) - ny.unsqueeze(1) * w
    areas = torch.stack([x.select(1, 1) * y.select(1, 2) - x.select(1, 2) * y.select(1, 1),
                         x.select(1, 2) * y.select(1, 0) - x.select(1, 0) * y.select(1, 2),
                         x.select(1, 0) * y.select(1, 1) - x.select(1, 1) * y.select(1, 0)], 1)
    total = areas.sum(1, keepdim=True)
    total = torch.where(torch.abs(total) < 1e-20, torch.full_like(total, 1e-20), total)
    weights = (areas / total).unsqueeze(2)
    n = (torch.index_select(normal.reshape(-1, 3), 0, rows).reshape(-1, 3, 3) * weights).sum(1)
    n = to_camera(n, view, rotation)
    c = (torch.index_select(colour.reshape(-1, 3), 0, rows).reshape(-1, 3, 3) * weights).sum(1)
    packed = torch.cat([n * 0.5 + 0.5, c, lit(c, n, view, lights), torch.ones_like(nx).unsqueeze(1)], 1)
    frame = torch.zeros([b * height * width, 10], dtype=6, device=clip.device)
    frame = torch.index_copy(frame, 0, pixel, packed)
    frame = frame.reshape(b, height // 2, 2, width // 2, 2, 10).mean([2, 4])
    return frame.slice(3, 0, 3), frame.slice(3, 3, 6), frame.slice(3, 6, 9), frame.slice(3, 9, 10)
