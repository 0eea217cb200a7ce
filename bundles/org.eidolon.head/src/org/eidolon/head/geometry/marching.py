# SPDX-License-Identifier: EPL-2.0
# Marching tetrahedra as tensor algebra: the same surface, in the same order, as MarchingTetrahedra finds.


def march(distance: Tensor, ends: Tensor, tets: Tensor, tet_edges: Tensor, cases: Tensor,
          case_faces: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # distance (E, N), negative inside; int32: edges of the lattice (2, M) and tetrahedra (4, T) by vertex, tetrahedra by
    # edge (T, 6); int64: cases (16, 6), the edges of a tetrahedron that the corners of its two triangles lie on, -1 for
    # none; case_faces (16), how many triangles
    # -> crossed edges (K) as e * M + edge; faces (F, 3) by crossed edge within their own expression;
    #    counts (3, E): crossed edges, faces, distances that are no numbers
    expressions = int(distance.size(0))
    edges = int(ends.size(1))
    tetrahedra = int(tets.size(1))
    inside = distance < 0
    crossing = torch.bitwise_xor(torch.index_select(inside, 1, ends.select(0, 0)),
                                 torch.index_select(inside, 1, ends.select(0, 1)))
    rank = torch.cumsum(crossing, 1, dtype=3).reshape(-1) - 1
    bit = inside.to(dtype=0)
    case = torch.index_select(bit, 1, tets.select(0, 0)) + 2 * torch.index_select(bit, 1, tets.select(0, 1)) \
        + 4 * torch.index_select(bit, 1, tets.select(0, 2)) + 8 * torch.index_select(bit, 1, tets.select(0, 3))
    case = case.reshape(-1)
    active = torch.nonzero(torch.remainder(case, 15)).squeeze(1)
    case = torch.index_select(case, 0, active).to(dtype=4)
    owner = torch.div(active, tetrahedra, rounding_mode="trunc")
    sides = torch.index_select(cases, 0, case)
    edge = torch.gather(torch.index_select(tet_edges, 0, active - owner * tetrahedra).to(dtype=4), 1,
                        torch.clamp(sides, min=0)) + (owner * edges).unsqueeze(1)
    corner = torch.index_select(rank, 0, edge.reshape(-1)).to(dtype=4).reshape(-1, 3)
    there = torch.stack([sides.select(1, 0), sides.select(1, 3)], 1) >= 0
    faces = torch.index_select(corner, 0, torch.nonzero(there.reshape(-1)).squeeze(1))
    count = torch.zeros([expressions], dtype=4, device=distance.device)
    count = torch.index_add(count, 0, owner, torch.index_select(case_faces, 0, case))
    lost = torch.logical_not(torch.isfinite(distance)).sum(1)
    return torch.nonzero(crossing.reshape(-1)).squeeze(1), faces, torch.stack([crossing.sum(1), count, lost])


def used(crossed: Tensor, ends: Tensor, expressions: int, vertices: int) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    # crossed edges (K) as `march` gives them -> their ends (K), (K) as e * N + vertex; which of these are ends (E * N), and
    # how many up to each; how many of each expression (E)
    owner = torch.div(crossed, int(ends.size(1)), rounding_mode="trunc")
    edge = crossed - owner * int(ends.size(1))
    a = torch.index_select(ends.select(0, 0), 0, edge) + owner * vertices
    b = torch.index_select(ends.select(0, 1), 0, edge) + owner * vertices
    mark = torch.zeros([expressions * vertices], dtype=11, device=crossed.device)
    mark = torch.index_fill(torch.index_fill(mark, 0, a, True), 0, b, True)
    return a, b, mark, torch.cumsum(mark, 0), mark.reshape(expressions, vertices).sum(1)


def placed(a: Tensor, b: Tensor, mark: Tensor, rank: Tensor, counts: Tensor,
           width: int) -> Tuple[Tensor, Tensor, Tensor]:
    # what `used` gives -> lattice vertices in use, a row of `width` for each expression (E, width); ends (K), (K) as places
    # in it
    expressions = int(counts.size(0))
    vertices = int(mark.size(0)) // expressions
    # places in the rows, less places in one list of all
    shift = torch.arange(expressions, dtype=4, device=mark.device) * width - torch.cumsum(counts, 0) + counts - 1
    vertex = torch.nonzero(mark).squeeze(1)
    owner = torch.div(vertex, vertices, rounding_mode="trunc")
    place = torch.index_select(rank, 0, vertex) + torch.index_select(shift, 0, owner)
    index = torch.zeros([expressions * width], dtype=4, device=mark.device)
    index = torch.index_copy(index, 0, place, vertex - owner * vertices).reshape(expressions, width)
    a = torch.index_select(rank, 0, a) + torch.index_select(shift, 0, torch.div(a, vertices, rounding_mode="trunc"))
    b = torch.index_select(rank, 0, b) + torch.index_select(shift, 0, torch.div(b, vertices, rounding_mode="trunc"))
    return index, a, b


def rows(counts: Tensor, more: Tensor) -> Tensor:
    return torch.cat([counts, more.unsqueeze(0)], 0)
