// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.head.view.View;
import org.eidolon.testing.head.BallHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldOptimiserTest {
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    @Test
    void checkpointOfAnotherRunIsNotTakenUp() throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FieldOptimiser one = optimiser(scope, 1);
            one.step();
            Files.createDirectories(folder);
            one.steps().save(folder.resolve("one.safetensors"), "one");
            FieldOptimiser two = optimiser(scope, 2);
            Map<String, float[]> before = values(two);
            assertThat(two.steps().restore(folder.resolve("one.safetensors"), "two"))
                    .isFalse();
            assertThat(two.steps().done()).isZero();
            assertThat(values(two)).usingRecursiveComparison().isEqualTo(before);
            assertThat(two.steps().restore(folder.resolve("one.safetensors"), "one"))
                    .isTrue();
            assertThat(two.steps().done()).isEqualTo(1);
            assertThat(values(two)).usingRecursiveComparison().isEqualTo(values(one));
        }
    }

    @Test
    void drawsFollowFromSeedAndStepAlone() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            FieldOptimiser one = optimiser(scope, 1), same = optimiser(scope, 1), other = optimiser(scope, 2);
            assertThat(one.draw().views())
                    .isEqualTo(same.draw().views())
                    .isNotEqualTo(other.draw().views());
            List<View> first = one.draw().views();
            one.step();
            assertThat(one.draw().views()).isNotEqualTo(first);
            assertThat(one.draw().expressions()).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void theCloserLookFindsWhatAFullOneFinds() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadField field = new HeadField(scope, 40, 1, 4);
            float[] full = field.distances(scope, 0), near = field.distancesNear(scope, 0);
            int exact = 0;
            for (int v = 0; v < full.length; v++) {
                assertThat(near[v] < 0).isEqualTo(full[v] < 0);
                if (Math.abs(near[v] - full[v]) < 1e-6) exact++;
            }
            // most of the lattice was not looked at
            assertThat(exact).isBetween(full.length / 50, full.length / 2);
        }
    }

    @Test
    void badSettingsAreNamed() {
        GeometrySettings good = GeometrySettings.draft(1);
        assertThatThrownBy(() -> good.withResolution(4)).hasMessageContaining("resolution must be 8 to 128, was 4");
        assertThatThrownBy(() -> good.withSteps(0)).hasMessageContaining("steps");
        assertThatThrownBy(() -> good.withGuidance(-1)).hasMessageContaining("guidance");
        assertThatThrownBy(() -> good.withRates(0, 1e-3)).hasMessageContaining("gridRate");
        assertThatThrownBy(() -> good.withLaplacian(Double.NaN)).hasMessageContaining("laplacian");
        assertThatThrownBy(() -> new GeometrySettings.Span(0.5, 0.2)).hasMessageContaining("noise");
        assertThatThrownBy(() -> GeometrySettings.of("fine", false, 1)).hasMessageContaining("draft, standard, high");
    }

    private static FieldOptimiser optimiser(Scope scope, long seed) {
        return new FieldOptimiser(
                scope,
                new HeadField(scope, 16, BallHead.EXPRESSIONS, seed),
                BallHead.settings(4).withSeed(seed),
                SIZE,
                (s, images, draw) -> images,
                new StepClock());
    }

    private static Map<String, float[]> values(FieldOptimiser optimiser) {
        Map<String, float[]> all = new TreeMap<>();
        for (Map.Entry<String, NDArray> e : optimiser.field().parameters().entrySet()) {
            all.put(e.getKey(), e.getValue().toFloatArray());
        }
        return all;
    }
}
