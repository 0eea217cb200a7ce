# SPDX-License-Identifier: EPL-2.0
# What the gradient test needs besides the field.


def weighed(images: Tensor, weights: Tensor) -> Tensor:
    return (images * weights).sum()


def shift(leaf: Tensor, direction: Tensor, by: float) -> Tensor:
    return leaf.detach().add_(direction, alpha=by)
