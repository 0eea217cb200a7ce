// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.Random;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.torch.Scope;

/**
 * Normals as a prior of latents is shown them, and what it says: first at the size of latents, with the outline as the
 * fourth channel, then through the autoencoder. Draws and judges, so that both agree on the phase of a step.
 */
final class LatentNormalsGuide implements FieldOptimiser.Guide, FieldOptimiser.Pictures {
    private final LatentGuide guide;
    private final LatentGeometrySettings settings;
    private final SurfaceRenderer coarse;
    private final SurfaceRenderer fine;

    LatentNormalsGuide(Scope scope, LatentGuide guide, LatentGeometrySettings settings) {
        this.guide = guide;
        this.settings = settings;
        coarse = new SurfaceRenderer(
                scope.device(), settings.picture() / guide.prior().factor());
        fine = new SurfaceRenderer(scope.device(), settings.picture());
    }

    @Override
    public NDArray of(Scope s, Surfaces surfaces, FieldOptimiser.Draw draw) {
        return settings.coarse(draw.step())
                ? coarse.latents(s, surfaces, draw.views())
                : fine.normals(s, surfaces, draw.views());
    }

    @Override
    public NDArray residual(Scope s, NDArray images, FieldOptimiser.Draw draw) {
        int[] times = new int[draw.views().size()];
        for (int i = 0; i < times.length; i++) times[i] = time(draw.step(), draw.random());
        var question = new LatentGuide.Question(draw.expressions(), draw.views(), times, draw.random());
        return settings.coarse(draw.step()) ? guide.latents(s, images, question) : guide.pictures(s, images, question);
    }

    /** A timestep from a stretch that stays for half of the run, then narrows linearly. */
    private int time(long step, Random random) {
        GeometrySettings loop = settings.loop();
        double share = Math.clamp(2.0 * step / loop.steps() - 1, 0, 1);
        GeometrySettings.Span span = loop.firstNoise().towards(loop.lastNoise(), share);
        double at = span.low() + random.nextDouble() * (span.high() - span.low());
        return (int) Math.round(at * (guide.prior().schedule().steps() - 1));
    }
}
