// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;

/**
 * What heads are told to wear: an expression's words, and how strongly. Strength moves what is read from the words along
 * the line from a face at rest through the expression and beyond; the words themselves fade to those of rest below full
 * strength and to nothing above it, so that they never speak against the code. A prior's training left out words, too.
 *
 * @param sentences (E, 384) by the sentence encoder
 * @param rest the sentence of a face at rest; may be null where every intensity is 1
 * @param intensities (E) 0 for rest, 1 for the expression as it is said, at most {@link #STRONGEST}
 */
public record Worn(float[][] sentences, float[] rest, float[] intensities) {
    /** The most that a prior can follow: its training went to 1.3 times a head model's shapes. */
    public static final double STRONGEST = 1.5;

    private static final Script KERNELS = Script.load(Worn.class, "worn.py");

    /** @throws IllegalArgumentException unless the parts fit one another and intensities are in range */
    public Worn {
        if (sentences.length == 0 || sentences.length > 256) {
            throw new IllegalArgumentException("1 to 256 expressions, not " + sentences.length);
        }
        if (intensities.length != sentences.length) {
            throw new IllegalArgumentException(
                    sentences.length + " expressions need as many intensities, not " + intensities.length);
        }
        for (float[] sentence : sentences) check(sentence);
        for (float intensity : intensities) {
            if (!(intensity >= 0 && intensity <= STRONGEST)) {
                throw new IllegalArgumentException(
                        "the intensity of an expression is 0 to " + STRONGEST + ", not " + intensity);
            }
        }
        if (rest != null) check(rest);
        else if (!Arrays.equals(intensities, full(sentences.length))) {
            throw new IllegalArgumentException("intensities are counted from a face at rest, its sentence is missing");
        }
    }

    private static void check(float[] sentence) {
        if (sentence.length != SentenceEncoder.LENGTH) {
            throw new IllegalArgumentException(
                    "a sentence has " + SentenceEncoder.LENGTH + " numbers, not " + sentence.length);
        }
    }

    /** Expressions as they are said. */
    public static Worn of(float[][] sentences) {
        return new Worn(sentences, null, full(sentences.length));
    }

    private static float[] full(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    public int count() {
        return sentences.length;
    }

    /** All numbers, in a fixed order: by which two of them are told apart. */
    public Stream<float[]> numbers() {
        return Stream.of(Arrays.stream(sentences), Stream.of(intensities), Stream.ofNullable(rest))
                .flatMap(part -> part);
    }

    /** The words (E, 384) that a prior hears. */
    NDArray words(Scope s) {
        return KERNELS.call(s, "words", said(s), resting(s), strengths(s));
    }

    /** Codes (E, {@link org.eidolon.head.code.HeadCodes#EXPRESSION}) that a reader takes from the words. */
    NDArray codes(Scope s, CodeReader reader) {
        return KERNELS.call(s, "codes", reader.expression(s, said(s)), reader.expression(s, resting(s)), strengths(s));
    }

    private NDArray said(Scope s) {
        float[] flat = new float[count() * SentenceEncoder.LENGTH];
        for (int e = 0; e < count(); e++) {
            System.arraycopy(sentences[e], 0, flat, e * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
        }
        return s.of(flat, count(), SentenceEncoder.LENGTH);
    }

    private NDArray resting(Scope s) {
        return rest == null ? s.zeros(1, SentenceEncoder.LENGTH) : s.of(rest, 1, SentenceEncoder.LENGTH);
    }

    private NDArray strengths(Scope s) {
        return s.of(intensities, count(), 1);
    }
}
