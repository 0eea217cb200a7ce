// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentPrior;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.testing.head.BallHead;
import org.eidolon.testing.head.TinyPriors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The geometry stage under priors of latents: one of random weights in miniature, and one that knows the truth. */
class LatentGeometryStageTest {
    private static final int PICTURE = 32;

    @TempDir
    Path folder;

    private static LatentGeometrySettings settings(int steps, double coarse) {
        GeometrySettings loop = BallHead.settings(steps).withViews(2);
        return LatentGeometrySettings.of("draft", false, 5)
                .withLoop(loop)
                .withPicture(PICTURE)
                .withCoarse(coarse);
    }

    @Test
    void presetsAreOrderedAndSane() {
        var draft = LatentGeometrySettings.of("draft", false, 1);
        var high = LatentGeometrySettings.of("high", false, 1);
        assertThat(high.loop().steps())
                .isEqualTo(10_000)
                .isGreaterThan(draft.loop().steps());
        assertThat(high.loop().guidance()).isEqualTo(50);
        assertThat(LatentGeometrySettings.of("high", true, 1).loop().guidance()).isLessThan(10);
        assertThatThrownBy(() -> LatentGeometrySettings.of("best", false, 1))
                .hasMessageContaining("draft, standard, high");
        assertThat(draft.withCoarse(0.3).coarse(179)).isTrue();
        assertThat(draft.withCoarse(0.3).coarse(180)).isFalse();
    }

    /** Small normals with the outline as the fourth channel: gradients by grids and network. */
    @Test
    void coarsePicturesAgreeWithFiniteDifferences() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            int side = 128;
            HeadField field = new HeadField(scope, 12, 2, 3);
            SurfaceRenderer renderer = new SurfaceRenderer(scope.device(), side);
            List<View> views = List.of(new View(Framing.WHOLE, 0.4, 0.1), new View(Framing.FACE, -0.2, 0));
            float[] all = FieldGradientTest.smooth(4, 4, side), outline = all.clone();
            for (int i = 0; i < outline.length; i++) if (i / (side * side) % 4 != 3) outline[i] = 0;
            for (float[] weights : List.of(all, outline)) {
                FieldGradientTest.agree(
                        scope,
                        field,
                        0.2,
                        s -> FieldGradientTest.KERNELS.call(
                                s,
                                "weighed",
                                renderer.latents(s, field.surfaces(s, 0, 1), views),
                                s.of(weights, 4, 4, side, side)),
                        5e-2);
            }
        }
    }

    @Test
    void cancelledAndResumedEqualsUndisturbed() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            LatentPrior prior = TinyPriors.random(scope);
            LatentGuide guide = TinyPriors.guide(scope, prior, 2, 1, () -> {});
            // two steps of the coarse phase, two of the fine one
            LatentGeometryStage stage = new LatentGeometryStage(settings(4, 0.5));
            var words = TinyPriors.words(scope, 2);
            GeometryResult whole = stage.run(scope, guide, words, "run", StageMonitor.SILENT);
            int[] calls = {0};
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
            assertThatThrownBy(() -> stage.run(scope, guide, words, "run", breaks))
                    .isInstanceOf(CancellationException.class);
            GeometryResult resumed = stage.run(scope, guide, words, "run", breaks);
            for (int e = 0; e < 2; e++) {
                assertThat(resumed.meshes().get(e).positions())
                        .containsExactly(whole.meshes().get(e).positions());
            }
        }
    }

    /** Score distillation under a prior that is sure how the head looks brings the render there, in both phases. */
    @Test
    void comesNearerToWhatThePriorKnows() {
        for (double coarse : new double[] {1, 0}) {
            try (Scope scope = Scope.open(Torch.device("cpu"))) {
                LatentGeometrySettings settings = settings(60, coarse);
                AtomicReference<FieldOptimiser.Draw> now = new AtomicReference<>();
                LatentPrior sure = TinyPriors.sure(s -> truth(s, now.get(), coarse == 1));
                LatentGuide asked = TinyPriors.guide(scope, sure, 2, 4, () -> {});
                HeadField field = new HeadField(scope, 16, 2, 5);
                LatentNormalsGuide normals = new LatentNormalsGuide(scope, asked, settings);
                FieldOptimiser.Guide guide = (s, images, draw) -> {
                    now.set(draw);
                    return normals.residual(s, images, draw);
                };
                SurfaceRenderer none = new SurfaceRenderer(scope.device(), PICTURE);
                FieldOptimiser optimiser =
                        new FieldOptimiser(scope, field, settings.loop(), none, normals, guide, new StepClock());
                double before = apart(scope, field);
                for (int i = 0; i < 60; i++) optimiser.step();
                assertThat(apart(scope, field)).isLessThan(0.6 * before);
            }
        }
    }

    /** The true latents of a step's pictures: pooled normals, or small normals with the outline. */
    private static NDArray truth(Scope s, FieldOptimiser.Draw draw, boolean coarse) {
        if (!coarse) {
            return TinyPriors.pooled(s, BallHead.pictures(s, PICTURE, draw.expressions(), draw.views()));
        }
        int side = PICTURE / 2, plane = side * side, n = 0;
        float[] all = new float[draw.expressions().length * draw.views().size() * 4 * plane];
        for (int e : draw.expressions()) {
            NormalViews.Seen seen = new NormalViews(side).render(s, BallHead.mesh(e), draw.views());
            for (int v = 0; v < draw.views().size(); v++, n++) {
                System.arraycopy(seen.colours(), v * 3 * plane, all, n * 4 * plane, 3 * plane);
                System.arraycopy(seen.mask(), v * plane, all, (n * 4 + 3) * plane, plane);
            }
        }
        return s.of(all, n, 4, side, side);
    }

    /** Mean difference of both expressions' pictures from the true ones. */
    private static double apart(Scope scope, HeadField field) {
        List<View> views = List.of(View.front(Framing.WHOLE), new View(Framing.WHOLE, 1.2, 0.2));
        try (Scope s = scope.child();
                Torch.Mode off = Torch.noGradient()) {
            SurfaceRenderer renderer = new SurfaceRenderer(s.device(), 32);
            float[] seen = renderer.normals(s, field.surfaces(s, 0, 1), views).toFloatArray();
            float[] truth = BallHead.pictures(s, 32, new int[] {0, 1}, views).toFloatArray();
            double sum = 0;
            for (int i = 0; i < seen.length; i++) sum += Math.abs(seen[i] - truth[i]);
            return sum / seen.length;
        }
    }
}
