# SPDX-License-Identifier: EPL-2.0
def weighed(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum()


def shift(leaf: Tensor, direction: Tensor, by: float) -> Tensor:
    return leaf.detach().add_(direction, alpha=by)
