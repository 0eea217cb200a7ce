// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.BallHead;
import org.eidolon.testing.head.UntrainedPrior;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small untrained prior: what it says is nonsense, but the same nonsense each time. */
class GeometryStageTest {
    @TempDir
    Path folder;

    @Test
    void cancelledAndResumedEqualsUndisturbed() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            GeometryStage stage = new GeometryStage(UntrainedPrior.of(scope, Domain.NORMALS), BallHead.settings(4));
            GeometryResult whole =
                    stage.run(scope, UntrainedPrior.person("abc", 2), UntrainedPrior.sentences(3), StageMonitor.SILENT);
            long[] calls = {0};
            StageMonitor breaks = new StageMonitor() {
                @Override
                public void progress(long done, long total) {}

                @Override
                public void preview(BufferedImage picture) {}

                @Override
                public Optional<Path> checkpoints() {
                    return Optional.of(folder);
                }

                @Override
                public void checkCancelled() {
                    // in the middle of the third step
                    if (++calls[0] == 6) throw new CancellationException();
                }
            };
            assertThatThrownBy(() ->
                            stage.run(scope, UntrainedPrior.person("abc", 2), UntrainedPrior.sentences(3), breaks))
                    .isInstanceOf(CancellationException.class);
            GeometryResult resumed =
                    stage.run(scope, UntrainedPrior.person("abc", 2), UntrainedPrior.sentences(3), breaks);
            assertThat(resumed.meshes()).hasSize(3);
            for (int e = 0; e < 3; e++) {
                Mesh a = whole.meshes().get(e), b = resumed.meshes().get(e);
                assertThat(b.positions()).containsExactly(a.positions());
                assertThat(b.triangles()).containsExactly(a.triangles());
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitThePrior() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            GeometryStage stage = new GeometryStage(UntrainedPrior.of(scope, Domain.NORMALS), BallHead.settings(1));
            assertThatThrownBy(() -> stage.run(
                            scope, UntrainedPrior.person("other", 1), UntrainedPrior.sentences(1), StageMonitor.SILENT))
                    .hasMessageContaining("encode the photo with the prior's encoder");
            Identity torn = new Identity(
                    "encoder",
                    "abc",
                    2,
                    new float[IdentityEncoder.EMBEDDING],
                    new float[7],
                    new float[IdentityEncoder.COLOURS]);
            assertThatThrownBy(() -> stage.run(scope, torn, UntrainedPrior.sentences(1), StageMonitor.SILENT))
                    .hasMessageContaining("2 photos");
            assertThatThrownBy(() -> new GeometryStage(UntrainedPrior.of(scope, Domain.COLOUR), BallHead.settings(1)))
                    .hasMessageContaining("NORMALS");
        }
    }
}
