# SPDX-License-Identifier: EPL-2.0
# CLIP's text encoder: embeddings, pre-norm transformer layers under a causal mask, final norm.
# Weights of a layer: norm 1, q, k, v, out, norm 2, two of the feed-forward; each weight and bias.


def gelu(x: Tensor, quick: bool) -> Tensor:
    if quick:
        return x * torch.sigmoid(1.702 * x)
    return torch.gelu(x)


def heads_of(x: Tensor, heads: int) -> Tensor:
    return x.view(x.size(0), x.size(1), heads, x.size(2) // heads).transpose(1, 2)


def layer(x: Tensor, w: List[Tensor], i: int, heads: int, eps: float, quick: bool) -> Tensor:
    d = x.size(2)
    h = torch.layer_norm(x, [d], w[i], w[i + 1], eps)
    q = heads_of(torch.linear(h, w[i + 2], w[i + 3]), heads)
    k = heads_of(torch.linear(h, w[i + 4], w[i + 5]), heads)
    v = heads_of(torch.linear(h, w[i + 6], w[i + 7]), heads)
    h = torch.scaled_dot_product_attention(q, k, v, None, 0.0, True)
    h = h.transpose(1, 2).reshape(x.size(0), x.size(1), d)
    y = x + torch.linear(h, w[i + 8], w[i + 9])
    h = torch.layer_norm(y, [d], w[i + 10], w[i + 11], eps)
    h = gelu(torch.linear(h, w[i + 12], w[i + 13]), quick)
    return y + torch.linear(h, w[i + 14], w[i + 15])


# skip: layers at the end that are left out; end: number of the end token, or 2 for the largest number in the text
def forward(ids: Tensor, w: List[Tensor], layers: int, heads: int, eps: float, quick: bool, skip: int, end: int,
            projected: bool) -> Tuple[Tensor, Tensor, Tensor]:
    tokens = ids.to(4)
    x = torch.embedding(w[0], tokens) + w[1][:ids.size(1)].unsqueeze(0)
    for n in range(layers - skip):
        x = layer(x, w, 2 + 16 * n, heads, eps, quick)
    i = 2 + 16 * layers
    y = torch.layer_norm(x, [x.size(2)], w[i], w[i + 1], eps)
    if end == 2:
        place = tokens.argmax(1)
    else:
        place = (tokens == end).to(3).argmax(1)
    pooled = y[torch.arange(y.size(0), device=y.device), place]
    if projected:
        pooled = torch.linear(pooled, w[i + 2])
    return y, x, pooled
