// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.head.model.HeadModel;
import org.eidolon.torch.Scope;

/**
 * What heads wear in training and how it is said: the thirteen expressions in all their wordings, and composed ones
 * (see {@link Captions}); sentence embeddings lie on the device.
 */
final class Phrases {
    static final long SEED = 4242;

    private final int standard;
    private final int[] first;
    private final List<float[]> shapes = new ArrayList<>();
    private final NDArray table;

    /** @param composed how many composed expressions there are beside the thirteen */
    Phrases(Scope scope, SentenceEncoder encoder, HeadModel model, int composed) {
        List<Expression> expressions = Expression.standard();
        standard = expressions.size();
        List<List<String>> wordings = new ArrayList<>();
        for (Expression e : expressions) {
            shapes.add(model.shapeWeights(e.weights()));
            wordings.add(e.phrases());
        }
        Captions captions = new Captions(model);
        Random random = new Random(SEED);
        for (int i = 0; i < composed; i++) {
            Captions.Caption caption = captions.compose(random);
            shapes.add(caption.shapes());
            wordings.add(caption.wordings());
        }
        first = new int[wordings.size() + 1];
        for (int i = 0; i < wordings.size(); i++)
            first[i + 1] = first[i] + wordings.get(i).size();
        float[][] rows = encoder.encode(wordings.stream().flatMap(List::stream).toList());
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

    /** How many of the expressions are the thirteen; they come first. */
    int standard() {
        return standard;
    }

    /** How many expressions there are in all. */
    int count() {
        return shapes.size();
    }

    /** Shape weights of an expression. */
    float[] shapes(int expression) {
        return shapes.get(expression);
    }

    /** Row of an expression's own name. */
    int name(int expression) {
        return first[expression];
    }

    /** Row of one of an expression's wordings. */
    int draw(int expression, Random random) {
        return first[expression] + random.nextInt(first[expression + 1] - first[expression]);
    }
}
