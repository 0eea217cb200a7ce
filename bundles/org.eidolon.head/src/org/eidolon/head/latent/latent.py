# SPDX-License-Identifier: EPL-2.0
# What the full-size stages need around networks: choosing rows, parts of a batch, distances between pictures.


def rows(values: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(values, 0, index)


def part(values: Tensor, start: int, end: int) -> Tensor:
    return values.slice(0, start, end)


def join(parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)


def spread(value: Tensor, n: int) -> Tensor:
    # (1, …) -> (n, …)
    return value.expand([n] + value.size()[1:])


def scaled(values: Tensor, factor: float) -> Tensor:
    return values * factor


def between(rest: Tensor, full: Tensor, share: float) -> Tensor:
    # 0 is the first, 1 the second; beyond 1 on along the same line
    return rest + share * (full - rest)


def limited(picture: Tensor) -> Tensor:
    return torch.clamp(picture, -1.0, 1.0)


def unit(x: Tensor) -> Tensor:
    return x * torch.rsqrt(torch.square(x).sum([1], True) + 1e-8)


def distance(picture: Tensor, target: Tensor, features: List[Tensor], wanted: List[Tensor], weight: float) -> Tensor:
    # L1, and the distance of LPIPS (Zhang et al. 2018, eq. 1) with all channels of unit weight: feature vectors made unit
    # length, squared differences summed over channels and averaged over places; the mean over levels
    loss = torch.abs(picture - target).mean()
    for i in range(len(features)):
        apart = torch.square(unit(features[i]) - unit(wanted[i])).sum([1]).mean()
        loss = loss + apart * (weight / float(len(features)))
    return loss
