// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.eidolon.head.latent.LatentGuide;
import org.eidolon.head.latent.LatentPrior;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.TinyPriors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texture stage and its refinement under priors of latents. */
class LatentTextureStageTest {
    private static final int PICTURE = 32;

    @TempDir
    Path folder;

    private static LatentTextureSettings settings(int steps) {
        return LatentTextureSettings.of("draft", false, 5)
                .withLoop(new TextureSettings(steps, 6, 2, 2, 0.5, 1, 3, 5e-2, 1e-2, 5))
                .withPicture(PICTURE);
    }

    private static RefineSettings refine(int steps) {
        return RefineSettings.of("draft", 5).withStage(settings(steps));
    }

    /** Breaks off at a given call of {@link #checkCancelled} and keeps checkpoints. */
    private final class Breaking implements StageMonitor {
        private int left;

        Breaking(int calls) {
            left = calls;
        }

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
            if (--left == 0) throw new CancellationException();
        }
    }

    private static void same(TextureResult is, TextureResult wanted) {
        wanted.albedo()
                .values()
                .forEach((name, values) -> assertThat(
                                Arrays.equals(is.albedo().values().get(name), values))
                        .as(name)
                        .isTrue());
    }

    @Test
    void paintedThenRefinedEachResumedEqualsUndisturbed() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(2);
            LatentGuide guide = TinyPriors.guide(scope, TinyPriors.random(scope), 2, 2, () -> {});
            TextureResult painted =
                    LatentTextureStage.run(scope, settings(4), guide, meshes, "run", StageMonitor.SILENT);
            assertThatThrownBy(() -> LatentTextureStage.run(scope, settings(4), guide, meshes, "run", new Breaking(6)))
                    .isInstanceOf(CancellationException.class);
            same(LatentTextureStage.run(scope, settings(4), guide, meshes, "run", new Breaking(-1)), painted);

            TextureResult refined = LatentTextureStage.refine(
                    scope, refine(4), guide, meshes, painted.albedo(), "run", StageMonitor.SILENT);
            assertThat(refined.albedo().values().get("tone"))
                    .isNotEqualTo(painted.albedo().values().get("tone"));
            assertThatThrownBy(() -> LatentTextureStage.refine(
                            scope, refine(4), guide, meshes, painted.albedo(), "run", new Breaking(6)))
                    .isInstanceOf(CancellationException.class);
            same(
                    LatentTextureStage.refine(
                            scope, refine(4), guide, meshes, painted.albedo(), "run", new Breaking(-1)),
                    refined);
            assertThatThrownBy(() -> LatentTextureStage.refine(
                            scope,
                            refine(4),
                            guide,
                            meshes.subList(0, 1),
                            painted.albedo(),
                            "run",
                            StageMonitor.SILENT))
                    .hasMessageContaining("knows 2 expressions, there are 1 meshes");
        }
    }

    /** A prior that is sure of one colour paints the head in it, whatever the light, and so does going over it. */
    @Test
    void comesNearerToWhatThePriorKnows() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(2);
            NDArray wanted = scope.full(0.6f, 4, 3, PICTURE, PICTURE);
            LatentPrior sure = TinyPriors.sure(s -> TinyPriors.pooled(s, wanted));
            LatentGuide guide = TinyPriors.guide(scope, sure, 2, 4, () -> {});
            AlbedoField plain =
                    new AlbedoField(scope, AlbedoField.around(meshes), 2, AlbedoField.Grids.forPictures(PICTURE), 5);
            double before = apart(scope, meshes, plain);
            TextureResult painted =
                    LatentTextureStage.run(scope, settings(30), guide, meshes, "run", StageMonitor.SILENT);
            assertThat(apart(scope, meshes, AlbedoField.of(scope, painted.albedo())))
                    .isLessThan(0.6 * before);
            TextureResult refined = LatentTextureStage.refine(
                    scope, refine(30), guide, meshes, plain.values(), "run", StageMonitor.SILENT);
            assertThat(apart(scope, meshes, AlbedoField.of(scope, refined.albedo())))
                    .isLessThan(0.6 * before);
        }
    }

    /** Mean difference of the face under some lights from what the prior is sure of. */
    private static double apart(Scope scope, List<Mesh> meshes, AlbedoField field) {
        SurfaceViews views = new SurfaceViews(scope, meshes, settings(1).loop(), PICTURE, false);
        Random random = new Random(3);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < 6; i++) {
            try (Scope s = scope.child();
                    Torch.Mode off = Torch.noGradient()) {
                float[] picture = new AlbedoRenderer(field, PICTURE)
                        .pictures(
                                s,
                                new int[] {0},
                                List.of(views.look(s, 0, View.front(Framing.FACE))),
                                List.of(Lighting.random(random)))
                        .toFloatArray();
                for (float v : picture) {
                    if (v > -0.95f) {
                        sum += Math.abs(v - 0.6f);
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    @Test
    void presetsAreSane() {
        assertThat(LatentTextureSettings.of("high", true, 1).loop().steps())
                .isGreaterThan(
                        LatentTextureSettings.of("standard", true, 1).loop().steps());
        assertThat(RefineSettings.of("high", 1).stage().picture()).isEqualTo(512);
        assertThatThrownBy(() -> RefineSettings.of("best", 1)).hasMessageContaining("draft, standard, high");
        assertThatThrownBy(() -> RefineSettings.of("draft", 1).withStrength(0)).hasMessageContaining("first");
    }
}
