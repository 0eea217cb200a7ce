// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.io.IOException;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.RunName;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.StagePrior;
import org.eidolon.head.stage.Worn;
import org.eidolon.torch.Scope;

/**
 * Finds a person's head in all expressions by score distillation on rendered normals (stage 1 of ID-to-3D, arXiv
 * 2405.16570, with the recipe of docs/method.md). Continues by itself from a checkpoint of the same run.
 */
public final class GeometryStage {
    private final HeadPrior prior;
    private final GeometrySettings settings;

    /**
     * @param prior of normals
     * @throws IllegalArgumentException if the prior shows something else
     */
    public GeometryStage(HeadPrior prior, GeometrySettings settings) {
        StagePrior.checkDomain(prior, Domain.NORMALS, "geometry");
        this.prior = prior;
        this.settings = settings;
    }

    /**
     * Runs the stage.
     *
     * @param scope on the prior's device
     * @param person who it shall be, by the encoder that the prior names
     * @param worn the expressions
     * @throws IllegalArgumentException if the identity comes from another encoder
     */
    public GeometryResult run(Scope scope, Identity person, Worn worn, StageMonitor monitor) throws IOException {
        StagePrior.checkPerson(prior, person);
        try (Scope s = scope.child()) {
            return optimiser(s, person, worn, new StepClock()).run(name(person, worn), monitor);
        }
    }

    /** What takes the stage's steps, its field in the scope: what a benchmark times. */
    public FieldOptimiser optimiser(Scope scope, Identity person, Worn worn, StepClock clock) {
        HeadField field = new HeadField(scope, settings.resolution(), worn.count(), settings.seed());
        NormalsGuide guide = new NormalsGuide(scope, prior, settings, person, worn);
        return new FieldOptimiser(scope, field, settings, prior.card().size(), guide, clock);
    }

    private String name(Identity person, Worn worn) {
        return new RunName(settings + prior.card().toJson())
                .add(person)
                .add(worn)
                .hex();
    }
}
