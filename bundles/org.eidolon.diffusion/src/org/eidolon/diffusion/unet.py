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


def plus(x: Tensor, y: Tensor) -> Tensor:
    # into x, which nobody else reads
    if x.requires_grad or y.requires_grad:
        return x + y
    return x.add_(y)


def project(x: Tensor, w: List[Tensor], i: int, bias: int, link: List[int], lora: List[Tensor]) -> Tensor:
    # Tokens (N, C) by a matrix; a 1x1 convolution is the same product. A LoRA is added by the second product itself, into
    # the first one's result: no pass of its own over activations.
    k = w[i].flatten(1)
    if bias >= 0:
        y = torch.linear(x, k, w[bias])
    else:
        y = torch.linear(x, k)
    if len(link) > 0:
        pair = link[i]
        if pair >= 0:
            return y.addmm_(torch.mm(x, lora[2 * pair].t()), lora[2 * pair + 1].t())
    return y


def gate(x: Tensor, k: Tensor, bias: Tensor) -> Tensor:
    # GEGLU (Shazeer 2020) of tokens (N, C). Without gradients and in half precision on a GPU the product itself ends in GELU,
    # by tanh: nearer to erf's than half precision tells apart.
    if x.is_cuda and x.dtype != 6 and not (x.requires_grad or k.requires_grad or bias.requires_grad):
        half = k.size(0) // 2
        g = torch._addmm_activation(torch.narrow(bias, 0, half, half), x, torch.narrow(k, 0, half, half).t(), use_gelu=True)
        return g.mul_(torch.addmm(torch.narrow(bias, 0, 0, half), x, torch.narrow(k, 0, 0, half).t()))
    return gated(torch.linear(x, k, bias))


def gated(x: Tensor) -> Tensor:
    g = torch.chunk(x, 2, 1)
    return g[0] * torch.gelu(g[1])


