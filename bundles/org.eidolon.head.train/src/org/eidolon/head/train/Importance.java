// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.model.HeadModel;
import org.eidolon.torch.Scope;

/**
 * How much each number of a code counts while the reader learns: a mode or shape by how far it moves the head, all
 * numbers of the skin alike.
 *
 * @param identity ({@link HeadCodes#IDENTITY}), summing to 1
 * @param expression ({@link HeadCodes#EXPRESSION}), summing to 1
 */
record Importance(NDArray identity, NDArray expression) {
    private static final double SKIN = 0.15;

    static Importance of(Scope scope, HeadModel model) {
        float[] person = new float[HeadCodes.IDENTITY], worn = new float[HeadCodes.EXPRESSION];
        fill(person, model.identities(), HeadCodes.MODES);
        for (int i = 1 + HeadCodes.MODES; i < person.length; i++) person[i] = (float) SKIN;
        fill(worn, model.shapes(), HeadCodes.SHAPES);
        return new Importance(scope.of(shares(person)), scope.of(shares(worn)));
    }

    /** Root mean square of each offset, the largest as 1. */
    private static void fill(float[] weights, List<float[]> offsets, int most) {
        double largest = 1e-12;
        for (int k = 0; k < Math.min(most, offsets.size()); k++) {
            double sum = 0;
            for (float v : offsets.get(k)) sum += (double) v * v;
            weights[1 + k] = (float) Math.sqrt(sum / offsets.get(k).length);
            largest = Math.max(largest, weights[1 + k]);
        }
        for (int k = 1; k <= most; k++) weights[k] /= (float) largest;
    }

    private static float[] shares(float[] weights) {
        float sum = 0;
        for (float w : weights) sum += w;
        for (int i = 0; i < weights.length; i++) weights[i] /= sum;
        return weights;
    }
}
