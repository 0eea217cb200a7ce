// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.util.Map;
import org.eidolon.head.prior.Domain;

/**
 * A reference to published weights that make up a prior, and how it is told what pictures show. The weights themselves stay
 * where they lie.
 *
 * @param domain what its pictures show
 * @param base name of a Stable Diffusion among the user's models
 * @param tokenizer name of a model whose tokenizer is used where the base has none, or empty
 * @param lora name of a LoRA on top, or empty
 * @param loraScale its strength
 * @param adapter name of an IP-Adapter-FaceID, or empty
 * @param adapterScale λ of its attention
 * @param text template of what pictures show
 * @param unwanted what they shall not show
 * @param weights sha256 of all files by logical id
 */
public record DiffusionPrior(
        Domain domain,
        String base,
        String tokenizer,
        String lora,
        double loraScale,
        String adapter,
        double adapterScale,
        String text,
        String unwanted,
        Map<String, String> weights) {
    public DiffusionPrior {
        weights = Map.copyOf(weights);
    }

    /** Whether it is told of a person, and not of words alone. */
    public boolean knowsPeople() {
        return !adapter.isEmpty();
    }
}
