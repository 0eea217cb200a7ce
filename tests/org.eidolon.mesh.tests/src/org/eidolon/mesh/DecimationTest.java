// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecimationTest {

    @Test
    void headStaysClosedManifoldAndInPlace() {
        Mesh head = Shapes.head(40, 0.05);
        Mesh small = Decimation.toTriangles(head, 4000);
        assertThat(small.triangleCount()).isLessThanOrEqualTo(4000).isGreaterThan(3990);
        MeshTopology topology = MeshTopology.of(small);
        assertThat(topology.closed()).isTrue();
        assertThat(topology.manifold()).isTrue();
        assertThat(topology.eulerCharacteristic())
                .isEqualTo(MeshTopology.of(head).eulerCharacteristic());
        SurfaceDistance distance = SurfaceDistance.between(head, small, 4000, 3);
        System.out.println("decimated " + head + " to " + small + ": " + distance);
        assertThat(distance.mean()).isLessThan(0.001);
        assertThat(distance.max()).isLessThan(0.02);
        assertThat(MeshMeasures.volume(small)).isCloseTo(MeshMeasures.volume(head), within(0.002));
    }

    @Test
    void flatRegionsGoFirst() {
        Mesh head = Shapes.head(24, 0.02); // its neck ends in a flat disc
        Mesh small = Decimation.toTriangles(head, 1500);
        long before = onTheFlatEnd(head);
        long after = onTheFlatEnd(small);
        assertThat((double) after / before).isLessThan(0.7 * small.vertexCount() / head.vertexCount());
    }

    private static long onTheFlatEnd(Mesh mesh) {
        long count = 0;
        for (int v = 0; v < mesh.vertexCount(); v++) {
            float[] p = mesh.positions();
            count += Math.abs(p[3 * v + 1] + 0.9) < 1e-3 && Math.hypot(p[3 * v], p[3 * v + 2] + .1) < 0.3 ? 1 : 0;
        }
        return count;
    }

    @Test
    void anOpenEdgeKeepsItsShape() {
        int n = 20;
        float[] p = new float[3 * (n + 1) * (n + 1)];
        int[] t = new int[6 * n * n];
        for (int v = 0; v < p.length / 3; v++) {
            p[3 * v] = (float) (v % (n + 1)) / n;
            p[3 * v + 1] = (float) (v / (n + 1)) / n;
            p[3 * v + 2] = (float) (0.1 * Math.sin(6 * p[3 * v]) * Math.sin(5 * p[3 * v + 1]));
        }
        for (int c = 0; c < n * n; c++) {
            int a = c / n * (n + 1) + c % n;
            int[] quad = {a, a + 1, a + n + 2, a, a + n + 2, a + n + 1};
            System.arraycopy(quad, 0, t, 6 * c, 6);
        }
        Mesh small = Decimation.toTriangles(Mesh.of(p, t), 150);
        assertThat(small.triangleCount()).isLessThanOrEqualTo(150);
        assertThat(MeshTopology.of(small).manifold()).isTrue();
        Box box = small.bounds();
        assertThat(box.minX()).isCloseTo(0, within(0.01f));
        assertThat(box.maxY()).isCloseTo(1, within(0.01f));
        assertThat(SurfaceDistance.between(Mesh.of(p, t), small, 2000, 1).max()).isLessThan(0.03);
    }

    @Property(tries = 25)
    void manifoldStaysManifoldHoweverFarItGoes(@ForAll long seed) {
        Random random = new Random(seed);
        Lattice lattice = Lattice.bodyCentred(5);
        float[] distances = new float[lattice.vertexCount()];
        for (int v = 0; v < distances.length; v++) {
            distances[v] = lattice.boundary()[v] ? 1 : random.nextFloat() - 0.4f;
        }
        Mesh mesh = new MarchingTetrahedra(lattice).extract(distances).place(lattice.positions(), distances);
        boolean before = MeshTopology.of(mesh).manifold();
        Mesh small = Decimation.toTriangles(mesh, 4);
        MeshTopology topology = MeshTopology.of(small);
        assertThat(topology.manifold()).isEqualTo(before);
        assertThat(topology.closed()).isTrue();
        assertThat(topology.eulerCharacteristic())
                .isEqualTo(MeshTopology.of(mesh).eulerCharacteristic());
    }

    @Test
    void leavesSmallMeshesAloneAndRefusesSillyTargets() {
        assertThat(Decimation.toTriangles(Shapes.cube(), 100)).isEqualTo(Shapes.cube());
        assertThatThrownBy(() -> Decimation.toTriangles(Shapes.cube(), 1)).hasMessageContaining("target of 1");
    }
}
