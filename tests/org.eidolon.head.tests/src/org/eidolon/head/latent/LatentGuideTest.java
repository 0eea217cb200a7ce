// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.testing.head.TinyPriors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Score distillation in latents, with a Stable Diffusion of random weights in miniature. */
class LatentGuideTest {
    private static final int SIDE = 16;

    private Scope scope;
    private LatentPrior prior;

    @BeforeEach
    void open() {
        scope = Scope.open(Torch.device("cpu"));
        prior = TinyPriors.random(scope);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static LatentGuide.Question question() {
        return new LatentGuide.Question(
                new int[] {1, 0},
                List.of(View.front(Framing.FACE), new View(Framing.WHOLE, 3, 0.1)),
                new int[] {300, 700},
                new Random(4));
    }

    private NDArray pictures() {
        return TinyPriors.numbers(scope, 0.4, 1, 4, 3, SIDE, SIDE);
    }

    /** What comes back from the encoder is Jᵀ g: along any direction it tells how the latents, weighed by g, change. */
    @Test
    void gradientsThroughTheEncoderAgreeWithFiniteDifferences() {
        LatentGuide guide = TinyPriors.guide(scope, prior, 2, 4, () -> {});
        NDArray pictures = pictures();
        NDArray byPictures = guide.pictures(scope, pictures, question());
        NDArray byLatents = guide.latents(scope, prior.encode(scope, pictures), question());
        double factor = 3.0 * SIDE * SIDE / (4 * (SIDE / 2) * (SIDE / 2));
        NDArray direction = TinyPriors.numbers(scope, 1.0, 2, 4, 3, SIDE, SIDE);
        double told = TinyPriors.weighed(scope, byPictures, direction) / factor;
        double step = 2e-3;
        double up = TinyPriors.weighed(
                scope, prior.encode(scope, TinyPriors.moved(scope, pictures, direction, step)), byLatents);
        double down = TinyPriors.weighed(
                scope, prior.encode(scope, TinyPriors.moved(scope, pictures, direction, -step)), byLatents);
        assertThat(Math.abs(told)).isGreaterThan(1e-3);
        assertThat((up - down) / (2 * step)).isCloseTo(told, within(1e-2 * Math.abs(told)));
    }

    @Test
    void partsOfABatchGiveTheSame() {
        NDArray pictures = pictures();
        float[] whole = TinyPriors.guide(scope, prior, 2, 4, () -> {})
                .pictures(scope, pictures, question())
                .toFloatArray();
        float[] parts = TinyPriors.guide(scope, prior, 2, 3, () -> {})
                .pictures(scope, pictures, question())
                .toFloatArray();
        double size = 0;
        for (float v : whole) size = Math.max(size, Math.abs(v));
        assertThat(parts).containsExactly(whole, within((float) (1e-5 * size)));
    }

    @Test
    void shortOfMemoryPartsBecomeSmaller() {
        LatentGuide guide = TinyPriors.guide(scope, prior, 2, 4, () -> {});
        int[] asked = {0};
        NDArray done = guide.parts(scope, question(), (s, from, to) -> {
            asked[0]++;
            if (to - from > 1) throw new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB");
            return s.full(from, 1);
        });
        assertThat(done.toFloatArray()).containsExactly(0, 1, 2, 3);
        assertThat(guide.together()).isEqualTo(1);
        assertThat(asked[0]).isEqualTo(6);
        assertThatThrownBy(() -> guide.parts(scope, question(), (s, from, to) -> {
                    throw new IllegalStateException("CUDA out of memory");
                }))
                .hasMessageContaining("out of memory");
    }

    @Test
    void cancellingComesBetweenParts() {
        int[] calls = {0};
        LatentGuide guide = TinyPriors.guide(scope, prior, 2, 1, () -> {
            if (++calls[0] == 3) throw new CancellationException();
        });
        NDArray pictures = pictures();
        assertThatThrownBy(() -> guide.pictures(scope, pictures, question())).isInstanceOf(CancellationException.class);
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void expressionsOfAStepShareNoiseAndTime() {
        LatentGuide guide = TinyPriors.guide(scope, prior, 2, 4, () -> {});
        LatentGuide.Asked asked = guide.ask(scope, question(), 4);
        float[] noise = asked.noise().toFloatArray();
        int one = noise.length / 4;
        for (int i = 0; i < 2 * one; i++) assertThat(noise[i + 2 * one]).isEqualTo(noise[i]);
        assertThat(asked.times().toFloatArray()).containsExactly(300, 700, 300, 700);
        long sides = LatentWords.SIDES;
        assertThat(asked.rows().toLongArray()).containsExactly(sides, sides + 4, 0, 4);
    }

    @Test
    void whatDoesNotFitIsToldAtOnce() {
        LatentWords words = TinyPriors.words(scope, 1);
        assertThatThrownBy(() -> new LatentGuide(scope, prior, words, new float[512], 1, 1, () -> {}))
                .hasMessageContaining("knows nobody");
        assertThatThrownBy(() -> TinyPriors.guide(scope, prior, 1, 1, () -> {}).check(18))
                .hasMessageContaining("multiple of 4");
    }
}
