// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A linear head model with all its parts, in {@link HeadSpace}: neutral + Σ wᵢ identityᵢ + Σ eⱼ shapeⱼ. Heads of one
 * topology are made of it; {@link HeadModel} is what training renders keep of it.
 *
 * @param neutral positions, 3V floats
 * @param identities offsets of each identity mode, 3V floats each; weights are drawn from N(0, 1)
 * @param shapeNames names of the expression shapes, `_L` and `_R` for one side
 * @param shapes offsets of each expression shape, 3V floats each; weights lie in 0…1
 * @param landmarks vertex indices of the 68 facial landmarks in the usual (iBUG) order
 */
public record MorphableHead(
        HeadTopology topology,
        float[] neutral,
        List<float[]> identities,
        List<String> shapeNames,
        List<float[]> shapes,
        int[] landmarks) {

    public MorphableHead {
        int n = 3 * topology.vertexCount();
        require(neutral.length == n, "the neutral head has another vertex count than its topology");
        for (float[] mode : identities) require(mode.length == n, "an identity mode has another vertex count");
        for (float[] shape : shapes) require(shape.length == n, "an expression shape has another vertex count");
        require(shapes.size() == shapeNames.size(), "expression shapes and their names differ in number");
        for (int v : landmarks) require(v >= 0 && v < n / 3, "a landmark names vertex " + v + " of " + n / 3);
        identities = List.copyOf(identities);
        shapeNames = List.copyOf(shapeNames);
        shapes = List.copyOf(shapes);
    }

    private static void require(boolean condition, String message) {
        if (!condition) throw new IllegalArgumentException("not a head model: " + message);
    }

    public int vertexCount() {
        return topology.vertexCount();
    }

    /**
     * Weights of all expression shapes for named ones. A name without side ("mouthSmile") sets both.
     *
     * @throws IllegalArgumentException if a name is no shape of this model
     */
    public float[] shapeWeights(Map<String, Double> named) {
        float[] weights = new float[shapes.size()];
        named.forEach((name, value) -> {
            List<Integer> found = new ArrayList<>();
            for (String side : new String[] {"", "_L", "_R"}) {
                int at = shapeNames.indexOf(name + side);
                if (at >= 0) found.add(at);
            }
            require(!found.isEmpty(), "it has no expression shape called " + name);
            for (int at : found) weights[at] = value.floatValue();
        });
        return weights;
    }

    /**
     * Positions (3V) of an identity wearing expression shapes.
     *
     * @throws IllegalArgumentException if there are more weights than the model has modes or shapes; fewer are allowed
     */
    public float[] vertices(float[] identity, float[] shapeWeights) {
        float[] out = neutral.clone();
        add(out, identities, identity, "identity modes");
        add(out, shapes, shapeWeights, "expression shapes");
        return out;
    }

    private static void add(float[] out, List<float[]> modes, float[] weights, String what) {
        if (weights.length > modes.size()) {
            throw new IllegalArgumentException(
                    weights.length + " weights for " + modes.size() + " " + what + " of the head model");
        }
        for (int m = 0; m < weights.length; m++) {
            float w = weights[m];
            if (w == 0) continue;
            float[] mode = modes.get(m);
            for (int i = 0; i < out.length; i++) out[i] += w * mode[i];
        }
    }
}
