// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.head.geometry.GeometryResult;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshTopology;
import org.eidolon.testing.head.BallHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeometryFitTest {
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    /** Keeps checkpoints, remembers what it hears, cancels once a number of steps is done. */
    private final class Listener implements StageMonitor {
        final List<Long> done = new ArrayList<>();
        final List<Mesh> shapes = new ArrayList<>();
        int previews;
        long cancelAt = Long.MAX_VALUE;

        @Override
        public void progress(long done, long total) {
            this.done.add(done);
        }

        @Override
        public void preview(BufferedImage picture) {
            previews++;
        }

        @Override
        public void shape(Mesh surface) {
            shapes.add(surface);
        }

        @Override
        public Optional<Path> checkpoints() {
            return Optional.of(folder.resolve("kept"));
        }

        @Override
        public void checkCancelled() {
            if (done.getLast() >= cancelAt) throw new CancellationException();
        }
    }

    private static double degrees(Scope scope, Mesh mesh, int expression) {
        List<View> views =
                List.of(View.front(Framing.WHOLE), new View(Framing.WHOLE, 1.2, 0.2), View.front(Framing.FACE));
        try (Scope s = scope.child()) {
            NormalViews renderer = new NormalViews(48);
            return HeadMetrics.match(
                            renderer.render(s, mesh, views), renderer.render(s, BallHead.mesh(expression), views))
                    .degrees();
        }
    }

    @Test
    void comesCloserToTheTruthInEveryExpression() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            GeometryFit.Truth truth = (s, shown, views) -> BallHead.pictures(s, SIZE, shown, views);
            Listener listener = new Listener();
            GeometryResult begun = new GeometryFit(BallHead.settings(1), SIZE)
                    .run(scope, BallHead.EXPRESSIONS, truth, StageMonitor.SILENT);
            GeometryResult fitted =
                    new GeometryFit(BallHead.settings(60), SIZE).run(scope, BallHead.EXPRESSIONS, truth, listener);
            for (int e = 0; e < BallHead.EXPRESSIONS; e++) {
                double before = degrees(scope, begun.meshes().get(e), e),
                        after = degrees(scope, fitted.meshes().get(e), e);
                assertThat(after).isLessThan(0.7 * before);
                MeshTopology topology = MeshTopology.of(fitted.meshes().get(e));
                assertThat(topology.closed()).isTrue();
                assertThat(topology.manifold()).isTrue();
            }
            // each shows its own expression
            assertThat(degrees(scope, fitted.meshes().get(1), 1))
                    .isLessThan(degrees(scope, fitted.meshes().get(0), 1));
            assertThat(listener.done.getFirst()).isZero();
            assertThat(listener.done.getLast()).isEqualTo(60);
            assertThat(listener.previews).isPositive();
            assertThat(listener.shapes).as("surfaces told on the way").hasSizeGreaterThan(1);
            assertThat(listener.shapes.getLast()).isEqualTo(fitted.meshes().get(0));
            assertThat(fitted.millisPerStep()).containsKeys("field", "render", "backward", "optimiser", "live head");
        }
    }

    @Test
    void resumedRunEqualsAnUndisturbedOneBitForBit() throws IOException {
        GeometryFit fit = new GeometryFit(BallHead.settings(6), SIZE);
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            GeometryFit.Truth truth = (s, shown, views) -> BallHead.pictures(s, SIZE, shown, views);
            List<Mesh> undisturbed = fit.run(scope, BallHead.EXPRESSIONS, truth, StageMonitor.SILENT)
                    .meshes();
            Listener cancels = new Listener();
            cancels.cancelAt = 3;
            assertThatThrownBy(() -> fit.run(scope, BallHead.EXPRESSIONS, truth, cancels))
                    .isInstanceOf(CancellationException.class);
            Torch.seed(99);
            Listener resumes = new Listener();
            GeometryResult second = fit.run(scope, BallHead.EXPRESSIONS, truth, resumes);
            assertThat(resumes.done.getFirst()).isEqualTo(3);
            assertThat(second.steps()).isEqualTo(6);
            for (int e = 0; e < BallHead.EXPRESSIONS; e++) {
                assertThat(second.meshes().get(e).positions())
                        .containsExactly(undisturbed.get(e).positions());
                assertThat(second.meshes().get(e).triangles())
                        .containsExactly(undisturbed.get(e).triangles());
            }
        }
    }
}
