// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.eidolon.diffusion.Conditioning;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetVariant;
import org.eidolon.diffusion.UNetVariant.Activation;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentPrior;
import org.eidolon.head.latent.LatentWords;
import org.eidolon.head.latent.PublishedPrior;
import org.eidolon.head.latent.RandomPrior;
import org.eidolon.head.latent.StableDiffusionPrior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Script;
import org.eidolon.torch.Torch;

/** Priors of latents for tests: a Stable Diffusion of random weights in miniature, and one that knows the truth. */
public final class TinyPriors {
    private static final Script KERNELS = Script.load(TinyPriors.class, "known.py");

    /** Sizes of the miniature: pictures twice as large as latents, multiples of 4. */
    public static final PublishedPrior.Sizes SIZES = new PublishedPrior.Sizes(
            UNetConfig.published(
                    4,
                    4,
                    List.of(8, 16),
                    List.of(1, 1),
                    List.of(true, false),
                    List.of(2, 2),
                    List.of(1, 1),
                    false,
                    16,
                    4,
                    1e-5,
                    32,
                    false,
                    UNetVariant.STANDARD),
            new VaeConfig(3, 3, 4, List.of(8, 16), 1, 4, Activation.SILU, true, true, true, 0.18215, 0));

    private TinyPriors() {}

    /** A Stable Diffusion of random weights in miniature. */
    public static StableDiffusionPrior random(Scope scope) {
        return RandomPrior.of(scope, SIZES, Precision.FLOAT32, 3);
    }

    /** A guide that asks a prior about nobody, told random words of the miniature's width. */
    public static LatentGuide guide(Scope scope, LatentPrior prior, int expressions, int together, Runnable pause) {
        return new LatentGuide(scope, prior, words(scope, expressions), null, 3, together, pause);
    }

    /** Words of chance, the same each time. */
    public static LatentWords words(Scope scope, int expressions) {
        int width = SIZES.unet().contextWidth();
        return new LatentWords(
                numbers(scope, 1, 6, (long) expressions * LatentWords.SIDES, 5, width),
                numbers(scope, 1, 7, 1, 5, width));
    }

    /** Normal numbers times a size, the same each time for a seed. */
    public static NDArray numbers(Scope scope, double size, int seed, long... shape) {
        int count = 1;
        for (long side : shape) count *= (int) side;
        float[] all = new float[count];
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) all[i] = (float) (size * random.nextGaussian());
        return scope.of(all, shape);
    }

    /**
     * A prior that is sure of one answer: whatever the noise, the latent that it takes for clean is the truth. Its latents
     * are means of 2×2 pixels, with the mean colour as the fourth channel.
     *
     * @param truth clean latents (N, 4, l, l) of all pictures of a step
     */
    public static LatentPrior sure(Function<Scope, NDArray> truth) {
        return new LatentPrior() {
            private final NoiseSchedule schedule = NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.CLEAN);

            @Override
            public NoiseSchedule schedule() {
                return schedule;
            }

            @Override
            public int factor() {
                return 2;
            }

            @Override
            public int multiple() {
                return 2;
            }

            @Override
            public int identityWidth() {
                return 0;
            }

            @Override
            public NDArray encode(Scope s, NDArray pictures) {
                return pooled(s, pictures);
            }

            @Override
            public NDArray decode(Scope s, NDArray latents) {
                return KERNELS.call(s, "spread", latents);
            }

            @Override
            public List<NDArray> features(Scope s, NDArray pictures) {
                return List.of(pooled(s, pictures));
            }

            @Override
            public NDArray predict(
                    Scope s, NDArray z, NDArray t, Conditioning unwanted, Conditioning wanted, double guidance) {
                return truth.apply(s);
            }
        };
    }

    /** The sure prior's latents of pictures. */
    public static NDArray pooled(Scope s, NDArray pictures) {
        return KERNELS.call(s, "pooled", pictures);
    }

    /** Sum of products: a number by which a tensor is judged. */
    public static double weighed(Scope s, NDArray values, NDArray weights) {
        try (Torch.Mode off = Torch.noGradient()) {
            return KERNELS.number(s, "weighed", values, weights);
        }
    }

    /** Values plus so much of a direction. */
    public static NDArray moved(Scope s, NDArray values, NDArray direction, double by) {
        return KERNELS.call(s, "moved", values, direction, by);
    }
}
