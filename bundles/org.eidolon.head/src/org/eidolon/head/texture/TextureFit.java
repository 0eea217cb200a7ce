// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/** Fits an albedo to true pictures by the same steps that the stage takes under a prior: what the stage could reach. */
public final class TextureFit {
    /** Knows how the head truly looks. */
    @FunctionalInterface
    public interface Truth {
        /**
         * @return (expressions × views, 3, S, S) in -1…1 as the colour prior shows them, views of the first expression
         *     first; lit by each view's light, or flat
         */
        NDArray pictures(Scope s, int[] expressions, List<View> views, List<Light> lights);
    }

    private final TextureSettings settings;
    private final int pictureSize;

    /** @param pictureSize width and height of the truth's pictures */
    public TextureFit(TextureSettings settings, int pictureSize) {
        this.settings = settings;
        this.pictureSize = pictureSize;
    }

    /** Fits all meshes, one per expression, head space. */
    public TextureResult run(Scope scope, List<Mesh> meshes, Truth truth, StageMonitor monitor) throws IOException {
        try (Scope s = scope.child()) {
            AlbedoField field = new AlbedoField(s, AlbedoField.around(meshes), meshes.size(), settings.seed());
            SurfaceViews views = new SurfaceViews(s, meshes, settings, pictureSize);
            TextureOptimiser optimiser = new TextureOptimiser(s, field, views, settings);
            TextureOptimiser.Guide guide = (step, images, draw) -> AlbedoField.KERNELS.call(
                    step,
                    "difference",
                    images,
                    truth.pictures(
                            step,
                            draw.expressions(),
                            Arrays.stream(draw.views()).mapToObj(views::view).toList(),
                            draw.lights()));
            return new TextureLoop(optimiser, settings, monitor).run(s, guide, "fit " + settings);
        }
    }
}
