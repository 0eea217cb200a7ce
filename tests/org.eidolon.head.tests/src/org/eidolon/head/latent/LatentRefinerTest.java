// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.testing.head.TinyPriors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

/** Pictures noised, denoised, and pulled to what came out. */
class LatentRefinerTest {
    private static final int SIDE = 16;

    private static LatentGuide.Question question() {
        return new LatentGuide.Question(
                new int[] {0},
                List.of(View.front(Framing.FACE), View.front(Framing.WHOLE)),
                new int[] {400, 300},
                new Random(4));
    }

    /** L1 and the distance of the autoencoder's features, by what pictures change along a direction. */
    @Test
    void pullAgreesWithFiniteDifferences() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            LatentGuide guide = TinyPriors.guide(scope, TinyPriors.random(scope), 1, 2, () -> {});
            for (double weight : new double[] {0, 5}) {
                LatentRefiner refiner = new LatentRefiner(guide, 2, weight);
                NDArray pictures = TinyPriors.numbers(scope, 0.3, 1, 2, 3, SIDE, SIDE);
                NDArray target = TinyPriors.numbers(scope, 0.3, 2, 2, 3, SIDE, SIDE);
                NDArray direction = TinyPriors.numbers(scope, 1.0, 3, 2, 3, SIDE, SIDE);
                double told = TinyPriors.weighed(scope, refiner.pull(scope, pictures, target), direction)
                        / (0.5 * pictures.size());
                double step = 1e-3;
                double up = refiner.distance(scope, TinyPriors.moved(scope, pictures, direction, step), target)
                        .toFloatArray()[0];
                double down = refiner.distance(scope, TinyPriors.moved(scope, pictures, direction, -step), target)
                        .toFloatArray()[0];
                assertThat(Math.abs(told)).isGreaterThan(1e-3);
                assertThat((up - down) / (2 * step)).isCloseTo(told, within(3e-2 * Math.abs(told)));
            }
        }
    }

    /** A prior that is sure of a picture denoises to it, however often, and pictures are pulled there. */
    @Test
    void pullsToWhatThePriorIsSureOf() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            NDArray wanted = scope.full(0.5f, 2, 3, SIDE, SIDE);
            LatentPrior sure = TinyPriors.sure(s -> TinyPriors.pooled(s, wanted));
            LatentRefiner refiner = new LatentRefiner(TinyPriors.guide(scope, sure, 1, 2, () -> {}), 3, 0);
            float[] pull = refiner.pictures(scope, scope.full(0.1f, 2, 3, SIDE, SIDE), question())
                    .toFloatArray();
            // L1's slope for each of the numbers of a picture is ±1, halved
            for (float v : pull) assertThat(v).isCloseTo(-0.5f, within(1e-6f));
        }
    }
}
