# SPDX-License-Identifier: EPL-2.0
# Gradients of a training step over lists of tensors.


def gradients(loss: Tensor, leaves: List[Tensor]) -> List[Tensor]:
    # zeros for a leaf that takes no part, such as an adapter where nobody is told
    given: List[Optional[Tensor]] = [None]
    found = torch.autograd.grad([loss], leaves, given, None, False, True)
    out: List[Tensor] = []
    for i in range(len(leaves)):
        g = found[i]
        if g is None:
            out.append(torch.zeros_like(leaves[i]))
        else:
            out.append(g)
    return out


def add(into: List[Tensor], more: List[Tensor], share: float, some: bool) -> None:
    if not some:
        torch._foreach_zero_(into)
    torch._foreach_add_(into, more, alpha=share)
