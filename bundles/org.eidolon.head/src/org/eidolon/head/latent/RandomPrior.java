// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.Vae;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** A Stable Diffusion of any size with random weights, made in memory: it costs what a trained one does. For benchmarks. */
public final class RandomPrior {
    private RandomPrior() {}

    /** Makes one on the scope's device. */
    public static StableDiffusionPrior of(Scope scope, PublishedPrior.Sizes sizes, Precision precision, long seed) {
        try (Scope loading = scope.child()) {
            UNet unet = UNet.create(loading, sizes.unet(), seed);
            Vae vae = vae(loading, sizes.vae());
            NoiseSchedule schedule = NoiseSchedule.stableDiffusion(NoiseSchedule.Prediction.NOISE);
            return new StableDiffusionPrior(scope, unet, vae, schedule, 1, precision);
        }
    }

    /** Norms at 1, biases at 0, all else with the variance that keeps activations in range. */
    private static Vae vae(Scope scope, VaeConfig config) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        try (Torch.Mode off = Torch.noGradient()) {
            Vae.shapes(config).forEach((name, shape) -> weights.put(name, weight(scope, name, shape)));
        }
        return Vae.of(config, weights);
    }

    private static NDArray weight(Scope scope, String name, long[] shape) {
        if (shape.length == 1) return scope.full(name.endsWith("bias") ? 0 : 1, shape);
        long fan = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        try (Scope s = scope.child()) {
            return s.keep(LatentWords.KERNELS.call(s, "scaled", s.randn(shape), 1 / Math.sqrt(fan)));
        }
    }

    /** Words of chance: so many expressions, texts of so many tokens. */
    public static LatentWords words(Scope scope, PublishedPrior.Sizes sizes, int expressions, int tokens) {
        int width = sizes.unet().contextWidth();
        return new LatentWords(
                scope.randn((long) expressions * LatentWords.SIDES, tokens, width), scope.randn(1, tokens, width));
    }
}
