# SPDX-License-Identifier: EPL-2.0
# The UNet as one script. Java lays a configuration out as a program (seven integers for each operation) and a flat
# list of weights, so a whole forward pass is one call: half-precision activations never leave the script, and the
# Stable Diffusion UNet is the same program with other sizes. dtype: 6 float32, 15 bfloat16, 5 float16.


def cast(w: List[Tensor], dtype: int, channels_last: bool) -> List[Tensor]:
    out: List[Tensor] = []
    for t in w:
        c = t.to(dtype)
        if channels_last and c.dim() == 4:
            if c.size(2) > 1:
                c = c.contiguous(memory_format=2)
        out.append(c)
    return out


def activate(x: Tensor, kind: int) -> Tensor:
    # numbered as UNetVariant.Activation
    if kind == 0:
        return torch.silu(x)
    elif kind == 1:
        return torch.gelu(x)
    elif kind == 2:
        return torch.mish(x)
    return torch.relu(x)


def project(x: Tensor, w: List[Tensor], i: int, bias: int, link: List[int], chain: List[int], lora: List[Tensor],
            scale: List[float]) -> Tensor:
    # a 1x1 convolution is the same product on tokens
    k = w[i].flatten(1)
    if bias >= 0:
        y = torch.linear(x, k, w[bias])
    else:
        y = torch.linear(x, k)
    if len(link) > 0:
        j = link[i]
        while j >= 0:
            y = y + torch.linear(torch.linear(x, lora[2 * j].flatten(1)), lora[2 * j + 1].flatten(1)) * scale[j]
            j = chain[j]
    return y


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int, mask: List[Tensor]) -> Tensor:
    b = q.size(0)
    d = q.size(2) // heads
    qh = q.view(b, -1, heads, d).transpose(1, 2)
    kh = k.view(b, -1, heads, d).transpose(1, 2)
    vh = v.view(b, -1, heads, d).transpose(1, 2)
    if len(mask) > 0:
        # expanded, because the fused kernels want one stride for each query
        m = mask[0].unsqueeze(1).unsqueeze(1).expand(b, heads, qh.size(2), kh.size(2))
        y = torch.scaled_dot_product_attention(qh, kh, vh, m)
    else:
        y = torch.scaled_dot_product_attention(qh, kh, vh)
    return y.transpose(1, 2).reshape(b, -1, heads * d)


