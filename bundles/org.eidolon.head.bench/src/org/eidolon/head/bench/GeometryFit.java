// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.List;
import org.eidolon.head.geometry.FieldOptimiser;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.GeometrySettings;
import org.eidolon.head.geometry.HeadField;
import org.eidolon.head.geometry.StepClock;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;

/**
 * Fits a field to true pictures by the same steps that the stage takes under a prior: the ceiling of what the stage can
 * reach (docs/method.md), and the benchmark's direct fit.
 */
final class GeometryFit {
    /** Knows how the head truly looks. */
    @FunctionalInterface
    interface Truth {
        /**
         * @return (expressions × views, 3, S, S) normals in -1…1 as a prior shows them, views of the first expression
         *     first
         */
        NDArray pictures(Scope s, int[] expressions, List<View> views);
    }

    private final GeometrySettings settings;
    private final int pictureSize;

    /** @param pictureSize width and height of the truth's pictures */
    GeometryFit(GeometrySettings settings, int pictureSize) {
        this.settings = settings;
        this.pictureSize = pictureSize;
    }

    /** Fits all expressions. */
    GeometryResult run(Scope scope, int expressions, Truth truth, StageMonitor monitor) throws IOException {
        try (Scope s = scope.child()) {
            HeadField field = new HeadField(s, settings.resolution(), expressions, settings.seed());
            FieldOptimiser.Guide guide = (step, images, draw) ->
                    step.adopt(images.sub(truth.pictures(step, draw.expressions(), draw.views())));
            return new FieldOptimiser(s, field, settings, pictureSize, guide, new StepClock())
                    .run("fit " + settings, monitor);
        }
    }
}
