# SPDX-License-Identifier: EPL-2.0
# Which triangle does each pixel see? All arithmetic after `snap` is on integers (and exact doubles),
# so that JavaVisibility, which repeats it, gives the same answer to the pixel.


def snap(clip: Tensor, width: int, height: int) -> Tensor:
    # (..., 4) clip coordinates -> (..., 3) int32: x and y in 1/256 pixel (row 0 on top), depth in 24 bits.
    # x = -2^31 marks a vertex outside the depth range or far outside the image: its triangles are left out.
    p = clip.detach()
    w = p.select(-1, 3)
    inverse = 1.0 / torch.clamp(w, min=1e-6)
    x = torch.round((p.select(-1, 0) * inverse * 0.5 + 0.5) * float(width * 256))
    y = torch.round((0.5 - p.select(-1, 1) * inverse * 0.5) * float(height * 256))
    z = torch.round((p.select(-1, 2) * inverse * 0.5 + 0.5) * 16777216.0)
    good = (w > 1e-6) & (torch.abs(x) < 8388608.0) & (torch.abs(y) < 8388608.0) & (z >= 0.0) & (z <= 16777216.0)
    zero = torch.zeros_like(x)
    x = torch.where(good, x, torch.full_like(x, -2147483648.0))
    y = torch.where(good, y, zero)
    z = torch.where(good, z, zero)
    return torch.stack([x, y, z], -1).to(dtype=3)


def edge(ax: Tensor, ay: Tensor, bx: Tensor, by: Tensor) -> Tensor:
    # (K, 3) coefficients of the doubled edge function, less one where the edge is neither top nor left,
    # over pixel numbers: inside is >= 0.
    dx = bx - ax
    dy = by - ay
    biased = (dy > 0) | ((dy == 0) & (dx <= 0))
    constant = 2 * (dx * (128 - ay) - dy * (128 - ax)) - biased.to(dtype=4)
    return torch.stack([-512 * dy, 512 * dx, constant], 1)