def folded_norm(x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float, then: List[Tensor]) -> Tensor:
    # Group norm that stays channels-last. Sums for each channel in float32, all algebra on (B, C) numbers, then one
    # multiply-add over the activations; `then` is a further scale (less one) and shift of (B, C) folded into it.
    # torch's own on CUDA computes on NCHW, so that channels-last activations are copied there and back each time.
    b, c, rows, columns = x.size(0), x.size(1), x.size(2), x.size(3)
    v = x.permute(0, 2, 3, 1).reshape(b, rows * columns, c)
    n = 1.0 / (rows * columns * (c // groups))
    mean = torch.sum(v, [1], dtype=6).view(b, groups, -1).sum([2], True) * n
    square = torch.sum(v * v, [1], dtype=6).view(b, groups, -1).sum([2], True) * n
    r = torch.rsqrt(torch.clamp(square - mean * mean, 0.0) + eps)
    scale = r * weight.to(6).view(1, groups, -1)
    shift = (bias.to(6).view(1, groups, -1) - mean * scale).view(b, 1, c)
    scale = scale.reshape(b, 1, c)
    if len(then) > 0:
        more = then[0].to(6).unsqueeze(1) + 1.0
        scale = scale * more
        shift = shift * more + then[1].to(6).unsqueeze(1)
    y = torch.addcmul(shift.to(x.dtype), v, scale.to(x.dtype))
    return y.view(b, rows, columns, c).permute(0, 3, 1, 2)


def norm(x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float, fold: bool) -> Tensor:
    if fold:
        return folded_norm(x, groups, weight, bias, eps, [])
    return torch.group_norm(x, groups, weight, bias, eps)


def resnet(x: Tensor, emb: Tensor, w: List[Tensor], i: int, shortcut: bool, shift: bool, groups: int,
           eps: float, fold: bool, act: int) -> Tensor:
    h = activate(norm(x, groups, w[i], w[i + 1], eps, fold), act)
    h = torch.conv2d(h, w[i + 2], w[i + 3], [1, 1], [1, 1])
    e = torch.linear(emb, w[i + 4], w[i + 5])
    if shift:
        both = torch.chunk(e, 2, 1)
        if fold:
            h = folded_norm(h, groups, w[i + 6], w[i + 7], eps, [both[0], both[1]])
        else:
            h = torch.group_norm(h, groups, w[i + 6], w[i + 7], eps)
            h = torch.addcmul(h + both[1].unsqueeze(2).unsqueeze(3), h, both[0].unsqueeze(2).unsqueeze(3))
    else:
        h = norm(h + e.unsqueeze(2).unsqueeze(3), groups, w[i + 6], w[i + 7], eps, fold)
    h = torch.conv2d(activate(h, act), w[i + 8], w[i + 9], [1, 1], [1, 1])
    if shortcut:
        return torch.conv2d(x, w[i + 10], w[i + 11]) + h
    return x + h


def transformer(x: Tensor, text: Tensor, identity: List[Tensor], mask: List[Tensor], weight: float, w: List[Tensor],
                start: int, heads: int, depth: int, adapter: bool, only_text: bool, groups: int, link: List[int], chain: List[int],
                lora: List[Tensor], scale: List[float], fold: bool) -> Tensor:
    b, c, rows, columns = x.size(0), x.size(1), x.size(2), x.size(3)
    i = start
    y = norm(x, groups, w[i], w[i + 1], 1e-6, fold)
    y = y.permute(0, 2, 3, 1).reshape(b, rows * columns, c)
    y = project(y, w, i + 2, i + 3, link, chain, lora, scale)
    i += 4
    for n in range(depth):
        width = y.size(2)
        # self-attention: norm, q, k, v, out and its bias
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        q = project(h, w, i + 2, -1, link, chain, lora, scale)
        own = h
        if only_text:
            own = text
        k = project(own, w, i + 3, -1, link, chain, lora, scale)
        v = project(own, w, i + 4, -1, link, chain, lora, scale)
        y = y + project(attend(q, k, v, heads, []), w, i + 5, i + 6, link, chain, lora, scale)
        i += 7
        # multimodal cross-attention, decoupled: one query, text and identity keys apart
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        q = project(h, w, i + 2, -1, link, chain, lora, scale)
        k = project(text, w, i + 3, -1, link, chain, lora, scale)
        v = project(text, w, i + 4, -1, link, chain, lora, scale)
        a = attend(q, k, v, heads, [])
        if adapter:
            if len(identity) > 0:
                k = project(identity[0], w, i + 7, -1, link, chain, lora, scale)
                v = project(identity[0], w, i + 8, -1, link, chain, lora, scale)
                a = a + attend(q, k, v, heads, mask) * weight
        y = y + project(a, w, i + 5, i + 6, link, chain, lora, scale)
        i += 7
        if adapter:
            i += 2
        # gated feed-forward (GEGLU)
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        g = torch.chunk(project(h, w, i + 2, i + 3, link, chain, lora, scale), 2, 2)
        y = y + project(g[0] * torch.gelu(g[1]), w, i + 4, i + 5, link, chain, lora, scale)
        i += 6
    y = project(y, w, i, i + 1, link, chain, lora, scale)
    return x + y.view(b, rows, columns, c).permute(0, 3, 1, 2)


def sinusoid(t: Tensor, width: int, sine_first: bool, shift: float) -> Tensor:
    # cosine first, as Stable Diffusion's flip_sin_to_cos, unless told otherwise
    half = width // 2
    f = torch.exp(torch.arange(half, dtype=6, device=t.device) * (-9.210340371976184 / (half - shift)))
    a = t.to(6).unsqueeze(1) * f.unsqueeze(0)
    if sine_first:
        return torch.cat([torch.sin(a), torch.cos(a)], 1)
    return torch.cat([torch.cos(a), torch.sin(a)], 1)


def keep(x: Tensor, null: Tensor, mask: List[Tensor], learned: bool) -> Tensor:
    # tokens where the mask is 1, the null token (or zero) where it is 0
    if len(mask) == 0:
        return x
    m = mask[0].to(x.dtype).view(-1, 1, 1)
    if learned:
        return x * m + null.view(1, 1, -1) * (1.0 - m)
    return x * m


def text_tokens(x: Tensor, mask: List[Tensor], w: List[Tensor], i: int) -> Tensor:
    # sentence embedding (B, S) to tokens (B, N, D): linear, reshape, LayerNorm
    d = w[i + 2].size(0)
    y = torch.linear(x, w[i], w[i + 1]).view(x.size(0), -1, d)
    return keep(torch.layer_norm(y, [d], w[i + 2], w[i + 3], 1e-5), w[i + 4], mask, True)


def embedding_tokens(x: Tensor, w: List[Tensor], i: int, image: bool) -> Tensor:
    # IP-Adapter: linear, reshape, LayerNorm
    if image:
        d = w[i + 2].size(0)
        return torch.layer_norm(torch.linear(x, w[i], w[i + 1]).view(x.size(0), -1, d), [d], w[i + 2], w[i + 3], 1e-5)
    # IP-Adapter-FaceID: linear, GELU, linear, reshape, LayerNorm
    d = w[i + 4].size(0)
    y = torch.linear(torch.gelu(torch.linear(x, w[i], w[i + 1])), w[i + 2], w[i + 3]).view(x.size(0), -1, d)
    return torch.layer_norm(y, [d], w[i + 4], w[i + 5], 1e-5)


def feature_tokens(x: Tensor, w: List[Tensor], i: int) -> Tensor:
    # (B, P, 49, F) feature maps of P photos to (B, P*49, D) tokens: linear, LayerNorm, learned position
    d = w[i].size(0)
    y = torch.layer_norm(torch.linear(x, w[i], w[i + 1]), [d], w[i + 2], w[i + 3], 1e-5) + w[i + 4]
    return y.flatten(1, 2)


def pooled_features(x: Tensor, photos: List[Tensor], w: List[Tensor], i: int) -> Tensor:
    # global reading of the map: few numbers at each place, all places together, mean over photos
    y = torch.gelu(torch.linear(x, w[i])).flatten(2)
    y = torch.linear(y, w[i + 1])
    if len(photos) > 0:
        m = photos[0].to(y.dtype).unsqueeze(2)
        return (y * m).sum([1]) / m.sum([1]).clamp(1.0)
    return y.mean([1])


def code(given: List[Tensor], kept: List[Tensor], weight: Tensor, x: Tensor) -> Tensor:
    # a code (B, N), zero where it is not given or dropped; a code's first number is 1 to tell the two from a zero code
    if len(given) == 0:
        return torch.zeros([x.size(0), weight.size(1)], dtype=weight.dtype, device=x.device)
    c = given[0].to(weight.dtype)
    if len(kept) > 0:
        c = c * kept[0].to(weight.dtype).unsqueeze(1)
    return c


def code_tokens(x: Tensor, w: List[Tensor], i: int) -> Tensor:
    d = w[i + 2].size(0)
    y = torch.linear(x, w[i], w[i + 1]).view(x.size(0), -1, d)
    return torch.layer_norm(y, [d], w[i + 2], w[i + 3], 1e-5)


def execute(x0: Tensor, emb: Tensor, text: Tensor, identity: List[Tensor], mask: List[Tensor], weight: float,
            w: List[Tensor], program: List[int], groups: int, eps: float, link: List[int], chain: List[int],
            lora: List[Tensor], scale: List[float], fold: bool, act: int) -> Tensor:
    skips: List[Tensor] = []
    x = x0
    e = activate(emb, act)
    p = 0
    while p < len(program):
        op, i, a, b, c = program[p], program[p + 1], program[p + 2], program[p + 3], program[p + 4]
        p += 5
        if op == 1:
            x = resnet(x, e, w, i, a == 1, b == 1, groups, eps, fold, act)
        elif op == 2:
            x = transformer(x, text, identity, mask, weight, w, i, a, b, c % 2 == 1, c >= 2, groups, link, chain, lora,
                            scale, fold)
        elif op == 3:
            x = torch.conv2d(x, w[i], w[i + 1], [2, 2], [1, 1])
        elif op == 4:
            s = skips[-1]
            x = torch.upsample_nearest2d(x, [s.size(2), s.size(3)])
            x = torch.conv2d(x, w[i], w[i + 1], [1, 1], [1, 1])
        elif op == 5:
            skips.append(x)
        elif op == 6:
            x = torch.cat([x, skips.pop()], 1)
        elif op == 7:
            x = torch.conv2d(x, w[i], w[i + 1], [1, 1], [1, 1])
        elif op == 8:
            x = activate(norm(x, groups, w[i], w[i + 1], eps, fold), act)
            x = torch.conv2d(x, w[i + 2], w[i + 3], [1, 1], [1, 1])
    return x


# slots: where the weights of each optional part start, or -1:
# 0 time, 1 view, 2 text projection, 3 pooled text, 4 identity projection, 5 feature projection, 6 identity null,
# 7 pooled identity, 8 pooled features, 9 codes, 10 tokens of the identity's code, 11 tokens of the text's code
def forward(x: Tensor, t: Tensor, text: List[Tensor], identity: List[Tensor], features: List[Tensor],
            photos: List[Tensor], view: List[Tensor], identity_code: List[Tensor], text_code: List[Tensor],
            keep_text: List[Tensor], keep_identity: List[Tensor], weight: float, weights: List[Tensor], slots: List[int], program: List[int], width: int, patch: int,
            groups: int, eps: float, dtype: int, channels_last: bool, fold: bool, prepared: bool, link: List[int],
            chain: List[int], adapters: List[Tensor], scale: List[float], act: int, sine_first: bool, shift: float,
            centred: bool, image: bool) -> Tensor:
    w = weights
    lora = adapters
    if not prepared:
        w = cast(weights, dtype, channels_last)
    if len(adapters) > 0:
        lora = cast(adapters, dtype, False)
    i = slots[0]
    emb = torch.linear(sinusoid(t, width, sine_first, shift).to(dtype), w[i], w[i + 1])
    emb = torch.linear(activate(emb, act), w[i + 2], w[i + 3])
    if slots[1] >= 0:
        if len(view) > 0:
            i = slots[1]
            v = torch.silu(torch.linear(view[0].to(dtype), w[i], w[i + 1]))
            emb = emb + torch.linear(v, w[i + 2], w[i + 3])

    sentence = text[0].to(dtype)
    if slots[3] >= 0:
        pooled = torch.linear(sentence, w[slots[3]])
        if len(keep_text) > 0:
            pooled = pooled * keep_text[0].to(dtype).unsqueeze(1)
        emb = emb + pooled
    if slots[2] >= 0:
        words = text_tokens(sentence, keep_text, w, slots[2])
    else:
        words = keep(sentence, sentence, keep_text, False)

    codes: List[Tensor] = []
    if slots[10] >= 0:
        codes.append(code(identity_code, keep_identity, w[slots[10]], x))
    if slots[11] >= 0:
        said = code(text_code, keep_text, w[slots[11]], x)
        codes.append(said)
        words = torch.cat([words, code_tokens(said, w, slots[11])], 1)
    if slots[9] >= 0:
        i = slots[9]
        v = torch.silu(torch.linear(torch.cat(codes, 1), w[i], w[i + 1]))
        emb = emb + torch.linear(v, w[i + 2], w[i + 3])

    parts: List[Tensor] = []
    visible: List[Tensor] = []
    if slots[4] >= 0 and len(identity) > 0:
        person = identity[0].to(dtype)
        if slots[6] < 0 and len(keep_identity) > 0:
            person = person * keep_identity[0].to(dtype).unsqueeze(1)
        tokens = embedding_tokens(person, w, slots[4], image)
        parts.append(tokens)
        visible.append(torch.ones([tokens.size(0), tokens.size(1)], dtype=11, device=x.device))
        if slots[7] >= 0:
            pooled = torch.linear(person, w[slots[7]])
            if len(keep_identity) > 0:
                pooled = pooled * keep_identity[0].to(dtype).unsqueeze(1)
            emb = emb + pooled
    if slots[5] >= 0 and len(features) > 0:
        f = features[0].to(dtype)
        tokens = feature_tokens(f, w, slots[5])
        parts.append(tokens)
        if len(photos) > 0:
            visible.append(torch.repeat_interleave(photos[0] > 0.5, f.size(2), 1))
        else:
            visible.append(torch.ones([tokens.size(0), tokens.size(1)], dtype=11, device=x.device))
        if slots[8] >= 0:
            pooled = pooled_features(f, photos, w, slots[8])
            if len(keep_identity) > 0:
                pooled = pooled * keep_identity[0].to(dtype).unsqueeze(1)
            emb = emb + pooled
    if slots[10] >= 0 and len(parts) > 0:
        tokens = code_tokens(codes[0], w, slots[10])
        parts.append(tokens)
        visible.append(torch.ones([tokens.size(0), tokens.size(1)], dtype=11, device=x.device))
    people: List[Tensor] = []
    mask: List[Tensor] = []
    if len(parts) > 0:
        all = torch.cat(parts, 1)
        if slots[6] >= 0:
            all = keep(all, w[slots[6]], keep_identity, True)
        people.append(all)
        if len(photos) > 0:
            mask.append(torch.cat(visible, 1))

    y = x.to(dtype)
    if centred:
        y = 2.0 * y - 1.0
    if patch > 1:
        y = torch.pixel_unshuffle(y, patch)
    if channels_last:
        y = y.contiguous(memory_format=2)
    y = execute(y, emb, words, people, mask, weight, w, program, groups, eps, link, chain, lora, scale,
                fold, act)
    y = y.to(6)
    if patch > 1:
        y = torch.pixel_shuffle(y, patch)
    return y.contiguous()


def prepare(weights: List[Tensor], dtype: int, channels_last: bool) -> List[Tensor]:
    # copies: the masters may change or go
    out: List[Tensor] = []
    for t in cast(weights, dtype, channels_last):
        out.append(t.detach().clone())
    return out


def merged(w: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
    return (w + torch.matmul(b.flatten(1), a.flatten(1)).view(w.size()) * scale).detach()


def uniform(like: Tensor, shape: List[int], bound: float) -> Tensor:
    return (torch.rand(shape, dtype=6, device=like.device) * 2.0 - 1.0) * bound
