// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import org.eidolon.api.Kept;
import org.eidolon.api.Run;
import org.eidolon.head.fit.LandmarkMap;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.MorphablePack;
import org.eidolon.head.topology.HeadAtlas;
import org.eidolon.models.Model;
import org.eidolon.models.Models;

/** The head model that fits and topologies stand on, read once for all who use it. */
public final class HeadModels {
    /** The head model that ships with Eidolon. */
    public static final String STARTER = MorphablePack.STARTER;

    private HeadModels() {}

    /** The model, its texture layout, and where landmarks lie on it. */
    public record Open(HeadModel model, HeadAtlas atlas, LandmarkMap landmarks) implements AutoCloseable {
        @Override
        public void close() {}
    }

    public static Kept<Open> open(Run run, Models models) throws Exception {
        return Faults.told(() -> {
            Model weights = models.get(STARTER);
            return run.keep("head model " + weights.info().sha256(), Open.class, () -> {
                HeadModel model = HeadModel.of(MorphablePack.open(weights));
                return new Open(model, HeadAtlas.of(model), LandmarkMap.starter(model));
            });
        });
    }
}
