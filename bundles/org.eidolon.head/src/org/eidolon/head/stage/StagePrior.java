// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;

/** What a stage asks of its prior before it runs. */
public final class StagePrior {
    private StagePrior() {}

    /** @throws IllegalArgumentException if the prior shows something else than the stage needs */
    public static void checkDomain(HeadPrior prior, Domain domain, String stage) {
        if (prior.card().domain() != domain) {
            throw new IllegalArgumentException("the " + stage + " stage needs a prior of " + domain + ", "
                    + prior.card().id() + " is one of " + prior.card().domain());
        }
    }

    /** @throws IllegalArgumentException if the identity comes from another encoder than the prior's, or is torn */
    public static void checkPerson(HeadPrior prior, Identity person) {
        if (!person.encoderSha256().equals(prior.card().encoderSha256())) {
            throw new IllegalArgumentException("prior " + prior.card().id() + " knows people by the identity encoder "
                    + prior.card().encoder() + ", this identity comes from " + person.encoder()
                    + " or another version: encode the photo with the prior's encoder");
        }
        long tokens = (long) IdentityEncoder.TOKENS * IdentityEncoder.TOKEN * person.photos();
        if (person.embedding().length != IdentityEncoder.EMBEDDING || person.features().length != tokens) {
            throw new IllegalArgumentException("an identity of " + person.photos() + " photos has an embedding of "
                    + IdentityEncoder.EMBEDDING + " and features of " + tokens + " numbers, this one has "
                    + person.embedding().length + " and " + person.features().length);
        }
    }
}
