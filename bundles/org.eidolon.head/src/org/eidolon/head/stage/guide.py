# SPDX-License-Identifier: EPL-2.0


def rows(values: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(values, 0, index)


def limited(code: Tensor, reach: float) -> Tensor:
    return torch.clamp(code, -reach, reach)
