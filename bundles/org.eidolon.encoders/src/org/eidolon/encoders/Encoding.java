// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

/**
 * What the identity encoder makes of one aligned crop.
 *
 * @param embedding unit length, 192 numbers for the starter encoder
 * @param features the last feature map as tokens, row by row from the top left: (49, 128) for the starter encoder
 * @param colours mean colours of the crop's 14×14 cells, sRGB in 0…1, row by row: an encoder forgets tones, as it should
 */
public record Encoding(float[] embedding, float[] features, float[] colours) {
    /** Cosine of the angle between two embeddings: near 1 for one person, near 0 for two. */
    public double cosine(Encoding other) {
        return Identity.cosine(embedding, other.embedding);
    }
}
