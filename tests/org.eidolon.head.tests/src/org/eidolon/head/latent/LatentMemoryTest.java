// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import static org.assertj.core.api.Assertions.assertThat;

import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.diffusion.VaeConfig;
import org.junit.jupiter.api.Test;

/** Memory planned from sizes. */
class LatentMemoryTest {
    private static final PublishedPrior.Sizes SD15 =
            new PublishedPrior.Sizes(UNetConfig.stableDiffusion15(), VaeConfig.stableDiffusion());
    private static final long GIB = 1L << 30;

    private static LatentMemory memory(Precision precision, int side) {
        return LatentMemory.of(SD15, precision, side, GIB);
    }

    @Test
    void stableDiffusionAt512FitsWhereItShould() {
        LatentMemory half = memory(Precision.BFLOAT16, 512);
        assertThat(half.bytes(4, 4)).isBetween(12 * GIB, 40 * GIB);
        assertThat(half.bytes(4, 1)).isBetween(6 * GIB, 20 * GIB);
        assertThat(memory(Precision.FLOAT32, 512).bytes(4, 4)).isGreaterThan((long) (1.5 * half.bytes(4, 4)));
        assertThat(memory(Precision.BFLOAT16, 1024).picture()).isGreaterThan(3 * half.picture());
    }

    @Test
    void asManyAtOnceAsFit() {
        LatentMemory memory = new LatentMemory(10, 20, 5, 1);
        assertThat(memory.together(4, 44)).isEqualTo(4);
        assertThat(memory.together(4, 43)).isEqualTo(3);
        assertThat(memory.together(4, 29)).isEqualTo(1);
        assertThat(memory.together(4, 28)).isZero();
        assertThat(new LatentMemory(100, 20, 5, 1).together(1, 99))
                .as("loading counts too")
                .isZero();
    }
}
