// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.util.Arrays;
import java.util.List;
import org.eidolon.head.stage.Worn;

/**
 * The expressions that a head is to wear, in words and as vectors.
 *
 * @param encoder logical id of the sentence encoder
 * @param encoderSha256 hash of its weights
 * @param prompts the words; the first is the head's rest
 * @param slugs the same as names of files and scenes: lower-case letters, digits and dashes, all different
 * @param embeddings unit vectors of 384 numbers, one after the other
 * @param rest the vector of a face at rest
 * @param intensities how strongly each is worn: 0 at rest, 1 as the words say
 */
public record Expressions(
        String encoder,
        String encoderSha256,
        List<String> prompts,
        List<String> slugs,
        float[] embeddings,
        float[] rest,
        float[] intensities) {

    public Expressions {
        prompts = List.copyOf(prompts);
        slugs = List.copyOf(slugs);
        if (prompts.isEmpty()
                || slugs.size() != prompts.size()
                || embeddings.length != prompts.size() * rest.length
                || intensities.length != prompts.size()) {
            throw new IllegalArgumentException("prompts, slugs and vectors of the expressions differ in number");
        }
    }

    public int count() {
        return prompts.size();
    }

    /** The same as the stages take it. */
    public Worn worn() {
        float[][] rows = new float[count()][];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = embedding(e);
        }
        return new Worn(rows, rest, intensities);
    }

    /** The vector of an expression (a copy). */
    public float[] embedding(int expression) {
        int length = embeddings.length / count();
        return Arrays.copyOfRange(embeddings, expression * length, (expression + 1) * length);
    }
}
