// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import org.eidolon.api.NodeException;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.models.Model;
import org.eidolon.models.Models;
import org.eidolon.nodes.value.Prior;
import org.eidolon.torch.Scope;

/** Opens the weights that a prior value names. */
public final class Priors {
    private Priors() {}

    /** @throws NodeException when it shows something else, knows people by another encoder, or its weights are gone */
    public static HeadPrior open(Scope scope, Prior prior, Domain domain, Identity identity) throws Exception {
        String name = domain.name().toLowerCase(java.util.Locale.ROOT);
        if (!prior.domain().equals(name)) {
            throw new NodeException(
                    "'" + prior.id() + "' is a prior of " + prior.domain() + ", here one of " + name + " is needed",
                    "Link a prior.load whose model is " + domain.id());
        }
        if (!prior.encoderSha256().equals(identity.encoderSha256())) {
            throw new NodeException(
                    String.format(
                            "the prior '%s' knows people by the identity encoder %s (%.12s…), the identity comes from"
                                    + " %s (%.12s…)",
                            prior.id(),
                            prior.encoder(),
                            prior.encoderSha256(),
                            identity.encoder(),
                            identity.encoderSha256()),
                    "Set the encoder of identity.encode to " + prior.encoder()
                            + ", or load a prior that was trained with yours");
        }
        return Weights.using(() -> {
            Model weights = Models.standard().get(prior.id(), prior.sha256());
            try {
                return HeadPrior.open(
                        scope, weights.verifiedPath(), domain, identity.encoder(), identity.encoderSha256());
            } catch (IllegalArgumentException e) {
                throw new NodeException("'" + prior.id() + "' cannot be used: " + e.getMessage(), "", e);
            }
        });
    }
}
