# SPDX-License-Identifier: EPL-2.0
# Forward process, conversions between predictions, sampler steps, guidance and score distillation.
# kind: what the network predicts, 0 noise, 1 velocity, 2 the clean image.
# signal = sqrt(abar), noise level = sqrt(1 - abar), both tables over the schedule's timesteps.


def at(table: Tensor, t: Tensor, x: Tensor) -> Tensor:
    c = torch.index_select(table, 0, t.to(4).flatten())
    return c.view([-1] + [1] * (x.dim() - 1))


def add_noise(x: Tensor, eps: Tensor, t: Tensor, signal: Tensor, level: Tensor) -> Tensor:
    return at(signal, t, x) * x + at(level, t, x) * eps


def target(x: Tensor, eps: Tensor, t: Tensor, signal: Tensor, level: Tensor, kind: int) -> Tensor:
    if kind == 1:
        return at(signal, t, x) * eps - at(level, t, x) * x
    elif kind == 2:
        return x
    return eps


def clamp(x: Tensor, limit: float) -> Tensor:
    if limit > 0.0:
        return torch.clamp(x, -limit, limit)
    return x


def to_clean(z: Tensor, pred: Tensor, t: Tensor, signal: Tensor, level: Tensor, kind: int,
             limit: float) -> Tensor:
    if kind == 2:
        return clamp(pred, limit)
    a, b = at(signal, t, z), at(level, t, z)
    if kind == 1:
        return clamp(a * z - b * pred, limit)
    return clamp((z - b * pred) / a, limit)


def to_noise(z: Tensor, pred: Tensor, t: Tensor, signal: Tensor, level: Tensor, kind: int) -> Tensor:
    if kind == 1:
        return at(signal, t, z) * pred + at(level, t, z) * z
    elif kind == 2:
        return (z - at(signal, t, z) * pred) / at(level, t, z)
    return pred


def loss(pred: Tensor, wanted: Tensor, weight: List[Tensor]) -> Tensor:
    e = torch.pow(pred - wanted, 2).flatten(1).mean([1])
    if len(weight) > 0:
        e = e * weight[0]
    return e.mean()


def cleaned(z: Tensor, pred: Tensor, a: float, b: float, kind: int, limit: float) -> Tensor:
    if kind == 1:
        x = a * z - b * pred
    elif kind == 2:
        x = pred
    else:
        x = (z - b * pred) / a
    return clamp(x, limit)


def scale(x: Tensor, factor: float) -> Tensor:
    return x * factor


def combine(terms: List[Tensor], factors: List[float]) -> Tensor:
    y = terms[0] * factors[0]
    for i in range(1, len(terms)):
        y = y + terms[i] * factors[i]
    return y


def ddim(z: Tensor, pred: Tensor, a: float, b: float, a1: float, b1: float, sigma: float, kind: int,
         limit: float, noise: List[Tensor]) -> Tensor:
    x = cleaned(z, pred, a, b, kind, 0.0)
    e = pred
    if kind == 1:
        e = a * pred + b * z
    elif kind == 2:
        e = (z - a * pred) / b
    y = a1 * clamp(x, limit) + b1 * e
    if len(noise) > 0:
        y = y + sigma * noise[0]
    return y


def ddpm(z: Tensor, pred: Tensor, a: float, b: float, c0: float, c1: float, sigma: float, kind: int,
         limit: float, noise: List[Tensor]) -> Tensor:
    y = c0 * cleaned(z, pred, a, b, kind, limit) + c1 * z
    if len(noise) > 0:
        y = y + sigma * noise[0]
    return y


def guide(pred: Tensor, scales: List[float], rescale: float) -> Tensor:
    # branches stacked along the batch, from unconditional to fully conditional
    parts = torch.chunk(pred, len(scales) + 1, 0)
    y = parts[0]
    for i in range(len(scales)):
        y = y + scales[i] * (parts[i + 1] - parts[i])
    if rescale > 0.0:
        full = parts[len(scales)].flatten(1)
        ratio = full.std([1], True) / y.flatten(1).std([1], True)
        y = y * (rescale * ratio + (1.0 - rescale)).view([-1] + [1] * (y.dim() - 1))
    return y


# weighting: 0 residual z - x0, 1 sds (1 - abar), 2 one, 3 sqrt(abar) (1 - abar)
def distill(x: Tensor, z: Tensor, pred: Tensor, eps: Tensor, t: Tensor, signal: Tensor, level: Tensor,
            kind: int, weighting: int, limit: float) -> Tuple[Tensor, Tensor]:
    clean = to_clean(z, pred, t, signal, level, kind, limit)
    if weighting == 0:
        return x - clean, clean
    a, b = at(signal, t, z), at(level, t, z)
    e = to_noise(z, pred, t, signal, level, kind) - eps
    if weighting == 1:
        e = b * b * e
    elif weighting == 3:
        e = a * b * b * e
    return e, clean


def stack(xs: List[Tensor]) -> Tensor:
    return torch.cat(xs, 0)


def repeat(x: Tensor, n: int) -> Tensor:
    return x.repeat([n] + [1] * (x.dim() - 1))