def visible(snapped: Tensor, faces: Tensor, image: Tensor, local: Tensor, images: int, width: int, height: int,
            cull: bool, limit: int) -> Tensor:
    # snapped (P, 3) int32; faces (T, 3) rows of snapped; image (T) and local (T): the image a triangle belongs to
    # and its number there; at most `limit` candidate pixels (plus one triangle's) are held at a time.
    # -> (images, height, width) int64, 0 = nothing, else local + 1
    corner = torch.index_select(snapped, 0, faces.reshape(-1)).reshape(-1, 3, 3)
    low = corner.amin(1)
    high = corner.amax(1)
    left = torch.clamp(torch.bitwise_right_shift(low.select(1, 0) + 127, 8), min=0)
    top = torch.clamp(torch.bitwise_right_shift(low.select(1, 1) + 127, 8), min=0)
    right = torch.clamp(torch.bitwise_right_shift(high.select(1, 0) - 128, 8), max=width - 1)
    bottom = torch.clamp(torch.bitwise_right_shift(high.select(1, 1) - 128, 8), max=height - 1)
    keep = (low.select(1, 0) > -2147483648) & (right >= left) & (bottom >= top)
    chosen = torch.nonzero(keep).squeeze(1)
    corner = torch.index_select(corner, 0, chosen).to(dtype=4)
    x = corner.select(2, 0)
    y = corner.select(2, 1)
    x0 = x.select(1, 0)
    y0 = y.select(1, 0)
    area = (x.select(1, 1) - x0) * (y.select(1, 2) - y0) - (x.select(1, 2) - x0) * (y.select(1, 1) - y0)
    if cull:
        keep = area < 0
    else:
        keep = area != 0
    second = torch.nonzero(keep).squeeze(1)
    chosen = torch.index_select(chosen, 0, second)
    corner = torch.index_select(corner, 0, second)
    area = torch.index_select(area, 0, second)
    left = torch.index_select(left, 0, chosen).to(dtype=4)
    top = torch.index_select(top, 0, chosen).to(dtype=4)
    columns = torch.index_select(right, 0, chosen).to(dtype=4) - left + 1
    rows = torch.index_select(bottom, 0, chosen).to(dtype=4) - top + 1
    image = torch.index_select(image, 0, chosen)
    local = torch.index_select(local, 0, chosen)
    # front faces run anticlockwise seen with y up, so clockwise here: swap two corners to make the area positive
    turned = (area < 0).unsqueeze(1)
    a = corner.select(1, 0)
    b = torch.where(turned, corner.select(1, 2), corner.select(1, 1))
    c = torch.where(turned, corner.select(1, 1), corner.select(1, 2))
    table = torch.cat([
        edge(b.select(1, 0), b.select(1, 1), c.select(1, 0), c.select(1, 1)),
        edge(c.select(1, 0), c.select(1, 1), a.select(1, 0), a.select(1, 1)),
        edge(a.select(1, 0), a.select(1, 1), b.select(1, 0), b.select(1, 1)),
        torch.stack([left, top, columns, image * (height * width), local], 1)], 1)
    depth = torch.stack([a.select(1, 2), b.select(1, 2), c.select(1, 2)], 1).to(dtype=7)
    scale = 64.0 / torch.abs(area).to(dtype=7)
    count = columns * rows
    end = torch.cumsum(count, 0)
    triangles = int(count.size(0))
    total = 0
    if triangles > 0:
        total = int(end[triangles - 1].item())
    none = 9223372036854775807
    frame = torch.full([images * height * width], none, dtype=4, device=snapped.device)
    parts = (total + limit - 1) // limit
    first = 0
    for part in range(parts):
        last = triangles
        if part + 1 < parts:
            last = int((end <= (part + 1) * limit).sum().item())
        if last > first:
            n = count.slice(0, first, last)
            begin = end.slice(0, first, last) - n
            start = int(begin[0].item())
            size = int(end[last - 1].item()) - start
            owner = torch.repeat_interleave(n, output_size=size)
            rank = torch.arange(size, dtype=4, device=snapped.device) - torch.index_select(begin - start, 0, owner)
            row = torch.index_select(table.slice(0, first, last), 0, owner)
            step = torch.div(rank, row.select(1, 11), rounding_mode="trunc")
            px = row.select(1, 9) + rank - step * row.select(1, 11)
            py = row.select(1, 10) + step
            e0 = row.select(1, 0) * px + row.select(1, 1) * py + row.select(1, 2)
            e1 = row.select(1, 3) * px + row.select(1, 4) * py + row.select(1, 5)
            e2 = row.select(1, 6) * px + row.select(1, 7) * py + row.select(1, 8)
            inside = torch.nonzero(torch.bitwise_or(torch.bitwise_or(e0, e1), e2) >= 0).squeeze(1)
            owner = torch.index_select(owner, 0, inside) + first
            z = torch.index_select(depth, 0, owner)
            w0 = torch.bitwise_right_shift(torch.index_select(e0, 0, inside) + 1, 1).to(dtype=7)
            w1 = torch.bitwise_right_shift(torch.index_select(e1, 0, inside) + 1, 1).to(dtype=7)
            w2 = torch.bitwise_right_shift(torch.index_select(e2, 0, inside) + 1, 1).to(dtype=7)
            sum = w0 * z.select(1, 0) + w1 * z.select(1, 1) + w2 * z.select(1, 2)
            distance = torch.floor(sum * torch.index_select(scale, 0, owner)).to(dtype=4)
            key = torch.bitwise_left_shift(distance, 32) + torch.index_select(table.select(1, 13), 0, owner)
            pixel = torch.index_select(row.select(1, 12), 0, inside) \
                + torch.index_select(py, 0, inside) * width + torch.index_select(px, 0, inside)
            frame = torch.scatter_reduce(frame, 0, pixel, key, "amin", include_self=True)
        first = last
    id = torch.where(frame == none, torch.zeros_like(frame), torch.bitwise_and(frame, 4294967295) + 1)
    return id.reshape(images, height, width)
