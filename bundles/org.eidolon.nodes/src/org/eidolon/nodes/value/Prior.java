// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.PriorFacts;

/**
 * A reference to the weights of a diffusion prior; the weights themselves stay where they lie.
 *
 * @param id logical id, for example {@code prior/head-normals}
 * @param sha256 of the weights
 * @param domain what its pictures show
 * @param encoder logical id of the identity encoder that it knows people by
 * @param encoderSha256 hash of that encoder's weights
 * @param loraScale strength of its LoRA, 1 as trained
 */
public record Prior(String id, String sha256, Domain domain, String encoder, String encoderSha256, double loraScale) {
    /** What others check before they use it. */
    public PriorFacts facts() {
        return new PriorFacts(id, domain, encoder, encoderSha256);
    }
}
