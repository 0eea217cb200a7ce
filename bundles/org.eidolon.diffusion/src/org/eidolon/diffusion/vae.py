# SPDX-License-Identifier: EPL-2.0
# Encoder and decoder between images and latents as one script: Java lays them out as a program (five integers for each
# operation) and a flat list of weights, as for the UNet. dtype: 6 float32, 15 bfloat16, 5 float16.


def cast(w: List[Tensor], dtype: int) -> List[Tensor]:
    out: List[Tensor] = []
    for t in w:
        out.append(t.to(dtype))
    return out


def activate(x: Tensor, kind: int) -> Tensor:
    # numbered as UNetVariant.Activation
    if kind == 0:
        return torch.silu(x)
    elif kind == 1:
        return torch.gelu(x)
    elif kind == 2:
        return torch.mish(x)
    return torch.relu(x)


def resnet(x: Tensor, w: List[Tensor], i: int, shortcut: bool, groups: int, act: int) -> Tensor:
    h = activate(torch.group_norm(x, groups, w[i], w[i + 1], 1e-6), act)
    h = torch.conv2d(h, w[i + 2], w[i + 3], [1, 1], [1, 1])
    h = activate(torch.group_norm(h, groups, w[i + 4], w[i + 5], 1e-6), act)
    h = torch.conv2d(h, w[i + 6], w[i + 7], [1, 1], [1, 1])
    if shortcut:
        return torch.conv2d(x, w[i + 8], w[i + 9]) + h
    return x + h


def attention(x: Tensor, w: List[Tensor], i: int, groups: int) -> Tensor:
    # one head as wide as the level
    b, c, rows, columns = x.size(0), x.size(1), x.size(2), x.size(3)
    y = torch.group_norm(x, groups, w[i], w[i + 1], 1e-6).flatten(2).transpose(1, 2)
    q = torch.linear(y, w[i + 2], w[i + 3]).unsqueeze(1)
    k = torch.linear(y, w[i + 4], w[i + 5]).unsqueeze(1)
    v = torch.linear(y, w[i + 6], w[i + 7]).unsqueeze(1)
    y = torch.scaled_dot_product_attention(q, k, v).squeeze(1)
    y = torch.linear(y, w[i + 8], w[i + 9])
    return x + y.transpose(1, 2).reshape(b, c, rows, columns)


def operate(x: Tensor, w: List[Tensor], op: int, i: int, a: int, groups: int, act: int) -> Tensor:
    # one operation of a program, its weights from w[i] on
    if op == 1:
        return resnet(x, w, i, a == 1, groups, act)
    elif op == 2:
        return attention(x, w, i, groups)
    elif op == 3:
        # padded to the right and below only
        return torch.conv2d(torch.constant_pad_nd(x, [0, 1, 0, 1], 0.0), w[i], w[i + 1], [2, 2], [0, 0])
    elif op == 4:
        x = torch.upsample_nearest2d(x, [2 * x.size(2), 2 * x.size(3)])
        return torch.conv2d(x, w[i], w[i + 1], [1, 1], [1, 1])
    elif op == 5:
        return torch.conv2d(x, w[i], w[i + 1], [1, 1], [a, a])
    # SiLU whatever the blocks have
    x = torch.silu(torch.group_norm(x, groups, w[i], w[i + 1], 1e-6))
    return torch.conv2d(x, w[i + 2], w[i + 3], [1, 1], [1, 1])


def forward(x0: Tensor, weights: List[Tensor], program: List[int], groups: int, act: int, dtype: int,
            prepared: bool) -> Tensor:
    w = weights
    if not prepared:
        w = cast(weights, dtype)
    x = x0.to(dtype)
    p = 0
    while p < len(program):
        x = operate(x, w, program[p], program[p + 1], program[p + 2], groups, act)
        p += 5
    return x.to(6).contiguous()


def features(x0: Tensor, weights: List[Tensor], program: List[int], groups: int, act: int, dtype: int,
             prepared: bool, levels: int) -> List[Tensor]:
    # what the first levels of an encoder hand on, before each halving
    w = weights
    if not prepared:
        w = cast(weights, dtype)
    x = x0.to(dtype)
    out: List[Tensor] = []
    p = 0
    while p < len(program) and len(out) < levels:
        if program[p] == 3:
            out.append(x.to(6))
        x = operate(x, w, program[p], program[p + 1], program[p + 2], groups, act)
        p += 5
    return out


def moments(x: Tensor) -> Tuple[Tensor, Tensor]:
    parts = torch.chunk(x, 2, 1)
    return parts[0], torch.clamp(parts[1], -30.0, 20.0)


def latent(mean: Tensor, log_variance: Tensor, noise: List[Tensor], scale: float, shift: float) -> Tensor:
    x = mean
    if len(noise) > 0:
        x = x + torch.exp(0.5 * log_variance) * noise[0]
    return (x - shift) * scale


def unscaled(x: Tensor, scale: float, shift: float) -> Tensor:
    return x / scale + shift


def prepare(weights: List[Tensor], dtype: int) -> List[Tensor]:
    # copies: the masters may change or go
    out: List[Tensor] = []
    for t in weights:
        out.append(t.to(dtype).detach().clone())
    return out
