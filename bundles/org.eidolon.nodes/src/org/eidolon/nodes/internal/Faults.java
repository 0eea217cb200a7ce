// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.concurrent.Callable;
import org.eidolon.api.NodeException;
import org.eidolon.encoders.PhotoException;
import org.eidolon.models.ModelException;

/** Faults of what nodes are made of, in a node's terms: what is wrong, and what to do. */
public final class Faults {
    private Faults() {}

    /** Calls what may fail for a photo's or for weights' sake. */
    public static <T> T told(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (PhotoException e) {
            throw new NodeException(e.getMessage(), "", e);
        } catch (ModelException e) {
            throw missing(e);
        }
    }

    /** For weights that are listed nowhere. */
    static NodeException missing(ModelException e) {
        return new NodeException(e.getMessage(), "'eidolon models list' shows the weights there are", e);
    }
}
