// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.List;
import org.eidolon.api.NodeException;
import org.eidolon.api.value.Image;
import org.eidolon.head.fit.Fit;

/** What nodes ask of a fit and its photos before they use them together. */
public final class Fitted {
    private Fitted() {}

    /** @throws NodeException if there is no fit, or the photos are not those of the fit */
    public static void check(Fit fit, List<Image> photos) {
        if (!fit.found()) {
            throw new NodeException(
                    "there is no fit to go by: " + fit.problem(),
                    "Give another photo, or make the head by stage.geometry and stage.texture, which need no fit");
        }
        if (photos.size() != fit.views().size()) {
            throw new NodeException(
                    "the fit is of " + fit.views().size() + " photos, " + photos.size() + " are linked",
                    "Link the photos that are linked to photo.fit, in the same order");
        }
    }
}
