"""Optimiser steps over lists of tensors, each list updated by one call per operator."""
import math
from typing import List, Optional

import torch
from torch import Tensor


def norm(gradients: List[Tensor]) -> Tensor:
    return torch.stack(torch._foreach_norm(gradients, 2)).norm()


def clip(gradients: List[Tensor], limit: float) -> Tensor:
    """Scales the gradients in place so that their common norm is at most limit; gives the norm before."""
    total = norm(gradients)
    torch._foreach_mul_(gradients, (limit / (total + 1e-6)).clamp(max=1.0))
    return total


def adam(parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor],
         rate: float, beta1: float, beta2: float, epsilon: float, decay: float, step: int) -> None:
    if decay != 0.0:
        torch._foreach_mul_(parameters, 1.0 - rate * decay)
    torch._foreach_lerp_(first, gradients, 1.0 - beta1)
    torch._foreach_mul_(second, beta2)
    torch._foreach_addcmul_(second, gradients, gradients, 1.0 - beta2)
    root = torch._foreach_sqrt(second)
    torch._foreach_div_(root, math.sqrt(1.0 - beta2 ** float(step)))
    torch._foreach_add_(root, epsilon)
    torch._foreach_addcdiv_(parameters, first, root, -rate / (1.0 - beta1 ** float(step)))


def zero(tensors: List[Tensor]) -> None:
    torch._foreach_zero_(tensors)


def blend(average: List[Tensor], values: List[Tensor], weight: float) -> None:
    torch._foreach_lerp_(average, values, weight)


def copy(into: List[Tensor], values: List[Tensor]) -> None:
    torch._foreach_copy_(into, values)


def gradients(output: Tensor, upstream: Optional[Tensor], leaves: List[Tensor]) -> List[Tensor]:
    found = torch.autograd.grad([output], leaves, [upstream], None, False, False)
    kept: List[Tensor] = []
    for g in found:
        assert g is not None
        kept.append(g)
    return kept


def place(x: Tensor, piece: Tensor, at: int) -> Tensor:
    return x.narrow(0, at, piece.numel()).copy_(piece)


def finite(tensors: List[Tensor]) -> Tensor:
    return torch.isfinite(torch.stack(torch._foreach_norm(tensors, 1))).all()
