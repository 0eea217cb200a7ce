// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.List;
import java.util.Locale;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetVariant;
import org.eidolon.diffusion.UNetVariant.Activation;
import org.eidolon.diffusion.VaeConfig;
import org.eidolon.head.latent.PublishedPrior;

/** Sizes of published priors, as {@code releng/reference/full/step.py} knows them too. */
enum FullSizes {
    /** Stable Diffusion 1.5. */
    SD15(UNetConfig.stableDiffusion15(), VaeConfig.stableDiffusion()),
    /** Stable Diffusion 2.1. */
    SD21(UNetConfig.stableDiffusion21(), VaeConfig.stableDiffusion()),
    /** A miniature of the same make, to try a machine with. */
    TINY(
            UNetConfig.published(
                    4,
                    4,
                    List.of(32, 64),
                    List.of(1, 1),
                    List.of(true, false),
                    List.of(4, 4),
                    List.of(1, 1),
                    false,
                    32,
                    8,
                    1e-5,
                    128,
                    false,
                    UNetVariant.STANDARD),
            new VaeConfig(3, 3, 4, List.of(16, 32), 1, 8, Activation.SILU, true, true, true, 0.18215, 0));

    private final PublishedPrior.Sizes sizes;

    FullSizes(UNetConfig unet, VaeConfig vae) {
        sizes = new PublishedPrior.Sizes(unet, vae);
    }

    PublishedPrior.Sizes sizes() {
        return sizes;
    }

    /** How commands call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
