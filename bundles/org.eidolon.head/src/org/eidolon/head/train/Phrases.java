// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.torch.Scope;

/** All wordings of the thirteen expressions as sentence embeddings on the device. */
final class Phrases {
    private final int[] first;
    private final NDArray table;

    Phrases(Scope scope, SentenceEncoder encoder) {
        List<Expression> expressions = Expression.standard();
        first = new int[expressions.size() + 1];
        List<String> all = new ArrayList<>();
        for (int e = 0; e < expressions.size(); e++) {
            first[e] = all.size();
            all.addAll(expressions.get(e).phrases());
        }
        first[expressions.size()] = all.size();
        float[][] rows = encoder.encode(all);
        float[] flat = new float[rows.length * SentenceEncoder.LENGTH];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, flat, r * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
        }
        table = scope.of(flat, rows.length, SentenceEncoder.LENGTH);
    }

    /** All embeddings (P, 384). */
    NDArray table() {
        return table;
    }

    /** Row of an expression's own name. */
    int name(int expression) {
        return first[expression];
    }

    /** Row of one of an expression's wordings. */
    int draw(int expression, RandomGenerator random) {
        return first[expression] + random.nextInt(first[expression + 1] - first[expression]);
    }
}
