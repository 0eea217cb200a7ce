// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.io.IOException;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentWords;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.torch.Scope;

/**
 * The geometry stage under a prior of latents: score distillation on rendered normals, first at the size of latents
 * (Fantasia3D, Chen et al. 2023), then through the autoencoder with HumanNorm's timesteps (Huang et al. 2024). The field,
 * its steps and its expressions are those of {@link GeometryStage}. Continues by itself from a checkpoint of the same run.
 */
public final class LatentGeometryStage {
    private static final int PREVIEW = 256;

    /** Bytes for each vertex of the lattice and each expression of a step: features, hidden layers, distances. */
    private static final long VERTEX = 600;

    private final LatentGeometrySettings settings;

    public LatentGeometryStage(LatentGeometrySettings settings) {
        this.settings = settings;
    }

    /** Bytes of a lattice's field while expressions of a step are evaluated, their gradients counted in. */
    public static long fieldMemory(LatentGeometrySettings settings, int expressions) {
        long side = settings.loop().resolution() + 1;
        return side * side * side * VERTEX * settings.loop().shown(expressions);
    }

    /**
     * Runs the stage.
     *
     * @param scope on the prior's device
     * @param guide asks the prior
     * @param words what it is told, one expression for each of the head's
     * @param run names all that the result depends on besides the settings: a checkpoint under another name is not taken up
     * @throws IllegalArgumentException if pictures don't fit the prior
     */
    public GeometryResult run(Scope scope, LatentGuide guide, LatentWords words, String run, StageMonitor monitor)
            throws IOException {
        try (Scope s = scope.child()) {
            return optimiser(s, guide, words.expressions(), new StepClock()).run(settings + " " + run, monitor);
        }
    }

    /**
     * What takes the stage's steps, its field in the scope: what a benchmark times.
     *
     * @param expressions of the head
     * @throws IllegalArgumentException if pictures don't fit the prior
     */
    public FieldOptimiser optimiser(Scope scope, LatentGuide guide, int expressions, StepClock clock) {
        guide.check(settings.picture());
        GeometrySettings loop = settings.loop();
        HeadField field = new HeadField(scope, loop.resolution(), expressions, loop.seed());
        LatentNormalsGuide normals = new LatentNormalsGuide(scope, guide, settings);
        SurfaceRenderer preview = new SurfaceRenderer(scope.device(), Math.min(PREVIEW, settings.picture()));
        return new FieldOptimiser(scope, field, loop, preview, normals, normals, clock);
    }
}
