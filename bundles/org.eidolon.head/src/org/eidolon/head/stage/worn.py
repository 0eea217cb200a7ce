# SPDX-License-Identifier: EPL-2.0
# Expressions of a strength (E, 1): 0 at rest, 1 as it is said. What is of strength 1 stays the same, bit by bit.


def codes(said: Tensor, rest: Tensor, strength: Tensor) -> Tensor:
    # along the line from rest through what was said, and beyond
    return torch.where(strength == 1.0, said, rest + strength * (said - rest))


def words(said: Tensor, rest: Tensor, strength: Tensor) -> Tensor:
    # below 1 on the way from rest's words; above it they fade, as there are no words that say "more than that"
    below = torch.lerp(rest.expand_as(said), said, torch.clamp(strength, 0.0, 1.0))
    beyond = said * torch.clamp(3.0 - 2.0 * strength, 0.0, 1.0)
    return torch.where(strength == 1.0, said, torch.where(strength < 1.0, below, beyond))
