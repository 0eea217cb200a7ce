# SPDX-License-Identifier: EPL-2.0


def pooled(x: Tensor) -> Tensor:
    small = torch.avg_pool2d(x, [2, 2])
    return torch.cat([small, small.mean([1], True)], 1)


def spread(x: Tensor) -> Tensor:
    return torch.upsample_nearest2d(x.slice(1, 0, 3), [2 * x.size(2), 2 * x.size(3)])


def weighed(values: Tensor, weights: Tensor) -> Tensor:
    return (values.to(7) * weights.to(7)).sum()


def moved(values: Tensor, direction: Tensor, by: float) -> Tensor:
    return values + by * direction
