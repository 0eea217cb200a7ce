// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeshTest {

    @Test
    void refusesIndicesSizesAndNumbersThatAreNotSound() {
        assertThatThrownBy(() -> Mesh.of(new float[9], new int[] {0, 1, 3})).hasMessageContaining("vertex 3 of 3");
        assertThatThrownBy(() -> Mesh.of(new float[8], new int[0])).hasMessageContaining("multiple of 3");
        assertThatThrownBy(() -> Mesh.of(new float[9], new int[2])).hasMessageContaining("triangles");
        assertThatThrownBy(() -> Mesh.of(new float[] {0, Float.NaN, 0}, new int[0]))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Shapes.cube().withUvs(new float[3])).hasMessageContaining("uvs");
        assertThatThrownBy(() -> Shapes.cube().transformed(-1, 0, 0, 0)).hasMessageContaining("positive");
    }

    @Test
    void measuresACube() {
        Mesh cube = Shapes.cube().transformed(2, 1, 0, -1);
        assertThat(MeshMeasures.area(cube)).isCloseTo(24, within(1e-5));
        assertThat(MeshMeasures.volume(cube)).isCloseTo(8, within(1e-5));
        assertThat(cube.bounds()).isEqualTo(new Box(1, 0, -1, 3, 2, 1));
        float[] n = cube.withVertexNormals().normals();
        for (int v = 0; v < 8; v++) {
            double outward = 0;
            for (int k = 0; k < 3; k++) {
                outward += n[3 * v + k] * (Shapes.cube().positions()[3 * v + k] - 0.5);
            }
            assertThat(outward).isPositive();
        }
    }

    @Test
    void topologyTellsClosedOpenMisorientedAndPinched() {
        Mesh cube = Shapes.cube();
        MeshTopology whole = MeshTopology.of(cube);
        assertThat(whole.closed()).isTrue();
        assertThat(whole.manifold()).isTrue();
        assertThat(whole.eulerCharacteristic()).isEqualTo(2);
        assertThat(whole.edgeCount()).isEqualTo(18);
        MeshTopology open = MeshTopology.of(MeshParts.select(cube, f -> f != 3));
        assertThat(open.boundaryEdges()).isEqualTo(3);
        assertThat(open.manifold()).isTrue();
        int[] turned = cube.triangles().clone();
        turned[1] = cube.triangles()[2];
        turned[2] = cube.triangles()[1];
        assertThat(MeshTopology.of(Mesh.of(cube.positions(), turned)).misorientedEdges())
                .isEqualTo(3);
        Mesh bowTie = Mesh.of(new float[15], new int[] {0, 1, 2, 0, 3, 4});
        assertThat(MeshTopology.of(bowTie).pinchedVertices()).isEqualTo(1);
        assertThat(MeshTopology.of(bowTie).manifold()).isFalse();
        Mesh fin = Mesh.of(new float[15], new int[] {0, 1, 2, 1, 0, 3, 0, 1, 4});
        assertThat(MeshTopology.of(fin).nonManifoldEdges()).isEqualTo(1);
    }

    @Test
    void keepsTheLargestPartAndDropsSpecks() {
        Mesh three = join(
                Shapes.cube(),
                Shapes.cube().transformed(3, 5, 0, 0),
                Shapes.cube().transformed(0.1f, 9, 0, 0));
        assertThat(Arrays.stream(MeshTopology.of(three).components()).max()).hasValue(2);
        assertThat(MeshMeasures.volume(MeshParts.largest(three))).isCloseTo(27, within(1e-4));
        Mesh clean = MeshParts.withoutSpecks(three, 0.05);
        assertThat(clean.triangleCount()).isEqualTo(24);
        assertThat(clean.vertexCount()).isEqualTo(16);
        assertThat(MeshParts.withoutSpecks(three, 0).triangleCount()).isEqualTo(36);
    }

    @Test
    void taubinKeepsTheVolumeThatLaplacianLoses() {
        Mesh sphere = Shapes.sphere(12, 0.7);
        double volume = MeshMeasures.volume(sphere);
        double laplacian = MeshMeasures.volume(Smoothing.laplacian(sphere, 10, 0.5f));
        double taubin = MeshMeasures.volume(Smoothing.taubin(sphere, 10, 0.5f));
        assertThat(laplacian).isLessThan(0.97 * volume);
        assertThat(taubin).isCloseTo(volume, within(0.01 * volume));
    }

    @Test
    void laplacianMovesAVertexToTheMeanOfItsNeighbours() {
        // a square pyramid without a floor: the tip's neighbours are the four corners
        Mesh pyramid = Mesh.of(
                new float[] {0, 0, 0, 2, 0, 0, 2, 0, 2, 0, 0, 2, 1, 3, 1},
                new int[] {1, 0, 4, 2, 1, 4, 3, 2, 4, 0, 3, 4});
        float[] p = Smoothing.laplacian(pyramid, 1, 1).positions();
        assertThat(Arrays.copyOfRange(p, 12, 15)).containsExactly(1, 0, 1);
    }

    static Mesh join(Mesh... meshes) {
        float[] p = new float[0];
        int[] t = new int[0];
        for (Mesh mesh : meshes) {
            int base = p.length / 3;
            int from = t.length;
            p = Arrays.copyOf(p, p.length + mesh.positions().length);
            System.arraycopy(mesh.positions(), 0, p, 3 * base, mesh.positions().length);
            t = Arrays.copyOf(t, from + mesh.triangles().length);
            for (int i = 0; i < mesh.triangles().length; i++) {
                t[from + i] = mesh.triangles()[i] + base;
            }
        }
        return Mesh.of(p, t);
    }
}
