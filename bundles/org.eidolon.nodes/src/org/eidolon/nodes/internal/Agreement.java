// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.List;
import java.util.Locale;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.encoders.Identity;

/** Whether several photos show one person. */
public final class Agreement {
    private Agreement() {}

    /**
     * Records each photo's cosine with the mean.
     *
     * @throws NodeException for a photo below the least
     */
    public static void check(Run run, Identity mean, List<float[]> embeddings, double least) {
        for (int i = 0; embeddings.size() > 1 && i < embeddings.size(); i++) {
            double cosine = Identity.cosine(mean.embedding(), embeddings.get(i));
            run.record("agreement of photo " + (i + 1), cosine);
            if (cosine < least) {
                throw new NodeException(
                        String.format(
                                Locale.ROOT,
                                "photo %d seems to show another person than the others (cosine %.2f, at least %.2f"
                                        + " is needed)",
                                i + 1,
                                cosine,
                                least),
                        "Leave it out, or lower minAgreement if it does show the same person");
            }
        }
    }
}
