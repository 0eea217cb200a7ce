// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.util.Arrays;
import java.util.List;

/**
 * The expressions that a head is to wear, in words and as vectors.
 *
 * @param encoder logical id of the sentence encoder
 * @param encoderSha256 hash of its weights
 * @param prompts the words; the first is the head's rest
 * @param slugs the same as names of files and scenes: lower-case letters, digits and dashes, all different
 * @param embeddings unit vectors of 384 numbers, one after the other
 */
public record Expressions(
        String encoder, String encoderSha256, List<String> prompts, List<String> slugs, float[] embeddings) {

    public Expressions {
        prompts = List.copyOf(prompts);
        slugs = List.copyOf(slugs);
        if (prompts.isEmpty() || slugs.size() != prompts.size() || embeddings.length % prompts.size() != 0) {
            throw new IllegalArgumentException("prompts, slugs and vectors of the expressions differ in number");
        }
    }

    public int count() {
        return prompts.size();
    }

    /** All vectors (a copy), one for each expression. */
    public float[][] rows() {
        float[][] rows = new float[count()][];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = embedding(e);
        }
        return rows;
    }

    /** The vector of an expression (a copy). */
    public float[] embedding(int expression) {
        int length = embeddings.length / count();
        return Arrays.copyOfRange(embeddings, expression * length, (expression + 1) * length);
    }
}
