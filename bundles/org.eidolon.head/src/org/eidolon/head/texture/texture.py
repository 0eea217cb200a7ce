# SPDX-License-Identifier: EPL-2.0
# Albedo as a field over head space, and pictures of surfaces that wear it.


def locate(positions: Tensor, box: Tensor) -> Tensor:
    # positions (N, 3), box (6): low and size -> where they lie in a grid over the box, -1..1, (1, 1, 1, N, 3)
    return ((positions - box.slice(0, 0, 3)) / box.slice(0, 3, 6) * 2.0 - 1.0).reshape(1, 1, 1, -1, 3)


def look(grid: Tensor, place: Tensor) -> Tensor:
    # grid (1, C, D, H, W) -> (C, N), trilinear; outside it fades to 0 within a cell
    return torch.grid_sampler(grid, place, 0, 0, True).reshape(int(grid.size(1)), -1)


def albedo(shared: List[Tensor], shared_boxes: Tensor, own: List[Tensor], own_boxes: Tensor, tone: Tensor,
           mlp: List[Tensor], positions: Tensor, expressions: List[int], counts: List[int]) -> Tensor:
    # positions (N, 3): counts[k] of them on expression expressions[k], one after another; shared (1, C, D, H, W);
    # own (E, C, D, H, W); tone (3) -> sRGB albedo (N, 3) in 0..1
    parts: List[Tensor] = []
    for i in range(len(shared)):
        parts.append(look(shared[i], locate(positions, shared_boxes.select(0, i))))
    for i in range(len(own)):
        place = locate(positions, own_boxes.select(0, i))
        pieces: List[Tensor] = []
        at = 0
        for k in range(len(expressions)):
            e = expressions[k]
            pieces.append(look(own[i].slice(0, e, e + 1), place.slice(3, at, at + counts[k])))
            at = at + counts[k]
        parts.append(torch.cat(pieces, 1))
    x = torch.matmul(mlp[0], torch.cat(parts, 0)) + mlp[1].unsqueeze(1)
    x = torch.matmul(mlp[2], torch.silu(x)) + mlp[3].unsqueeze(1)
    return torch.sigmoid(x + tone.unsqueeze(1)).transpose(0, 1)


def linear(srgb: Tensor) -> Tensor:
    # the gamma of 2.2 stands for sRGB's curve, as in Lighting
    return torch.pow(srgb, 2.2)


def join(parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)


def numbered(pixels: List[Tensor], pixels_each: int) -> Tuple[Tensor, Tensor]:
    # covered pixels of each picture -> covered pixels counted through the batch, and the picture of each
    places: List[Tensor] = []
    views: List[Tensor] = []
    for i in range(len(pixels)):
        places.append(pixels[i] + i * pixels_each)
        views.append(torch.full_like(pixels[i], i))
    return torch.cat(places, 0), torch.cat(views, 0)


def pictures(values: Tensor, pixel: Tensor, flat: Tensor, size: int) -> Tensor:
    # values (N, 3) at covered pixels of (B, 2 size, 2 size): encoded where lit, linear where flat (B) is 1; averaged
    # down by 2 as the priors' pictures are, then flat ones are encoded -> (B, 3, size, size) in -1..1, black outside
    b = int(flat.size(0))
    empty = torch.zeros([b * 4 * size * size, 3], dtype=6, device=values.device)
    image = torch.index_copy(empty, 0, pixel, values).reshape(b, size, 2, size, 2, 3).mean([2, 4])
    seen = image > 1e-5
    encoded = torch.where(seen, torch.pow(torch.clamp(image, min=1e-5), 0.45454545), image)
    image = torch.where(flat.reshape(-1, 1, 1, 1) > 0.5, encoded, image)
    return image.permute(0, 3, 1, 2) * 2.0 - 1.0


def objective(images: Tensor, residual: Tensor) -> Tensor:
    # its gradient by the images is that of the mean square of the residual, taken as picture minus a fixed target
    return (images * residual).sum() * (2.0 / float(images.numel()))


def columns(first: Tensor, others: Tensor, count: int) -> Tensor:
    # pictures of `count` columns, one in `first` and several in `others` each -> column by column
    c = int(first.size(1))
    h = int(first.size(2))
    w = int(first.size(3))
    return torch.cat([first.reshape(count, -1, c, h, w), others.reshape(count, -1, c, h, w)], 1).reshape(-1, c, h, w)


def copy(into: Tensor, values: Tensor) -> Tensor:
    return into.detach().copy_(values)
