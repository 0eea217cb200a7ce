// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.testing.head.UntrainedPrior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small untrained prior: what it says is nonsense, but the same nonsense each time. */
class TextureStageTest {
    @TempDir
    Path folder;

    /** Breaks off at a given call of {@link #checkCancelled}, keeps checkpoints, remembers what it was told. */
    private final class Breaking implements StageMonitor {
        private final int at;
        private int calls;
        private final List<Long> steps = new ArrayList<>();
        private BufferedImage last;

        Breaking(int at) {
            this.at = at;
        }

        @Override
        public void progress(long done, long total) {
            steps.add(done);
        }

        @Override
        public void preview(BufferedImage picture) {
            last = picture;
        }

        @Override
        public Optional<Path> checkpoints() {
            return Optional.of(folder);
        }

        @Override
        public void checkCancelled() {
            if (++calls == at) throw new CancellationException();
        }
    }

    @Test
    void cancelledAndResumedEqualsUndisturbed() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            var meshes = Faces.meshes(3);
            TextureStage stage = new TextureStage(UntrainedPrior.of(scope, Domain.COLOUR), Faces.settings(4));
            TextureResult whole = stage.run(
                    scope, meshes, UntrainedPrior.person("abc", 1), UntrainedPrior.sentences(3), StageMonitor.SILENT);
            Breaking first = new Breaking(6); // in the middle of the third step
            assertThatThrownBy(() -> stage.run(
                            scope, meshes, UntrainedPrior.person("abc", 1), UntrainedPrior.sentences(3), first))
                    .isInstanceOf(CancellationException.class);
            assertThat(first.steps).containsExactly(0L, 1L, 2L);
            Breaking second = new Breaking(-1);
            TextureResult resumed =
                    stage.run(scope, meshes, UntrainedPrior.person("abc", 1), UntrainedPrior.sentences(3), second);
            assertThat(second.steps).containsExactly(2L, 3L, 4L);
            assertThat(second.last.getWidth()).isEqualTo(3 * 32);
            whole.albedo()
                    .values()
                    .forEach((name, values) -> assertThat(
                                    Arrays.equals(resumed.albedo().values().get(name), values))
                            .as(name)
                            .isTrue());

            // another run's checkpoint is not taken up
            Breaking other = new Breaking(-1);
            new TextureStage(UntrainedPrior.of(scope, Domain.COLOUR), Faces.settings(1))
                    .run(scope, meshes, UntrainedPrior.person("abc", 1), UntrainedPrior.sentences(3), other);
            assertThat(other.steps).containsExactly(0L, 1L);
        }
    }

    @Test
    void toneIsTheMiddleColourOfWhatIsNoBackground() {
        // two pictures of three pixels: red plane, green plane, blue plane; the first pixel of each is background
        float[] pictures = {-1, 0.4f, 0.8f, -1, 0.2f, 0, -1, -0.2f, 0, -1, 0.6f, 0.6f, -1, 0.2f, 0.2f, -1, -0.2f, -0.2f
        };
        assertThat(ColourGuide.middle(pictures, 3)).containsExactly(new float[] {0.8f, 0.6f, 0.4f}, within(1e-6f));
        assertThat(ColourGuide.middle(new float[] {-1, -1, -1}, 1)).containsExactly(0.5f, 0.5f, 0.5f);
    }

    @Test
    void refusesWhatDoesNotFitThePrior() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            TextureStage stage = new TextureStage(UntrainedPrior.of(scope, Domain.COLOUR), Faces.settings(1));
            var one = Faces.meshes(1);
            assertThatThrownBy(() -> stage.run(
                            scope,
                            one,
                            UntrainedPrior.person("other", 1),
                            UntrainedPrior.sentences(1),
                            StageMonitor.SILENT))
                    .hasMessageContaining("encode the photo with the prior's encoder");
            assertThatThrownBy(() -> stage.run(
                            scope,
                            one,
                            UntrainedPrior.person("abc", 1),
                            UntrainedPrior.sentences(2),
                            StageMonitor.SILENT))
                    .hasMessageContaining("1 and 2");
            assertThatThrownBy(() -> new TextureStage(UntrainedPrior.of(scope, Domain.NORMALS), Faces.settings(1)))
                    .hasMessageContaining("COLOUR");
            assertThatThrownBy(() -> Faces.settings(0)).hasMessageContaining("steps");
        }
    }
}
