// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentRefiner;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;

/** What a prior of latents says of lit pictures, by score distillation or by going over them. */
final class LatentColourGuide implements TextureOptimiser.Guide {
    /** Answers a question about pictures. */
    private interface Answer {
        NDArray of(Scope s, NDArray pictures, LatentGuide.Question question);
    }

    /** A stretch of the noise schedule, as shares of it. */
    private record Span(double low, double high) {}

    // HumanNorm's timesteps, which narrow from half way on
    private static final Span FIRST = new Span(0.02, 0.8), LAST = new Span(0.11, 0.21);

    private final Answer answer;
    private final LatentGuide guide;
    private final SurfaceViews views;
    private final int steps;
    private final Span first;
    private final Span last;
    private final double from;

    private LatentColourGuide(
            Answer answer, LatentGuide guide, SurfaceViews views, int steps, Span first, Span last, double from) {
        this.answer = answer;
        this.guide = guide;
        this.views = views;
        this.steps = steps;
        this.first = first;
        this.last = last;
        this.from = from;
    }

    /** By score distillation through the encoder. */
    static LatentColourGuide distilling(LatentGuide guide, SurfaceViews views, LatentTextureSettings settings) {
        return new LatentColourGuide(
                guide::pictures, guide, views, settings.loop().steps(), FIRST, LAST, 0.5);
    }

    /** By what the prior makes of pictures that are noised less and less. */
    static LatentColourGuide refining(LatentGuide guide, SurfaceViews views, RefineSettings settings) {
        LatentRefiner refiner = new LatentRefiner(guide, settings.denoising(), settings.perceptual());
        return new LatentColourGuide(
                refiner::pictures,
                guide,
                views,
                settings.stage().loop().steps(),
                new Span(settings.first(), settings.first()),
                new Span(settings.last(), settings.last()),
                0);
    }

    @Override
    public NDArray residual(Scope s, NDArray images, TextureOptimiser.Draw draw) {
        List<View> seen = Arrays.stream(draw.views()).mapToObj(views::view).toList();
        int[] times = new int[seen.size()];
        for (int i = 0; i < times.length; i++) times[i] = time(draw.step(), draw.random());
        return answer.of(s, images, new LatentGuide.Question(draw.expressions(), seen, times, draw.random()));
    }

    /** A timestep from a stretch that stays for a share of the run, then narrows linearly. */
    private int time(long step, Random random) {
        double share = Math.clamp(((double) step / steps - from) / (1 - from), 0, 1);
        double low = first.low + share * (last.low - first.low), high = first.high + share * (last.high - first.high);
        return (int) Math.round((low + random.nextDouble() * (high - low))
                * (guide.prior().schedule().steps() - 1));
    }
}
