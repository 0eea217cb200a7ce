// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import org.eidolon.encoders.Identity;

/**
 * What must be known of a prior to say whether it can be used for something, before its weights are read and after.
 *
 * @param id logical id, or the file's name
 * @param domain what its pictures show
 * @param encoder logical id of the identity encoder that it knows people by
 * @param encoderSha256 hash of that encoder's weights
 */
public record PriorFacts(String id, Domain domain, String encoder, String encoderSha256) {
    /** @throws IllegalArgumentException if its pictures show something else than is needed */
    public void checkDomain(Domain needed) {
        if (domain != needed) {
            String wanted = needed.base() ? "a base of all domains" : "one of " + needed.key();
            throw new IllegalArgumentException("'" + id + "' is a prior of " + domain.key() + ", here " + wanted
                    + " is needed, such as " + needed.id());
        }
    }

    /** @throws IllegalArgumentException if it knows people by another encoder, or by another version of that one */
    public void checkEncoder(String used, String usedSha256) {
        if (!encoderSha256.equals(usedSha256)) {
            throw new IllegalArgumentException(String.format(
                    "'%s' knows people by the identity encoder %s (sha256 %.12s…), the identity comes from %s"
                            + " (%.12s…): encode the photo with the prior's encoder, or load a prior that was trained"
                            + " with yours",
                    id, encoder, encoderSha256, used, usedSha256));
        }
    }

    /** @throws IllegalArgumentException if the person was encoded by another encoder than the prior's */
    public void checkEncoder(Identity identity) {
        checkEncoder(identity.encoder(), identity.encoderSha256());
    }
}
