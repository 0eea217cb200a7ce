// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Adam;
import org.eidolon.torch.SafeTensors;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One loop for all stages: when it tells, when it saves, where it goes on. */
class StageLoopTest {
    private static final String FILE = "some.safetensors";
    private static final Mesh SURFACE = Mesh.of(new float[9], new int[] {0, 1, 2});

    @TempDir
    Path folder;

    private final Scope scope = Scope.open(Torch.device("cpu"));
    private final List<String> heard = new ArrayList<>();
    private int breakAt = -1;
    private int checks;

    @AfterEach
    void close() {
        scope.close();
    }

    /** A stage of one number; it shows a surface or none. */
    private final class Number implements StageLoop.Work {
        private final NDArray weight = Torch.parameter(scope.of(new float[] {1}, 1));
        private final Adam adam = new Adam(scope, List.of(weight), Adam.Options.of(1e-2));
        private final StageSteps state = new StageSteps(scope, Map.of("weight", weight), adam, 7);
        private final boolean surface;

        Number(boolean surface) {
            this.surface = surface;
        }

        @Override
        public void step() {
            monitor.checkCancelled();
            adam.step(scope, List.of(scope.of(new float[] {state.chance().nextFloat()}, 1)));
        }

        @Override
        public BufferedImage preview() {
            return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        }

        @Override
        public Optional<Mesh> surface() {
            return surface ? Optional.of(SURFACE) : Optional.empty();
        }

        @Override
        public void beside(String what, long nanos) {
            heard.add(what);
        }

        float run(int steps, String name) throws IOException {
            new StageLoop(this, state, steps, FILE, name, monitor).run();
            return weight.toFloatArray()[0];
        }
    }

    private final StageMonitor monitor = new StageMonitor() {
        @Override
        public void progress(long done, long total) {
            heard.add(done + "/" + total);
        }

        @Override
        public void preview(BufferedImage picture) {
            heard.add("picture");
        }

        @Override
        public void shape(Mesh surface) {
            heard.add("surface");
        }

        @Override
        public Optional<Path> checkpoints() {
            return Optional.of(folder.resolve("kept"));
        }

        @Override
        public boolean checkpointDue(long nanos) {
            return false;
        }

        @Override
        public void checkCancelled() {
            if (++checks == breakAt) throw new CancellationException();
        }
    };

    private String saved() throws IOException {
        try (SafeTensors in = SafeTensors.open(folder.resolve("kept").resolve(FILE))) {
            return in.metadata().get("step");
        }
    }

    @Test
    void theLastStepIsToldShownAndSavedWhateverTheStageMoves() throws IOException {
        new Number(true).run(1, "a");
        assertThat(heard).containsExactly("0/1", "1/1", "picture", "preview", "surface", "live head", "checkpoint");
        heard.clear();
        new Number(false).run(2, "b");
        assertThat(heard)
                .startsWith("0/2", "1/2")
                .contains("picture", "checkpoint")
                .doesNotContain("surface");
        assertThat(saved()).isEqualTo("2");
    }

    @Test
    void whatIsCancelledInAStepOrBetweenIsSavedAndGoesOnAsIfItNeverHadBeen() throws IOException {
        breakAt = 0;
        float undisturbed = new Number(false).run(5, "whole");
        // two checks a step: the sixth is within the third step, the seventh before the fourth
        for (int at : new int[] {6, 7}) {
            String name = "broken at " + at;
            checks = 0;
            breakAt = at;
            assertThatThrownBy(() -> new Number(false).run(5, name)).isInstanceOf(CancellationException.class);
            assertThat(saved()).isEqualTo(at == 6 ? "2" : "3");
            heard.clear();
            assertThat(new Number(false).run(5, name)).isEqualTo(undisturbed);
            assertThat(heard).startsWith(at == 6 ? "2/5" : "3/5");
        }
    }

    @Test
    void whoDidNothingSavesNothing() throws IOException {
        breakAt = 1;
        assertThatThrownBy(() -> new Number(false).run(5, "a")).isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("kept")).doesNotExist();
        new Number(false).run(3, "a");
        heard.clear();
        new Number(false).run(3, "a");
        assertThat(heard).as("a run that was done").containsExactly("3/3");
        assertThat(new Number(false).run(3, "b")).as("another run begins anew").isNotNaN();
        assertThat(heard).contains("0/3");
    }
}
