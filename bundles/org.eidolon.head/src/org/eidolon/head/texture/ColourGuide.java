// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Random;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.Sampler;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.PersonGuide;
import org.eidolon.head.stage.Worn;
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
    private final PersonGuide person;

    ColourGuide(
            Scope scope, HeadPrior prior, TextureSettings settings, SurfaceViews views, Identity identity, Worn worn) {
        this.prior = prior;
        this.settings = settings;
        this.views = views;
        this.person = new PersonGuide(scope, prior, identity, worn);
    }

    /**
     * The skin tone that the prior expects of the person, sRGB: the middle colour of a few pictures sampled from it.
     * A tone is slow to come from single steps, because a prior believes what it sees through the noise.
     */
    float[] tone(Scope scope) {
        int n = TONE_VIEWS.length, size = prior.card().size();
        Random random = new Random(settings.seed() * 0x9E3779B97F4A7C15L + 97);
        float[] noise = new float[n * 3 * size * size];
        for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
        float[][] codes = new float[n][];
        for (int i = 0; i < n; i++) codes[i] = ViewCode.of(new View(Framing.FACE, TONE_VIEWS[i], 0), Light.FLAT);
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            Conditioning c = person.conditioning(s, new int[n], codes);
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
        int v = draw.views().length;
        int[] times = new int[v];
        float[][] codes = new float[v][];
        for (int i = 0; i < v; i++) {
            times[i] = time(draw.step(), draw.random());
            codes[i] = ViewCode.of(views.view(draw.views()[i]), draw.lights().get(i));
        }
        return person.residual(s, images, draw.expressions(), codes, times, draw.random(), settings.guidance());
    }

    /** A timestep from 0.4…0.99 of the schedule, narrowing linearly to 0.05…0.25. */
    private int time(long step, Random random) {
        double a = Math.min(1, step / (NARROWING * settings.steps()));
        double low = LOW[0] + a * (LOW[1] - LOW[0]), high = HIGH[0] + a * (HIGH[1] - HIGH[0]);
        return (int) Math.round(
                (low + random.nextDouble() * (high - low)) * (prior.schedule().steps() - 1));
    }
}
