# SPDX-License-Identifier: EPL-2.0
# Kinds of work of a UNet by themselves, by the functions of unet.py, which stand before these; so often as a pass does them:
# what the pass's time is made of. Tensors are random.


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


def group_norm(x: Tensor, w: Tensor, b: Tensor, groups: int, fold: int, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = activated_norm(x, groups, w, b, 1e-5, fold, 0, False)
    return y


def attention(q: Tensor, k: Tensor, batch: int, heads: int, kernel: int, times: int) -> Tensor:
    y = q
    for i in range(times):
        y = attend(q, k, k, batch, heads, [], kernel)
    return y


def product(x: Tensor, w: Tensor, b: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.linear(x, w, b)
    return y


def layer_norm(x: Tensor, w: Tensor, b: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = torch.layer_norm(x, [x.size(1)], w, b, 1e-5)
    return y


def gated_product(x: Tensor, w: Tensor, b: Tensor, times: int) -> Tensor:
    y = x
    for i in range(times):
        y = gate(x, w, b)
    return y


def addition(x: Tensor, times: int) -> Tensor:
    y = x + x
    for i in range(times):
        y = plus(y, x)
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
