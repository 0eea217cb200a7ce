// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.NoiseSchedule.Prediction;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.UNetVariant;
import org.eidolon.diffusion.UNetVariant.Activation;
import org.eidolon.diffusion.VaeConfig;
import org.junit.jupiter.api.Test;

/** Which sizes make a prior. */
class StableDiffusionPriorTest {
    private static final NoiseSchedule SCHEDULE = NoiseSchedule.stableDiffusion(Prediction.NOISE);

    private static VaeConfig vae(int latent, Integer... channels) {
        return new VaeConfig(3, 3, latent, List.of(channels), 1, 4, Activation.SILU, true, true, true, 0.18, 0);
    }

    private static UNetConfig unet(int in) {
        return UNetConfig.published(
                in,
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
                UNetVariant.STANDARD);
    }

    @Test
    void stableDiffusionIsOne() {
        StableDiffusionPrior.check(UNetConfig.stableDiffusion15(), VaeConfig.stableDiffusion(), SCHEDULE);
        StableDiffusionPrior.check(
                UNetConfig.stableDiffusion21(),
                VaeConfig.stableDiffusion(),
                NoiseSchedule.stableDiffusion(Prediction.VELOCITY));
        assertThat(StableDiffusionPrior.factor(VaeConfig.stableDiffusion())).isEqualTo(8);
        assertThat(StableDiffusionPrior.multiple(UNetConfig.stableDiffusion15(), VaeConfig.stableDiffusion()))
                .isEqualTo(64);
    }

    @Test
    void othersAreRefusedWithTheReason() {
        assertThatThrownBy(() -> StableDiffusionPrior.check(unet(9), vae(4, 8, 16), SCHEDULE))
                .hasMessageContainingAll("reads 9 channels", "inpainting");
        assertThatThrownBy(() -> StableDiffusionPrior.check(unet(4), vae(16, 8, 16), SCHEDULE))
                .hasMessageContainingAll("latents of 16 channels", "need 4");
        assertThatThrownBy(() -> StableDiffusionPrior.check(unet(4), vae(4, 8), SCHEDULE))
                .hasMessageContaining("one level");
        assertThatThrownBy(() -> StableDiffusionPrior.check(unet(4).withImage(32, 4), vae(4, 8, 16), SCHEDULE))
                .hasMessageContaining("IP-Adapter-FaceID");
    }
}
