def paint(masks: Tensor, colours: Tensor, opacity: Tensor) -> Tensor:
    # masks (R,V), colours (B,1+R,3) with the tone first, opacity (B,R) -> albedo (B,V,3)
    b = colours.size(0)
    v = masks.size(1)
    albedo = torch.expand_copy(torch.unsqueeze(colours[:, 0], 1), [b, v, 3])
    for r in range(masks.size(0)):
        cover = torch.mul(torch.unsqueeze(masks[r], 0), torch.unsqueeze(opacity[:, r], 1))
        albedo = torch.lerp(albedo, torch.unsqueeze(colours[:, 1 + r], 1), torch.unsqueeze(cover, 2))
    return albedo
