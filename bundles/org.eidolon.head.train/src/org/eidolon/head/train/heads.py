# SPDX-License-Identifier: EPL-2.0
# Heads and their pictures on the device, for training.


def vertices(neutral: Tensor, modes: Tensor, weights: Tensor) -> Tensor:
    # neutral (3V), modes (M, 3V), weights (B, M) -> (B, V, 3)
    return torch.addmm(neutral.unsqueeze(0), weights, modes).reshape(weights.size(0), -1, 3)


def paint(masks: Tensor, colours: Tensor, opacity: Tensor) -> Tensor:
    # masks (R, V), colours (B, 1+R, 3) with the tone first, opacity (B, R), all sRGB -> linear albedo (B, V, 3)
    b = int(colours.size(0))
    albedo = colours.slice(1, 0, 1).expand([b, int(masks.size(1)), 3])
    for r in range(int(masks.size(0))):
        cover = masks.select(0, r).unsqueeze(0) * opacity.slice(1, r, r + 1)
        albedo = torch.lerp(albedo, colours.slice(1, r + 1, r + 2), cover.unsqueeze(2))
    return torch.pow(albedo, 2.2)


def quantise(image: Tensor) -> Tensor:
    # (B, H, W, 3) in 0..1 -> (B, 3, H, W) uint8
    return (torch.clamp(image, 0.0, 1.0) * 255.0 + 0.5).to(dtype=0).permute(0, 3, 1, 2).contiguous()


def colour(lit: Tensor, albedo: Tensor, flat: Tensor) -> Tensor:
    # lit pictures, or where flat (B) is 1 the linear albedo (B, H, W, 3) encoded with a gamma of 2.2 -> uint8
    encoded = torch.pow(torch.clamp(albedo, 0.0, 1.0), 0.45454545)
    return quantise(torch.where(flat.reshape(-1, 1, 1, 1) > 0.5, encoded, lit))


def signed(pictures: Tensor) -> Tensor:
    # uint8 (B, 3, H, W) -> -1..1
    return pictures.to(dtype=6) * 0.00784313725 - 1.0


def hair(finish: Tensor, size: int) -> Tuple[Tensor, Tensor]:
    # finish (B, 14), see Finish -> colour (B, H, W, 3) and cover (B, H, W, 1) of hair around an aligned face
    f = finish.reshape(-1, 14, 1, 1)
    at = (torch.arange(size, dtype=6, device=finish.device) + 0.5) / float(size)
    u = at.reshape(1, 1, -1) - 0.5
    v = at.reshape(1, -1, 1)
    seed = f.select(1, 11)
    angle = torch.atan2(v - f.select(1, 4), u)
    wobble = 0.09 * torch.sin(5.0 * angle + seed) + 0.06 * torch.sin(11.0 * angle + 2.3 * seed)
    below = torch.clamp(v - f.select(1, 4), 0.0, 1.0) * f.select(1, 7) + torch.clamp(v - f.select(1, 4), -1.0, 0.0)
    head = torch.pow(u / f.select(1, 5), 2) + torch.pow(below / f.select(1, 6), 2)
    face = torch.pow(u / f.select(1, 8), 2) + torch.pow((v - f.select(1, 10)) / f.select(1, 9), 2)
    cover = f.select(1, 3) * torch.sigmoid((1.0 - head + wobble) * 26.0) * torch.sigmoid((face - 1.0 + wobble) * 26.0)
    strands = 1.0 + 0.12 * torch.sin(90.0 * u + 5.0 * torch.sin(7.0 * v + seed) + 9.0 * seed)
    colour = finish.slice(1, 0, 3).reshape(-1, 1, 1, 3) * strands.unsqueeze(3)
    return torch.clamp(colour, 0.0, 1.0), cover.unsqueeze(3)


def grain(like: Tensor, seed: Tensor) -> Tensor:
    # numbers in -1..1 that follow from place and seed (B) alone
    size = int(like.size(1))
    at = torch.arange(size, dtype=6, device=like.device)
    place = at.reshape(1, -1, 1, 1) * 12.9898 + at.reshape(1, 1, -1, 1) * 7.8233
    place = place + torch.arange(3, dtype=6, device=like.device).reshape(1, 1, 1, 3) * 3.7
    return 2.0 * torch.frac(torch.abs(torch.sin(place + seed.reshape(-1, 1, 1, 1)) * 437.5853)) - 1.0


def portrait(lit: Tensor, mask: Tensor, background: Tensor, exposure: Tensor, gamma: Tensor,
             finish: Tensor) -> Tensor:
    # lit (B, H, W, 3) over background (B, 3), with hair, exposure and gamma (B), blur, grain -> (B, H, W, 3) in 0..1
    picture = lit + (1.0 - mask) * background.reshape(-1, 1, 1, 3)
    colour, cover = hair(finish, int(lit.size(1)))
    picture = torch.lerp(picture, colour, cover)
    picture = torch.clamp(picture * exposure.reshape(-1, 1, 1, 1), 0.0001, 1.0)
    picture = torch.pow(picture, gamma.reshape(-1, 1, 1, 1))
    soft = torch.avg_pool2d(picture.permute(0, 3, 1, 2), [3, 3], [1, 1], [1, 1], False, False).permute(0, 2, 3, 1)
    picture = torch.lerp(picture, soft, finish.slice(1, 12, 13).reshape(-1, 1, 1, 1))
    picture = picture + grain(picture, finish.select(1, 11)) * finish.slice(1, 13, 14).reshape(-1, 1, 1, 1)
    return torch.clamp(picture, 0.0, 1.0)


def put(store: Tensor, rows: Tensor, values: Tensor) -> Tensor:
    return store.index_copy_(0, rows, values.to(dtype=store.dtype))


def take(store: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(store, 0, rows)


def maps(store: Tensor, rows: Tensor, tokens: int, width: int, noise: Tensor) -> Tensor:
    # half-precision feature maps of people -> (B, 1, tokens, width), with noise (B) in shares of each map's spread
    m = torch.index_select(store, 0, rows).to(dtype=6)
    m = m + torch.randn_like(m) * (m.std([1]) * noise).unsqueeze(1)
    return m.reshape(-1, 1, tokens, width)


def masked(values: Tensor, mask: Tensor) -> Tensor:
    # zero in the items of a batch where the mask (B) is 0
    return values * mask.view([-1] + [1] * (values.dim() - 1))


def total(a: Tensor, b: Tensor) -> Tensor:
    return a + b


def half_store(rows: int, width: int, like: Tensor) -> Tensor:
    return torch.zeros([rows, width], dtype=5, device=like.device)


def byte_store(rows: int, size: int, like: Tensor) -> Tensor:
    return torch.zeros([rows, 3, size, size], dtype=0, device=like.device)


def mean_absolute(a: Tensor, b: Tensor) -> Tensor:
    # per item, in 0..1 units of pictures in -1..1 -> (B)
    return torch.abs(a - b).mean([1, 2, 3]) * 0.5


def accumulate(sum: Tensor, value: Tensor) -> Tensor:
    return sum.add_(value.detach())


def reset(sum: Tensor) -> Tensor:
    return sum.zero_()


def copy(into: Tensor, values: Tensor) -> Tensor:
    return into.copy_(values)
