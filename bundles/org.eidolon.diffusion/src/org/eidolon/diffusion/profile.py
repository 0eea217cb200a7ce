# SPDX-License-Identifier: EPL-2.0
# Kinds of work of a UNet by themselves, so often as a pass does them: what the pass's time is made of. Tensors are random;
# dtype as in unet.py.


def numbers(shape: List[int], dtype: int, like: Tensor, last: bool) -> Tensor:
    x = torch.randn(shape, dtype=6, device=like.device).to(dtype) * 0.1
    if last and len(shape) == 4:
        x = x.contiguous(memory_format=2)
    return x


def convolution(x: Tensor, w: Tensor, b: Tensor, stride: int, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.conv2d(x, w, b, [stride, stride], [1, 1])
    return y


def group_norm(x: Tensor, w: Tensor, b: Tensor, groups: int, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.silu(torch.group_norm(x, groups, w, b, 1e-5))
    return y


def attention(q: Tensor, k: Tensor, heads: int, times: int) -> Tensor:
    b = q.size(0)
    qh = q.view(b, q.size(1), heads, -1).transpose(1, 2)
    kh = k.view(b, k.size(1), heads, -1).transpose(1, 2)
    y = q
    for i in range(times):
        y = torch.scaled_dot_product_attention(qh, kh, kh)
    return y


def product(x: Tensor, w: Tensor, b: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.linear(x, w, b)
    return y


def layer_norm(x: Tensor, w: Tensor, b: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.layer_norm(x, [x.size(2)], w, b, 1e-5)
    return y


def gate(x: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        g = torch.chunk(x, 2, 2)
        y = g[0] * torch.gelu(g[1])
    return y


def addition(x: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = x + x
    return y


def joining(x: Tensor, z: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.cat([x, z], 1)
    return y


def enlarging(x: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.upsample_nearest2d(x, [2 * x.size(2), 2 * x.size(3)])
    return y
