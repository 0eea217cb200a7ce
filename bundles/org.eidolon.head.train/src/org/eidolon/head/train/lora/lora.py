# SPDX-License-Identifier: EPL-2.0


def stack(xs: List[Tensor]) -> Tensor:
    return torch.cat(xs, 0)