def apart(x: Tensor, b: int, heads: int) -> Tensor:
    # tokens (B*N, C) to heads (B, H, N, C/H)
    return x.view(b, -1, heads, x.size(1) // heads).transpose(1, 2)


def attend(q: Tensor, k: Tensor, v: Tensor, b: int, heads: int, mask: List[Tensor], kernel: int) -> Tensor:
    # kernel: 0 as torch chooses, 1 cuDNN's where it pays and fits
    qh, kh, vh = apart(q, b, heads), apart(k, b, heads), apart(v, b, heads)
    if len(mask) > 0:
        # expanded, because the fused kernels want one stride for each query
        m = mask[0].unsqueeze(1).unsqueeze(1).expand(b, heads, qh.size(2), kh.size(2))
        y = torch.scaled_dot_product_attention(qh, kh, vh, m)
    elif kernel == 1 and qh.size(3) <= 128 and kh.size(2) >= 256:
        y = torch._scaled_dot_product_cudnn_attention(qh, kh, vh, None, True)[0]
    else:
        y = torch.scaled_dot_product_attention(qh, kh, vh)
    return y.transpose(1, 2).reshape(-1, q.size(1))


def try_attention(x: Tensor) -> Tensor:
    h = x.to(15)
    return attend(h, h, h, 1, 1, [], 1).to(6).sum()


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


def summed_norm(x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float, own: bool) -> Tensor:
    # The same in few kernels and without gradients: no tensor of squares, and types change inside of kernels. own: nobody
    # else reads x, which then holds the result.
    b, c, rows, columns = x.size(0), x.size(1), x.size(2), x.size(3)
    v = x.permute(0, 2, 3, 1).reshape(b, rows * columns, c)
    n = 1.0 / (rows * columns * (c // groups))
    s = torch.sum(torch.sum(v, [1], dtype=6).view(b, groups, -1), [2], True)
    q = torch.linalg_vector_norm(torch.linalg_vector_norm(v, 2, [1], dtype=6).view(b, groups, -1), 2, [2], True)
    r = torch.addcmul(torch.full([1], eps, dtype=6, device=x.device), q, q, value=n)
    r = r.addcmul_(s, s, value=-n * n).clamp_min_(eps).rsqrt_()
    each: List[int] = [b, groups, c // groups]
    scale = torch.mul(r, weight.view(1, groups, -1), out=torch.empty(each, dtype=x.dtype, device=x.device))
    shift = torch.empty(each, dtype=x.dtype, device=x.device)
    shift = torch.addcmul(bias.view(1, groups, -1), s, scale, value=-n, out=shift).view(b, 1, c)
    if own:
        y = torch.addcmul(shift, v, scale.view(b, 1, c), out=v)
    else:
        y = torch.addcmul(shift, v, scale.view(b, 1, c))
    return y.view(b, rows, columns, c).permute(0, 3, 1, 2)


def way(x: Tensor, weight: Tensor, bias: Tensor, fold: int) -> int:
    # Numbered as UNetTuning.Norm. Fitting: what is large is summed, as it takes fewer passes over memory; for the rest fewer
    # kernels count.
    if fold < 2:
        return fold
    if x.requires_grad or weight.requires_grad or bias.requires_grad:
        return 0
    if fold < 4:
        return fold
    if x.numel() >= 4194304:
        return 2
    return 3


def norm(x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float, fold: int) -> Tensor:
    kind = way(x, weight, bias, fold)
    if kind == 1:
        return folded_norm(x, groups, weight, bias, eps, [])
    elif kind == 2:
        return summed_norm(x, groups, weight, bias, eps, False)
    return torch.group_norm(x, groups, weight, bias, eps)


def activated_norm(x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float, fold: int, act: int,
                   own: bool) -> Tensor:
    kind = way(x, weight, bias, fold)
    if kind == 2 and act == 0:
        return summed_norm(x, groups, weight, bias, eps, own).silu_()
    y = norm(x, groups, weight, bias, eps, kind)
    if kind == 3 and act == 0:
        # torch's norm leaves channels outermost; the activation writes them innermost again, which saves a copy
        return torch.silu(y, out=torch.empty_like(x))
    return activate(y, act)


def resnet(x: Tensor, emb: Tensor, w: List[Tensor], i: int, shortcut: bool, shift: bool, at: int, groups: int,
           eps: float, fold: int, act: int, stacked: bool) -> Tensor:
    # stacked: emb holds the time projections of all blocks, this one's from `at`; the first convolution's bias is in it,
    # the second's in the shortcut's
    h = activated_norm(x, groups, w[i], w[i + 1], eps, fold, act, False)
    if stacked:
        e = torch.narrow(emb, 1, at, w[i + 5].size(0))
    else:
        e = torch.linear(emb, w[i + 4], w[i + 5])
    if stacked and not shift:
        h = torch.conv2d(h, w[i + 2], None, [1, 1], [1, 1])
    else:
        h = torch.conv2d(h, w[i + 2], w[i + 3], [1, 1], [1, 1])
    if shift:
        both = torch.chunk(e, 2, 1)
        if fold == 1:
            h = folded_norm(h, groups, w[i + 6], w[i + 7], eps, [both[0], both[1]])
        else:
            h = torch.group_norm(h, groups, w[i + 6], w[i + 7], eps)
            h = torch.addcmul(h + both[1].unsqueeze(2).unsqueeze(3), h, both[0].unsqueeze(2).unsqueeze(3))
        h = activate(h, act)
    else:
        h = plus(h, e.unsqueeze(2).unsqueeze(3))
        h = activated_norm(h, groups, w[i + 6], w[i + 7], eps, fold, act, True)
    if not shortcut:
        return plus(torch.conv2d(h, w[i + 8], w[i + 9], [1, 1], [1, 1]), x)
    if stacked:
        h = torch.conv2d(h, w[i + 8], None, [1, 1], [1, 1])
        y = torch.linear(x.permute(0, 2, 3, 1).reshape(-1, x.size(1)), w[i + 10].flatten(1), w[i + 11])
        return plus(h, y.view(x.size(0), x.size(2), x.size(3), -1).permute(0, 3, 1, 2))
    h = torch.conv2d(h, w[i + 8], w[i + 9], [1, 1], [1, 1])
    return plus(torch.conv2d(x, w[i + 10], w[i + 11]), h)


def transformer(x: Tensor, text: Tensor, identity: List[Tensor], mask: List[Tensor], weight: float, w: List[Tensor],
                start: int, heads: int, depth: int, adapter: bool, only_text: bool, groups: int, link: List[int],
                lora: List[Tensor], fold: int, stacked: bool, kernel: int) -> Tensor:
    # all tokens of the batch as rows of one matrix
    b, c, rows, columns = x.size(0), x.size(1), x.size(2), x.size(3)
    words = text.flatten(0, 1)
    i = start
    y = norm(x, groups, w[i], w[i + 1], 1e-6, fold)
    y = y.permute(0, 2, 3, 1).reshape(-1, c)
    y = project(y, w, i + 2, i + 3, link, lora)
    i += 4
    for n in range(depth):
        width = y.size(1)
        # self-attention: norm, q, k, v, out and its bias; stacked, q (k where it reads the text) holds those after it
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        own = h
        if only_text:
            own = words
        if stacked and not only_text:
            all = torch.chunk(project(h, w, i + 2, -1, link, lora), 3, 1)
            q, k, v = all[0], all[1], all[2]
        elif stacked:
            both = torch.chunk(project(own, w, i + 3, -1, link, lora), 2, 1)
            q, k, v = project(h, w, i + 2, -1, link, lora), both[0], both[1]
        else:
            q = project(h, w, i + 2, -1, link, lora)
            k = project(own, w, i + 3, -1, link, lora)
            v = project(own, w, i + 4, -1, link, lora)
        a = attend(q, k, v, b, heads, [], kernel)
        y = plus(project(a, w, i + 5, i + 6, link, lora), y)
        i += 7
        # multimodal cross-attention, decoupled: one query, text and identity keys apart
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        q = project(h, w, i + 2, -1, link, lora)
        if stacked:
            both = torch.chunk(project(words, w, i + 3, -1, link, lora), 2, 1)
            k, v = both[0], both[1]
        else:
            k = project(words, w, i + 3, -1, link, lora)
            v = project(words, w, i + 4, -1, link, lora)
        a = attend(q, k, v, b, heads, [], kernel)
        if adapter:
            if len(identity) > 0:
                person = identity[0].flatten(0, 1)
                if stacked:
                    both = torch.chunk(project(person, w, i + 7, -1, link, lora), 2, 1)
                    k, v = both[0], both[1]
                else:
                    k = project(person, w, i + 7, -1, link, lora)
                    v = project(person, w, i + 8, -1, link, lora)
                a = a + attend(q, k, v, b, heads, mask, kernel) * weight
        y = plus(project(a, w, i + 5, i + 6, link, lora), y)
        i += 7
        if adapter:
            i += 2
        # gated feed-forward
        h = torch.layer_norm(y, [width], w[i], w[i + 1], 1e-5)
        if len(lora) > 0:
            g = gated(project(h, w, i + 2, i + 3, link, lora))
        else:
            g = gate(h, w[i + 2], w[i + 3])
        y = plus(project(g, w, i + 4, i + 5, link, lora), y)
        i += 6
    y = project(y, w, i, i + 1, link, lora)
    return plus(y.view(b, rows, columns, c).permute(0, 3, 1, 2), x)


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


def stack(weights: List[Tensor], stacks: List[int]) -> List[Tensor]:
    # Matrices that read the same tokens, one above the other in the place of the first: place, count, then the places.
    w = weights[:]
    p = 0
    while p < len(stacks):
        rows: List[Tensor] = []
        for n in range(stacks[p + 1]):
            j = stacks[p + 2 + n]
            rows.append(w[j].flatten(1))
            w[j] = torch.empty([0], dtype=w[j].dtype, device=w[j].device)
        w[stacks[p]] = torch.cat(rows, 0)
        p += 2 + stacks[p + 1]
    return w


def stack_time(weights: List[Tensor], program: List[int]) -> List[Tensor]:
    # The time projections of all residual blocks as one, behind the other weights; biases that can be added elsewhere are.
    w = weights[:]
    matrices: List[Tensor] = []
    biases: List[Tensor] = []
    p = 0
    while p < len(program):
        if program[p] == 1:
            i = program[p + 1]
            matrices.append(w[i + 4])
            bias = w[i + 5].to(6)
            if program[p + 3] == 0:
                bias = bias + w[i + 3].to(6)
            biases.append(bias.to(w[i + 5].dtype))
            w[i + 4] = torch.empty([0], dtype=w[i + 4].dtype, device=w[i + 4].device)
            if program[p + 2] == 1:
                w[i + 11] = (w[i + 11].to(6) + w[i + 9].to(6)).to(w[i + 11].dtype)
        p += 5
    w.append(torch.cat(matrices, 0))
    w.append(torch.cat(biases, 0))
    return w


def cast_flat(ts: List[Tensor], dtype: int) -> List[Tensor]:
    # many small tensors by one kernel each way
    if len(ts) == 0 or dtype == 6:
        return ts
    flat: List[Tensor] = []
    sizes: List[int] = []
    for t in ts:
        flat.append(t.flatten())
        sizes.append(t.numel())
    parts = torch.split_with_sizes(torch.cat(flat, 0).to(dtype), sizes, 0)
    out: List[Tensor] = []
    for i in range(len(ts)):
        out.append(parts[i].view(ts[i].size(0), -1))
    return out


def pairs(adapters: List[Tensor], scale: List[float], joints: List[int], dtype: int) -> List[Tensor]:
    # One down and one up matrix for each projection that has LoRAs, scales in the latter: for each the count of LoRAs,
    # then of each its number and how many rows of a stacked matrix lie before and behind its own.
    cast = cast_flat(adapters, dtype)
    out: List[Tensor] = []
    p = 0
    while p < len(joints):
        downs: List[Tensor] = []
        ups: List[Tensor] = []
        for n in range(joints[p]):
            j, before, behind = joints[p + 1 + 3 * n], joints[p + 2 + 3 * n], joints[p + 3 + 3 * n]
            downs.append(cast[2 * j].flatten(1))
            up = cast[2 * j + 1].flatten(1) * scale[j]
            if before + behind > 0:
                up = torch.constant_pad_nd(up, [0, 0, before, behind], 0.0)
            ups.append(up)
        if len(downs) > 1:
            out.append(torch.cat(downs, 0))
            out.append(torch.cat(ups, 1))
        else:
            out.append(downs[0])
            out.append(ups[0])
        p += 1 + 3 * joints[p]
    return out


def execute(x0: Tensor, e: Tensor, text: Tensor, identity: List[Tensor], mask: List[Tensor], weight: float,
            w: List[Tensor], program: List[int], skipped: List[Tensor], groups: int, eps: float, link: List[int],
            lora: List[Tensor], fold: int, act: int, stacked: bool, kernel: int) -> Tensor:
    # e: the time embedding after its activation, or all blocks' projections of it where they are stacked
    skips = skipped[:]
    x = x0
    p = 0
    while p < len(program):
        op, i, a, b, c = program[p], program[p + 1], program[p + 2], program[p + 3], program[p + 4]
        p += 5
        if op == 1:
            x = resnet(x, e, w, i, a == 1, b == 1, c, groups, eps, fold, act, stacked)
        elif op == 2:
            x = transformer(x, text, identity, mask, weight, w, i, a, b, c % 2 == 1, c >= 2, groups, link, lora, fold,
                            stacked, kernel)
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
            x = activated_norm(x, groups, w[i], w[i + 1], eps, fold, act, False)
            x = torch.conv2d(x, w[i + 2], w[i + 3], [1, 1], [1, 1])
    return x


# slots: where the weights of each optional part start, or -1:
# 0 time, 1 view, 2 text projection, 3 pooled text, 4 identity projection, 5 feature projection, 6 identity null,
# 7 pooled identity, 8 pooled features, 9 codes, 10 tokens of the identity's code, 11 tokens of the text's code
def begin(x: Tensor, t: Tensor, text: List[Tensor], identity: List[Tensor], features: List[Tensor],
          photos: List[Tensor], view: List[Tensor], identity_code: List[Tensor], text_code: List[Tensor],
          keep_text: List[Tensor], keep_identity: List[Tensor], weights: List[Tensor], slots: List[int],
          program: List[int], width: int, patch: int, dtype: int, channels_last: bool, prepared: bool, live: List[int],
          stacks: List[int], stacked: bool, adapters: List[Tensor], scale: List[float], joints: List[int], act: int,
          sine_first: bool, shift: float, centred: bool, image: bool) -> Tuple[Tensor, Tensor, Tensor, List[Tensor],
                                                                               List[Tensor], List[Tensor], List[Tensor]]:
    # What the blocks work on: image, time embedding, words, the person's tokens and which of them count, weights, LoRAs.
    # live: weights of a prepared network that are masters still, because they are trained
    if prepared:
        w = weights
        if len(live) > 0:
            w = weights[:]
            for n in live:
                w[n] = w[n].to(dtype)
            w = stack(w, stacks)
    else:
        w = cast(weights, dtype, channels_last)
    lora = pairs(adapters, scale, joints, dtype)
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
    e = activate(emb, act)
    if stacked:
        e = torch.linear(e, w[len(w) - 2], w[len(w) - 1])
    return y, e, words, people, mask, w, lora


def finish(x: Tensor, patch: int) -> Tensor:
    y = x.to(6)
    if patch > 1:
        y = torch.pixel_shuffle(y, patch)
    return y.contiguous()


def forward(x: Tensor, t: Tensor, text: List[Tensor], identity: List[Tensor], features: List[Tensor],
            photos: List[Tensor], view: List[Tensor], identity_code: List[Tensor], text_code: List[Tensor],
            keep_text: List[Tensor], keep_identity: List[Tensor], weights: List[Tensor], slots: List[int],
            program: List[int], width: int, patch: int, dtype: int, channels_last: bool, prepared: bool, live: List[int],
            stacks: List[int], stacked: bool, adapters: List[Tensor], scale: List[float], joints: List[int], act: int,
            sine_first: bool, shift: float, centred: bool, image: bool, weight: float, groups: int, eps: float, fold: int,
            kernel: int, link: List[int]) -> Tensor:
    y, e, words, people, mask, w, lora = begin(
        x, t, text, identity, features, photos, view, identity_code, text_code, keep_text, keep_identity, weights, slots,
        program, width, patch, dtype, channels_last, prepared, live, stacks, stacked, adapters, scale, joints, act,
        sine_first, shift, centred, image)
    return finish(execute(y, e, words, people, mask, weight, w, program, [], groups, eps, link, lora, fold, act, stacked,
                          kernel), patch)


def prepare(weights: List[Tensor], dtype: int, channels_last: bool, live: List[int], stacks: List[int], stacked: bool,
            program: List[int]) -> List[Tensor]:
    # copies: the masters may change or go; but those that are trained (live) are the masters themselves
    masters: List[Tensor] = []
    for n in live:
        masters.append(weights[n])
    w = cast(weights, dtype, channels_last)
    if stacked:
        w = stack_time(stack(w, stacks), program)
    out: List[Tensor] = []
    for t in w:
        out.append(t.detach().clone())
    for n in range(len(live)):
        out[live[n]] = masters[n]
    return out


def grown(outputs: List[Tensor], upstream: List[Tensor], leaves: List[Tensor]) -> List[Optional[Tensor]]:
    # gradients, none for a leaf that takes no part
    given: List[Optional[Tensor]] = []
    for u in upstream:
        given.append(u)
    return torch.autograd.grad(outputs, leaves, given, None, False, True)


def tracked(tensors: List[Tensor]) -> Tensor:
    # 1 for each that gradients reach
    flags = torch.zeros([len(tensors)], dtype=6)
    for i in range(len(tensors)):
        if tensors[i].requires_grad:
            torch.select(flags, 0, i).fill_(1.0)
    return flags


def leaf(x: Tensor) -> Tensor:
    return x.detach().requires_grad_(True)


def merged(w: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
    return (w + torch.matmul(b.flatten(1), a.flatten(1)).view(w.size()) * scale).detach()


def uniform(like: Tensor, shape: List[int], bound: float) -> Tensor:
    return (torch.rand(shape, dtype=6, device=like.device) * 2.0 - 1.0) * bound
