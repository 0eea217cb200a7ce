// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final int[] SHOWN = {2, 0};

    @Test
    void tensorOperatorsFindWhatJavaFinds() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            HeadLattice lattice = new HeadLattice(20);
            HeadField field = new HeadField(s, 20, 3, 5);
            // apart, so that mixing the expressions up would show
            field.parameters().get("own.0").set(s.randn(3, 4, 9, 9, 9).toFloatArray());
            field.network().get(4).set(s.randn(4, 32).toFloatArray());
            Topology java = new JavaTopology(lattice).find(s, field, SHOWN, true, new StepClock());
            Topology torch = new TorchTopology(s, lattice).find(s, field, SHOWN, true, new StepClock());
            assertThat(java.vertexCounts()).containsExactly(torch.vertexCounts());
            assertThat(Arrays.stream(java.vertexCounts())).allMatch(n -> n > 100);
            assertThat(java.faceCounts()).containsExactly(torch.faceCounts());
            assertThat(java.vertexCounts()[0]).isNotEqualTo(java.vertexCounts()[1]);
            assertThat(java.index().getShape()).isEqualTo(torch.index().getShape());
            for (List<NDArray> pair : List.of(
                    List.of(java.index(), torch.index()),
                    List.of(java.a(), torch.a()),
                    List.of(java.b(), torch.b()),
                    List.of(java.faces(), torch.faces()))) {
                assertThat(pair.get(0).toLongArray()).isEqualTo(pair.get(1).toLongArray());
            }
        }
    }

    @Test
    void surfacesOfSeveralAreThoseOfEach() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            HeadField field = new HeadField(s, 16, 3, 5);
            float[] together = field.surfaces(s, SHOWN).vertices().toFloatArray();
            float[] first = field.surfaces(s, 2).vertices().toFloatArray();
            float[] second = field.surfaces(s, 0).vertices().toFloatArray();
            assertThat(together).hasSize(first.length + second.length);
            for (int i = 0; i < together.length; i++) {
                float one = i < first.length ? first[i] : second[i - first.length];
                assertThat(together[i]).isCloseTo(one, within(1e-5f));
            }
        }
    }

    @Test
    void everyEdgeOfASurfaceIsThereOnce() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            Surfaces surfaces = new HeadField(s, 16, 2, 5).surfaces(s, 0, 1);
            long[] edges = surfaces.edges(s).toLongArray();
            assertThat(edges.length / 2 * 2)
                    .isEqualTo((int) surfaces.meshes().faces().getShape().get(0) * 3);
            assertThat(IntStream.range(0, edges.length / 2)
                            .mapToObj(i -> edges[2 * i] + " " + edges[2 * i + 1])
                            .distinct()
                            .count())
                    .isEqualTo(edges.length / 2);
        }
    }

    @Test
    void aSurfaceThatIsGoneAndNumbersThatAreNoneAreNamed() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            HeadLattice lattice = new HeadLattice(16);
            HeadField field = new HeadField(s, 16, 2, 5);
            NDArray bias = field.network().get(5);
            for (Topology.Finder finder : List.of(new JavaTopology(lattice), new TorchTopology(s, lattice))) {
                bias.set(new float[] {100, 0, 0, 0});
                assertThatThrownBy(() -> finder.find(s, field, new int[] {1}, true, new StepClock()))
                        .hasMessageContaining("expression 1 has vanished");
                bias.set(new float[] {Float.NaN, 0, 0, 0});
                assertThatThrownBy(() -> finder.find(s, field, new int[] {1}, true, new StepClock()))
                        .hasMessageMatching(".*(no longer finite|NaN).*");
            }
        }
    }
}
