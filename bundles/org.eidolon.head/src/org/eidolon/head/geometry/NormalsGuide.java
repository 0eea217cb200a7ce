// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.ScoreDistillation;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;

/**
 * What a prior of normals says of pictures: the single-step residual x − x̂₀. All expressions of a step share views,
 * timesteps and noise, so that between them only the words differ.
 */
final class NormalsGuide implements FieldOptimiser.Guide {
    /** Share of the run over which timesteps narrow. */
    private static final double NARROWING = 0.6;

    private final HeadPrior prior;
    private final GeometrySettings settings;
    private final ScoreDistillation distillation;
    private final NDArray sentences;
    private final NDArray embedding;
    private final NDArray features;

    NormalsGuide(Scope scope, HeadPrior prior, GeometrySettings settings, Identity person, float[][] sentences) {
        this.prior = prior;
        this.settings = settings;
        distillation = new ScoreDistillation(prior.schedule(), ScoreDistillation.Weighting.RESIDUAL, 1);
        float[] flat = new float[sentences.length * SentenceEncoder.LENGTH];
        for (int e = 0; e < sentences.length; e++) {
            System.arraycopy(sentences[e], 0, flat, e * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
        }
        this.sentences = scope.of(flat, sentences.length, SentenceEncoder.LENGTH);
        embedding = scope.of(person.embedding(), 1, IdentityEncoder.EMBEDDING);
        features = scope.of(person.features(), 1, person.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
    }

    @Override
    public NDArray residual(Scope s, NDArray images, FieldOptimiser.Draw draw) {
        List<View> views = draw.views();
        int v = views.size(), n = draw.expressions().length * v;
        int size = prior.card().size();
        int[] times = new int[n];
        float[] noise = new float[v * 3 * size * size], code = new float[n * ViewCode.LENGTH];
        for (int i = 0; i < v; i++) times[i] = time(draw.step(), draw.random());
        for (int i = 0; i < noise.length; i++) noise[i] = (float) draw.random().nextGaussian();
        long[] row = new long[n], copy = new long[n];
        for (int i = 0; i < n; i++) {
            times[i] = times[i % v];
            row[i] = draw.expressions()[i / v];
            copy[i] = i % v;
            System.arraycopy(ViewCode.of(views.get(i % v), Light.FLAT), 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
        }
        NDArray who = s.of(new long[n]);
        Conditioning c = Conditioning.text(rows(s, sentences, s.of(row)))
                .withIdentity(rows(s, embedding, who), rows(s, features, who))
                .withView(s.of(code, n, ViewCode.LENGTH));
        NDArray shared = rows(s, s.of(noise, v, 3, size, size), s.of(copy));
        NDArray t = prior.schedule().timesteps(s, times);
        return distillation
                .step(s, prior.unet(), images, shared, t, c, Guidance.of(settings.guidance()), prior.precision())
                .gradient();
    }

    /** A timestep from a stretch that narrows linearly. */
    private int time(long step, Random random) {
        double share = Math.min(1, step / (NARROWING * settings.steps()));
        GeometrySettings.Span span = settings.firstNoise().towards(settings.lastNoise(), share);
        double at = span.low() + random.nextDouble() * (span.high() - span.low());
        return (int) Math.round(at * (prior.schedule().steps() - 1));
    }

    private static NDArray rows(Scope s, NDArray values, NDArray index) {
        return HeadField.KERNELS.call(s, "rows", values, index);
    }
}
