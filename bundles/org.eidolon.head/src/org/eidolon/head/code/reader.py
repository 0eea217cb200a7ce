# SPDX-License-Identifier: EPL-2.0
# Reads codes of the head model: of people from the identity encoder's words on a portrait, of expressions from
# sentences. Weights come as matrix, bias, matrix, bias…


def start(like: Tensor, rows: int, columns: int) -> Tensor:
    # He et al. 2015, for rectified units
    return torch.randn([rows, columns], dtype=6, device=like.device) * (2.0 / float(columns)) ** 0.5


def layers(x: Tensor, w: List[Tensor], first: int) -> Tensor:
    i = first
    y = x
    while i + 2 < len(w):
        y = torch.gelu(torch.linear(y, w[i], w[i + 1]))
        i += 2
    return torch.linear(y, w[i], w[i + 1])


def told(y: Tensor) -> Tensor:
    # a code's first number says that it is one
    return torch.cat([torch.ones_like(y.slice(1, 0, 1)), y], 1)


def identity(features: Tensor, embedding: Tensor, colours: Tensor, w: List[Tensor]) -> Tensor:
    # an encoder's maps vary by about 6; all is the mean over photos
    shape = torch.linear(features.flatten(2).mean([1]) * 0.02, w[0])
    # few numbers at each of the map's places
    place = torch.gelu(torch.linear(features * 0.17, w[1], w[2])).flatten(2).mean([1])
    # mean colours of 7 by 7 cells
    tones = torch.avg_pool2d(colours.reshape(-1, 14, 14, 3).permute(0, 3, 1, 2), [2, 2], [2, 2], [0, 0], False, True)
    seen = torch.cat([place, embedding * 8.0, tones.flatten(1) * 4.0 - 2.0], 1)
    y = layers(seen, w, 3)
    modes = shape.size(1)
    return told(torch.cat([y.slice(1, 0, modes) + shape, y.slice(1, modes)], 1))


def expression(sentences: Tensor, w: List[Tensor]) -> Tensor:
    return told(layers(sentences * 12.0, w, 0))


def loss(read: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    return (torch.pow(read - truth, 2) * weight.unsqueeze(0)).sum([1]).mean()
