// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A linear head model: neutral + Σ wᵢ identityᵢ + Σ eⱼ shapeⱼ, all in {@link HeadSpace}.
 *
 * @param neutral positions, 3V floats
 * @param identities offsets of each identity mode, 3V floats each; weights are drawn from N(0, 1)
 * @param shapeNames names of the expression shapes, `_L` and `_R` for one side
 * @param shapes offsets of each expression shape, 3V floats each; weights lie in 0…1
 * @param triangles vertex indices, 3F
 * @param parts the {@link Part} of each vertex, by ordinal
 * @param landmarks vertex indices of the 68 facial landmarks in the usual (iBUG) order
 * @param layout how it is textured, or null where its file does not tell
 */
public record HeadModel(
        float[] neutral,
        List<float[]> identities,
        List<String> shapeNames,
        List<float[]> shapes,
        int[] triangles,
        byte[] parts,
        int[] landmarks,
        HeadLayout layout) {

    /** What a vertex belongs to. */
    public enum Part {
        FACE,
        NECK,
        MOUTH,
        EYE_SOCKET,
        GUMS,
        TEETH,
        EYE
    }

    public HeadModel {
        int n = neutral.length;
        require(n > 0 && n % 3 == 0, "the neutral head has no whole number of vertices");
        for (float[] mode : identities) require(mode.length == n, "an identity mode has another vertex count");
        for (float[] shape : shapes) require(shape.length == n, "an expression shape has another vertex count");
        require(shapes.size() == shapeNames.size(), "expression shapes and their names differ in number");
        require(parts.length == n / 3, "the parts do not cover the vertices");
        for (int v : triangles) require(v >= 0 && v < n / 3, "a triangle names vertex " + v + " of " + n / 3);
        require(
                layout == null || layout.corners().length == 2 * triangles.length,
                "the texture layout has another number of triangles");
        for (int v : landmarks) require(v >= 0 && v < n / 3, "a landmark names vertex " + v + " of " + n / 3);
    }

    /** A model whose file tells of no texture layout. */
    public HeadModel(
            float[] neutral,
            List<float[]> identities,
            List<String> shapeNames,
            List<float[]> shapes,
            int[] triangles,
            byte[] parts,
            int[] landmarks) {
        this(neutral, identities, shapeNames, shapes, triangles, parts, landmarks, null);
    }

    /**
     * What fits and textures use of a whole head model: without irises behind the eyeballs, tears and lashes. Vertices keep
     * their order, and each polygon is cut from its first corner on.
     */
    public static HeadModel of(MorphableHead whole) {
        HeadTopology topology = whole.topology();
        int[] kept = IntStream.range(0, whole.vertexCount())
                .filter(v -> part(topology.region(v)) != null)
                .toArray();
        int[] renumber = new int[whole.vertexCount()];
        Arrays.fill(renumber, -1);
        byte[] parts = new byte[kept.length];
        for (int i = 0; i < kept.length; i++) {
            renumber[kept[i]] = i;
            parts[i] = (byte) part(topology.region(kept[i])).ordinal();
        }
        List<Integer> triangles = new ArrayList<>();
        List<Float> corners = new ArrayList<>();
        for (int f = 0; f < topology.polygonCount(); f++) {
            for (int second = 1; second <= (topology.polygons()[4 * f + 3] < 0 ? 1 : 2); second++) {
                int[] at = {4 * f, 4 * f + second, 4 * f + second + 1};
                if (Arrays.stream(at).anyMatch(c -> renumber[topology.polygons()[c]] < 0)) continue;
                int tile = HeadLayout.tile(topology.sheets().get(topology.sheetOf()[f]));
                for (int c : at) {
                    triangles.add(renumber[topology.polygons()[c]]);
                    corners.add(tile + topology.uv()[2 * topology.corners()[c]]);
                    corners.add(topology.uv()[2 * topology.corners()[c] + 1]);
                }
            }
        }
        float[] uv = new float[corners.size()];
        for (int i = 0; i < uv.length; i++) uv[i] = corners.get(i);
        return new HeadModel(
                of(whole.neutral(), kept),
                whole.identities().stream().map(m -> of(m, kept)).toList(),
                whole.shapeNames(),
                whole.shapes().stream().map(m -> of(m, kept)).toList(),
                triangles.stream().mapToInt(Integer::intValue).toArray(),
                parts,
                Arrays.stream(whole.landmarks()).map(v -> renumber[v]).toArray(),
                new HeadLayout(uv));
    }

    private static Part part(HeadRegion region) {
        return switch (region) {
            case FACE -> Part.FACE;
            case HEAD -> Part.NECK;
            case MOUTH_SOCKET -> Part.MOUTH;
            case EYE_SOCKETS -> Part.EYE_SOCKET;
            case GUMS -> Part.GUMS;
            case TEETH -> Part.TEETH;
            case EYE_LEFT, EYE_RIGHT -> Part.EYE;
            default -> null;
        };
    }

    private static float[] of(float[] values, int[] kept) {
        float[] out = new float[3 * kept.length];
        for (int i = 0; i < kept.length; i++) System.arraycopy(values, 3 * kept[i], out, 3 * i, 3);
        return out;
    }

    private static void require(boolean condition, String message) {
        if (!condition) throw new IllegalArgumentException("not a head model: " + message);
    }

    public int vertexCount() {
        return neutral.length / 3;
    }

    public Part part(int vertex) {
        return Part.values()[parts[vertex]];
    }

    /**
     * Weights of all expression shapes for named ones. A name without side ("mouthSmile") sets both.
     *
     * @throws IllegalArgumentException if a name is no shape of this model
     */
    public float[] shapeWeights(Map<String, Double> named) {
        float[] weights = new float[shapes.size()];
        named.forEach((name, value) -> {
            boolean found = false;
            for (int i = 0; i < weights.length; i++) {
                String shape = shapeNames.get(i);
                if (shape.equals(name) || shape.equals(name + "_L") || shape.equals(name + "_R")) {
                    weights[i] = value.floatValue();
                    found = true;
                }
            }
            require(found, "it has no expression shape called " + name);
        });
        return weights;
    }

    /** Positions (3V) of an identity wearing expression shapes; either may be shorter than the model has. */
    public float[] vertices(float[] identity, float[] shapeWeights) {
        float[] out = neutral.clone();
        add(out, identities, identity);
        add(out, shapes, shapeWeights);
        return out;
    }

    private static void add(float[] out, List<float[]> modes, float[] weights) {
        for (int m = 0; m < weights.length; m++) {
            float w = weights[m];
            if (w == 0) continue;
            float[] mode = modes.get(m);
            for (int i = 0; i < out.length; i++) out[i] += w * mode[i];
        }
    }
}
