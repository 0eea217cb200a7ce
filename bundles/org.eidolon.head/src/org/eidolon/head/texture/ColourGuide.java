// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Guidance;
import org.eidolon.diffusion.Sampler;
import org.eidolon.diffusion.ScoreDistillation;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * What a colour prior says of lit and flat pictures: the single-step residual x − x̂₀. It is told the light of each, so
 * that light need not be painted into the albedo. All expressions of a step share views, lights, timesteps and noise.
 */
final class ColourGuide implements TextureOptimiser.Guide {
    /** Share of the run over which timesteps narrow. */
    private static final double NARROWING = 0.7;

    // A picture's overall tone outlives much noise: only near the schedule's end does a prior not see it and say what
    // it should be, so the first steps go there.
    private static final double[] LOW = {0.4, 0.05}, HIGH = {0.99, 0.25};

    private static final double[] TONE_VIEWS = {-0.5, -0.15, 0.15, 0.5};
    private static final int TONE_STEPS = 12;

    /** Redness below which a pixel shows no skin. */
    private static final float BACKGROUND = -0.85f;

    private final HeadPrior prior;
    private final TextureSettings settings;
    private final SurfaceViews views;
    private final ScoreDistillation distillation;
    private final NDArray sentences;
    private final NDArray embedding;
    private final NDArray features;

    ColourGuide(
            Scope scope,
            HeadPrior prior,
            TextureSettings settings,
            SurfaceViews views,
            Identity person,
            float[][] sentences) {
        this.prior = prior;
        this.settings = settings;
        this.views = views;
        distillation = new ScoreDistillation(prior.schedule(), ScoreDistillation.Weighting.RESIDUAL, 1);
        float[] flat = new float[sentences.length * SentenceEncoder.LENGTH];
        for (int e = 0; e < sentences.length; e++) {
            System.arraycopy(sentences[e], 0, flat, e * SentenceEncoder.LENGTH, SentenceEncoder.LENGTH);
        }
        this.sentences = scope.of(flat, sentences.length, SentenceEncoder.LENGTH);
        embedding = scope.of(person.embedding(), 1, IdentityEncoder.EMBEDDING);
        features = scope.of(person.features(), 1, person.photos(), IdentityEncoder.TOKENS, IdentityEncoder.TOKEN);
    }

    /**
     * The skin tone that the prior expects of the person, sRGB: the middle colour of a few pictures sampled from it.
     * A tone is slow to come from single steps, because a prior believes what it sees through the noise.
     */
    float[] tone(Scope scope) {
        int n = TONE_VIEWS.length, size = prior.card().size();
        Random random = new Random(settings.seed() * 0x9E3779B97F4A7C15L + 97);
        float[] noise = new float[n * 3 * size * size], code = new float[n * ViewCode.LENGTH];
        for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
        for (int i = 0; i < n; i++) {
            float[] one = ViewCode.of(new View(Framing.FACE, TONE_VIEWS[i], 0), Light.FLAT);
            System.arraycopy(one, 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
        }
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            NDArray first = s.of(new long[n]);
            Conditioning c = Conditioning.text(rows(s, sentences, first))
                    .withIdentity(rows(s, embedding, first), rows(s, features, first))
                    .withView(s.of(code, n, ViewCode.LENGTH));
            float[] pictures = Sampler.ddim(prior.schedule(), TONE_STEPS)
                    .sample(
                            s,
                            (step, z, t) -> prior.unet().forward(step, z, t, c, prior.precision()),
                            s.of(noise, n, 3, size, size))
                    .toFloatArray();
            return middle(pictures, size * size);
        }
    }

    /** Median of each channel over what is not background, 0…1; pictures (N, 3, plane) in -1…1. */
    static float[] middle(float[] pictures, int plane) {
        float[] tone = new float[3];
        for (int c = 0; c < 3; c++) {
            float[] values = new float[pictures.length / 3];
            int count = 0;
            for (int i = 0; i < values.length; i++) {
                int at = i / plane * 3 * plane + i % plane;
                if (pictures[at] > BACKGROUND) values[count++] = pictures[at + c * plane];
            }
            Arrays.sort(values, 0, count);
            float value = count == 0 ? 0 : values[count / 2];
            tone[c] = Math.clamp(0.5f + 0.5f * value, 0.05f, 0.95f);
        }
        return tone;
    }

    @Override
    public NDArray residual(Scope s, NDArray images, TextureOptimiser.Draw draw) {
        int v = draw.views().length, n = draw.expressions().length * v;
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
            float[] one =
                    ViewCode.of(views.view(draw.views()[i % v]), draw.lights().get(i % v));
            System.arraycopy(one, 0, code, i * ViewCode.LENGTH, ViewCode.LENGTH);
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

    /** A timestep from 0.4…0.99 of the schedule, narrowing linearly to 0.05…0.25. */
    private int time(long step, Random random) {
        double a = Math.min(1, step / (NARROWING * settings.steps()));
        double low = LOW[0] + a * (LOW[1] - LOW[0]), high = HIGH[0] + a * (HIGH[1] - HIGH[0]);
        return (int) Math.round(
                (low + random.nextDouble() * (high - low)) * (prior.schedule().steps() - 1));
    }

    private static NDArray rows(Scope s, NDArray values, NDArray index) {
        return AlbedoField.KERNELS.call(s, "rows", values, index);
    }
}
