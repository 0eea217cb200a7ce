# SPDX-License-Identifier: EPL-2.0
# Principal components of feature maps, from the Gram matrix: there are fewer maps than numbers in one.


def principal(maps: Tensor, components: int) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    # maps (N, W) -> mean (W), basis (K, W) unit rows, variance along each (K), mean of all N variances (1)
    n = int(maps.size(0))
    mean = maps.mean(0)
    centred = maps - mean
    values, vectors = torch.linalg_eigh(torch.matmul(centred, centred.transpose(0, 1)))
    values = torch.flip(values, [0])
    top = torch.flip(vectors, [1]).slice(1, 0, components)
    basis = torch.matmul(top.transpose(0, 1), centred)
    basis = basis / torch.sqrt((basis * basis).sum(1, keepdim=True) + 1e-12)
    variance = values / float(n)
    return mean, basis, variance.slice(0, 0, components), variance.mean().reshape(1)
