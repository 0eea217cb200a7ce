// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.prior.HeadPrior;

/** What a stage asks of a person before it runs. */
public final class StagePrior {
    private StagePrior() {}

    /** @throws IllegalArgumentException if the identity comes from another encoder than the prior's, or is torn */
    public static void checkIdentity(HeadPrior prior, Identity identity) {
        prior.card().facts().checkEncoder(identity);
        long tokens = (long) IdentityEncoder.TOKENS * IdentityEncoder.TOKEN * identity.photos();
        if (identity.embedding().length != IdentityEncoder.EMBEDDING || identity.features().length != tokens) {
            throw new IllegalArgumentException("an identity of " + identity.photos() + " photos has an embedding of "
                    + IdentityEncoder.EMBEDDING + " and features of " + tokens + " numbers, this one has "
                    + identity.embedding().length + " and " + identity.features().length);
        }
    }
}
