// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eidolon.head.latent.Said;
import org.eidolon.head.stage.Worn;

/**
 * The expressions that a head is to wear, in words and as vectors.
 *
 * @param encoder logical id of the sentence encoder
 * @param encoderSha256 hash of its weights
 * @param words what each looks like, without its strength; the first is the head's rest
 * @param names what each is called: its words, and its strength where it has one of its own; all different
 * @param slugs the names as names of files and scenes: lower-case letters, digits and dashes, all different
 * @param embeddings unit vectors of 384 numbers, one after the other
 * @param rest the vector of a face at rest
 * @param intensities how strongly each is worn: 0 at rest, 1 as the words say
 */
public record Expressions(
        String encoder,
        String encoderSha256,
        List<String> words,
        List<String> names,
        List<String> slugs,
        float[] embeddings,
        float[] rest,
        float[] intensities) {

    public Expressions {
        words = List.copyOf(words);
        names = List.copyOf(names);
        slugs = List.copyOf(slugs);
        if (words.isEmpty()
                || names.size() != words.size()
                || slugs.size() != words.size()
                || embeddings.length != words.size() * rest.length
                || intensities.length != words.size()) {
            throw new IllegalArgumentException("words, names, slugs and vectors of the expressions differ in number");
        }
    }

    public int count() {
        return words.size();
    }

    /** The same in words, as priors of latents are told it. */
    public List<Said> said() {
        List<Said> said = new ArrayList<>();
        for (int e = 0; e < count(); e++) said.add(new Said(words.get(e), intensities[e]));
        return said;
    }

    /** The same as vectors, as the stages take it. */
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
