"""Kernels for ScriptTest."""
import math
from typing import List, Optional, Tuple

import torch
from torch import Tensor

EPS: float = 1e-6  # added below
SIZES = [2, 3]


def square_sum(x: Tensor) -> Tensor:
    return (x * x).sum()


def scaled(x: Tensor, n: int, f: float, on: bool = True, label: str = "a") -> Tensor:
    """Says nothing."""
    y = x
    for i in range(n):
        y = y * f
    if on and label == "a":
        y = y + EPS
    return y


def twice(x: Tensor, n: int,
          f: float) -> Tuple[Tensor, Tensor]:
    a = scaled(x, n, f)
    return a, scaled(a, n, f, on=False)


def half_precision(x: Tensor) -> Tensor:
    y = x.to(torch.bfloat16)
    return (y * y).to(torch.float32)


def bf16(x: Tensor) -> Tensor:
    return x.to(torch.bfloat16)


def optional(x: Tensor, bias: Optional[Tensor], sizes: List[int]) -> Tensor:
    y = x.reshape(sizes)
    if bias is not None:
        y = y + bias
    return y


def many(xs: List[Tensor]) -> List[Tensor]:
    return [x * math.pi for x in xs]


def check(n: int) -> int:
    assert n > 0, "n must be positive"
    if n > 100:
        raise ValueError("n is too big")
    return n * 2


def mixed(x: Tensor) -> Tuple[Tensor, List[Tensor], int, Optional[Tensor]]:
    none: Optional[Tensor] = None
    return x, [x, x + 1], x.shape[0], none


def wrong(x: Tensor) -> Tensor:
    y = x.reshape([2, 2])
    return y.matmul(x.reshape([3, 3]))


def block(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    h = torch.nn.functional.group_norm(x, 2, None, None, 1e-5)
    h = torch.nn.functional.silu(h)
    h = torch.conv2d(h, w, b, [1, 1], [1, 1])
    q = h.flatten(2).transpose(1, 2)
    a = torch.nn.functional.scaled_dot_product_attention(q, q, q)
    e = torch.einsum("bnc,bmc->bnm", [a, q])
    z = torch.zeros([2], dtype=torch.float32, device=x.device)
    lin = torch.linalg.norm(x)
    return h.float().mean() + e.mean() + z.sum() + lin * 0.0 + math.sqrt(4.0) * 0


def view_ops(x: Tensor) -> Tensor:
    y = x[..., None][:, 0]
    m = y > 0.0
    y = torch.where(m, y, torch.zeros_like(y))
    k = torch.tensor([1, 2], dtype=torch.int64, device=x.device)
    n, c = x.size(0), x.shape[1]
    return y.sum() + float(n) + float(c) + k.sum() - float("inf") * 0 if n > 100000 else y.sum()


def grad_of(x: Tensor) -> Tensor:
    g: Optional[Tensor] = x.grad
    if g is None:
        return torch.zeros_like(x)
    return g + 0


def add_into(xs: List[Tensor], v: float) -> None:
    for x in xs:
        x.detach().add_(v)


def add_foreach(xs: List[Tensor], v: float) -> None:
    torch._foreach_add_(xs, v)
