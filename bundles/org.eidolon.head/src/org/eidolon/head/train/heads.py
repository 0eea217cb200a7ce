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


def portrait(lit: Tensor, mask: Tensor, background: Tensor, exposure: Tensor, gamma: Tensor) -> Tensor:
    # lit (B, H, W, 3) over background (B, 3), with exposure and gamma (B) -> (B, H, W, 3) in 0..1
    picture = lit + (1.0 - mask) * background.reshape(-1, 1, 1, 3)
    picture = torch.clamp(picture * exposure.reshape(-1, 1, 1, 1), 0.0001, 1.0)
    return torch.pow(picture, gamma.reshape(-1, 1, 1, 1))


def put(store: Tensor, rows: Tensor, values: Tensor) -> Tensor:
    return store.index_copy_(0, rows, values.to(dtype=store.dtype))


def take(store: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(store, 0, rows)


def maps(store: Tensor, rows: Tensor, tokens: int, width: int) -> Tensor:
    # half-precision feature maps of people -> (B, 1, tokens, width)
    return torch.index_select(store, 0, rows).to(dtype=6).reshape(-1, 1, tokens, width)


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
