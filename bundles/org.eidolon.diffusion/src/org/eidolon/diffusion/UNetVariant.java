// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.List;

/**
 * Ways in which published UNets depart from Stable Diffusion's without other sizes.
 *
 * @param activation after norms and in the time embedding
 * @param sineFirst the time embedding is [sin, cos]; otherwise [cos, sin], as in Stable Diffusion
 * @param frequencyShift subtracted from the number of frequencies when they are spaced; 0 in Stable Diffusion
 * @param centred input of [0, 1] is first brought to [−1, 1]
 * @param onlyContext levels whose first attention reads the context too, as in Stable Diffusion's upscaler; empty for
 *     none
 * @param imageEmbedding the identity is a CLIP image embedding: one matrix makes its tokens (IP-Adapter); otherwise a
 *     face embedding, and two do (IP-Adapter-FaceID)
 */
public record UNetVariant(
        Activation activation,
        boolean sineFirst,
        double frequencyShift,
        boolean centred,
        List<Boolean> onlyContext,
        boolean imageEmbedding) {

    /** Pointwise functions, in the order of their numbers in {@code unet.py}. */
    public enum Activation {
        /** x σ(x), which papers also call swish. */
        SILU,
        /** x Φ(x), exact. */
        GELU,
        /** x tanh(ln(1 + eˣ)). */
        MISH,
        /** max(x, 0). */
        RELU
    }

    /** Stable Diffusion, and our priors. */
    public static final UNetVariant STANDARD = new UNetVariant(Activation.SILU, false, 0, false, List.of(), false);

    /** What is left out is as in Stable Diffusion. */
    public UNetVariant {
        activation = activation == null ? Activation.SILU : activation;
        onlyContext = onlyContext == null ? List.of() : List.copyOf(onlyContext);
    }

    /** Whether self-attention of a level reads the context. */
    boolean onlyContext(int level) {
        return !onlyContext.isEmpty() && onlyContext.get(level);
    }

    /** The same for image embeddings or for face embeddings. */
    UNetVariant withImageEmbedding(boolean image) {
        return new UNetVariant(activation, sineFirst, frequencyShift, centred, onlyContext, image);
    }
}
