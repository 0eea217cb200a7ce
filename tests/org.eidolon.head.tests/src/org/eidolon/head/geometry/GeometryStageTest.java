// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.view.ViewCode;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small untrained prior: what it says is nonsense, but the same nonsense each time. */
class GeometryStageTest {
    @TempDir
    Path folder;

    private static HeadPrior prior(Scope scope, Domain domain) {
        UNetConfig config = UNetConfig.tiny(3, ViewCode.LENGTH).withCodes(HeadCodes.IDENTITY, HeadCodes.EXPRESSION, 2);
        PriorCard card = new PriorCard(
                "prior/test",
                domain,
                config,
                32,
                NoiseSchedule.Prediction.VELOCITY,
                "encoder",
                "abc",
                "sentences",
                ViewCode.LENGTH,
                0,
                Map.of());
        return new HeadPrior(
                card,
                UNet.create(scope, config, 3).prepare(scope, Precision.FLOAT32),
                Optional.of(CodeReader.create(scope, 4)),
                Precision.FLOAT32,
                NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY));
    }

    private static Identity person(String sha256, int photos) {
        return new Identity(
                "encoder",
                sha256,
                photos,
                numbers(IdentityEncoder.EMBEDDING),
                numbers(photos * IdentityEncoder.TOKENS * IdentityEncoder.TOKEN),
                numbers(IdentityEncoder.COLOURS));
    }

    private static float[] numbers(int count) {
        Random random = new Random(count);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) out[i] = (float) random.nextGaussian();
        return out;
    }

    private static Worn sentences(int count) {
        float[][] all = new float[count][];
        for (int e = 0; e < count; e++) {
            all[e] = numbers(SentenceEncoder.LENGTH);
            all[e][e] += 3;
        }
        return Worn.of(all);
    }

    @Test
    void cancelledAndResumedEqualsUndisturbed() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            GeometryStage stage = new GeometryStage(prior(scope, Domain.NORMALS), BallHead.settings(4));
            GeometryResult whole = stage.run(scope, person("abc", 2), sentences(3), StageMonitor.SILENT);
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
            assertThatThrownBy(() -> stage.run(scope, person("abc", 2), sentences(3), breaks))
                    .isInstanceOf(CancellationException.class);
            GeometryResult resumed = stage.run(scope, person("abc", 2), sentences(3), breaks);
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
            GeometryStage stage = new GeometryStage(prior(scope, Domain.NORMALS), BallHead.settings(1));
            assertThatThrownBy(() -> stage.run(scope, person("other", 1), sentences(1), StageMonitor.SILENT))
                    .hasMessageContaining("encode the photo with the prior's encoder");
            Identity torn = new Identity(
                    "encoder",
                    "abc",
                    2,
                    new float[IdentityEncoder.EMBEDDING],
                    new float[7],
                    new float[IdentityEncoder.COLOURS]);
            assertThatThrownBy(() -> stage.run(scope, torn, sentences(1), StageMonitor.SILENT))
                    .hasMessageContaining("2 photos");
            assertThatThrownBy(() -> new GeometryStage(prior(scope, Domain.COLOUR), BallHead.settings(1)))
                    .hasMessageContaining("NORMALS");
        }
    }
}
