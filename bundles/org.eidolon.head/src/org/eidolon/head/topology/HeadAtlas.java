// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.mesh.Mesh;

/**
 * One texture layout for a head model: its own tiles, each scaled into a place of one square, and the vertices split
 * where the layout has seams.
 *
 * @param source vertex of the head model that each vertex comes from
 * @param triangles of split vertices, in the order of the model's
 * @param uvs of the split vertices, v downwards, inside 0…1
 */
public record HeadAtlas(int[] source, int[] triangles, float[] uvs) {
    /** Where a tile goes: left, top and side, of 1. */
    private record Place(double left, double top, double side) {}

    private static final double GAP = 0.004;

    /** Side of the face's tile, which lies in the upper left and is symmetric. */
    public static final double FACE = 0.75;

    /** Most of the square is the face's; the other skin, the mouth's and the eyes' share the rest. */
    private static Place place(Part part, int tile, boolean left) {
        return switch (part) {
            case EYE -> new Place(left ? 0 : 0.25, 0.75, 0.25);
            case GUMS -> new Place(0.75, 0.5, 0.25);
            case TEETH -> new Place(0.75, 0.25, 0.25);
            default -> tile == 0 ? new Place(0, 0, FACE) : new Place(0.5, 0.75, 0.25);
        };
    }

    /** @throws IllegalArgumentException if the model has no texture layout */
    public static HeadAtlas of(HeadModel model) {
        if (model.layout() == null) {
            throw new IllegalArgumentException(
                    "the head model has no texture layout: a whole one is needed, as `eidolon"
                            + " train pack --whole` makes it");
        }
        int[] triangles = model.triangles();
        float[] corners = model.layout().corners();
        Map<Long, Integer> known = new HashMap<>();
        List<Integer> source = new ArrayList<>();
        List<float[]> uvs = new ArrayList<>();
        int[] split = new int[triangles.length];
        for (int c = 0; c < triangles.length; c++) {
            int vertex = triangles[c], first = c / 3 * 3;
            // a triangle lies in one tile, whose borders belong to both neighbours
            double middle = (corners[2 * first] + corners[2 * first + 2] + corners[2 * first + 4]) / 3.0;
            int tile = (int) Math.floor(middle);
            Place p = place(model.part(vertex), tile, model.neutral()[3 * vertex] > 0);
            double u = Math.clamp(corners[2 * c] - tile, 0, 1), v = Math.clamp(1 - corners[2 * c + 1], 0, 1);
            float[] uv = {
                (float) (p.left + GAP + u * (p.side - 2 * GAP)), (float) (p.top + GAP + v * (p.side - 2 * GAP))
            };
            long key = ((long) vertex << 40) ^ ((long) Math.round(uv[0] * 65536) << 20) ^ Math.round(uv[1] * 65536);
            Integer at = known.get(key);
            if (at == null) {
                at = source.size();
                known.put(key, at);
                source.add(vertex);
                uvs.add(uv);
            }
            split[c] = at;
        }
        float[] flat = new float[2 * uvs.size()];
        for (int i = 0; i < uvs.size(); i++) System.arraycopy(uvs.get(i), 0, flat, 2 * i, 2);
        return new HeadAtlas(source.stream().mapToInt(Integer::intValue).toArray(), split, flat);
    }

    /** A head with texture coordinates, and normals that know no seams. */
    public Mesh mesh(float[] positions, int[] modelTriangles) {
        Mesh whole = Mesh.of(positions, modelTriangles).withVertexNormals();
        return new Mesh(split(positions), triangles, uvs, split(whole.normals()));
    }

    /** Values (V, 3) of the model's vertices at the split ones. */
    public float[] split(float[] values) {
        float[] out = new float[3 * source.length];
        for (int i = 0; i < source.length; i++) System.arraycopy(values, 3 * source[i], out, 3 * i, 3);
        return out;
    }
}
