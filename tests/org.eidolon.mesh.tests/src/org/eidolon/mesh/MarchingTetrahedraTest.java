// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MarchingTetrahedraTest {

    private static final AxisWarp FACE = new AxisWarp(1.5, 0.6, 0.35);

    @Test
    void sphereIsClosedManifoldOutwardAndRound() {
        Lattice[] lattices = {
            Lattice.kuhn(32),
            Lattice.bodyCentred(32),
            Lattice.kuhn(32, AxisWarp.NONE, FACE, FACE),
            Lattice.bodyCentred(32, FACE, AxisWarp.NONE, FACE)
        };
        // mean angle in degrees between face normal and true normal; body-centred cells are rounder, hence better
        double[] worstMeanAngle = {1.6, 1.1, 1.8, 1.2};
        for (int i = 0; i < lattices.length; i++) {
            float[] distances = sphere(lattices[i], 0.7);
            Mesh mesh =
                    new MarchingTetrahedra(lattices[i]).extract(distances).place(lattices[i].positions(), distances);
            MeshTopology topology = MeshTopology.of(mesh);
            assertThat(topology.closed()).isTrue();
            assertThat(topology.manifold()).isTrue();
            assertThat(topology.eulerCharacteristic()).isEqualTo(2);
            double exact = 4.0 / 3 * Math.PI * 0.7 * 0.7 * 0.7;
            assertThat(MeshMeasures.volume(mesh)).isCloseTo(exact, within(0.006 * exact));
            double angle = meanNormalAngle(mesh);
            System.out.printf(
                    "sphere on lattice %d: %s, volume error %.3f%%, normal error %.3f°%n",
                    i, mesh, 100 * (MeshMeasures.volume(mesh) / exact - 1), angle);
            assertThat(angle).isLessThan(worstMeanAngle[i]);
        }
    }

    @Property(tries = 40)
    void anySignsWithAnOutsideBoundaryGiveAClosedOutwardSurface(@ForAll long seed) {
        Random random = new Random(seed);
        for (Lattice lattice : new Lattice[] {Lattice.kuhn(5), Lattice.bodyCentred(5)}) {
            float[] distances = new float[lattice.vertexCount()];
            for (int v = 0; v < distances.length; v++) {
                distances[v] = lattice.boundary()[v] ? 1 : random.nextFloat() - 0.5f;
            }
            Mesh mesh = new MarchingTetrahedra(lattice).extract(distances).place(lattice.positions(), distances);
            MeshTopology topology = MeshTopology.of(mesh);
            assertThat(topology.closed()).isTrue();
            assertThat(topology.nonManifoldEdges()).isZero();
            assertThat(topology.misorientedEdges()).isZero();
            assertThat(MeshMeasures.volume(mesh)).isPositive();
        }
    }

    @Test
    void surfaceSplitsEachTetrahedronByItsSigns() {
        Lattice lattice = Lattice.kuhn(1);
        int[] t = lattice.tetrahedra();
        for (int signs = 1; signs < 15; signs++) {
            for (int edge : MarchingTetrahedra.TRIANGLES[signs]) {
                int[] corners = MarchingTetrahedra.EDGES[edge];
                assertThat(signs >> corners[0] & 1).isNotEqualTo(signs >> corners[1] & 1);
            }
            int inside = Integer.bitCount(signs);
            assertThat(MarchingTetrahedra.TRIANGLES[signs]).hasSize(inside == 2 ? 6 : 3);
        }
        assertThat(t).hasSize(24);
    }

    @Test
    void isTheSameEveryTimeAndListsEachEdgeOnce() {
        Lattice lattice = Lattice.kuhn(24);
        float[] distances = sphere(lattice, 0.6);
        MarchingTetrahedra marching = new MarchingTetrahedra(lattice);
        MarchingTetrahedra.Surface first = marching.extract(distances);
        MarchingTetrahedra.Surface second = new MarchingTetrahedra(lattice).extract(distances);
        assertThat(second.edges()).isEqualTo(first.edges());
        assertThat(second.triangles()).isEqualTo(first.triangles());
        long previous = -1;
        for (int e = 0; e < first.vertexCount(); e++) {
            long key = (long) first.edges()[2 * e] << 32 | first.edges()[2 * e + 1];
            assertThat(key).isGreaterThan(previous);
            previous = key;
        }
    }

    @Test
    void allOutsideGivesNothingAndBadInputIsNamed() {
        Lattice lattice = Lattice.kuhn(3);
        MarchingTetrahedra marching = new MarchingTetrahedra(lattice);
        float[] distances = new float[lattice.vertexCount()];
        assertThat(marching.extract(distances).triangleCount()).isZero();
        distances[7] = Float.NaN;
        assertThatThrownBy(() -> marching.extract(distances)).hasMessageContaining("vertex 7");
        assertThatThrownBy(() -> marching.extract(new float[3])).hasMessageContaining("64 vertices");
    }

    static float[] sphere(Lattice lattice, double radius) {
        float[] p = lattice.positions();
        float[] distances = new float[lattice.vertexCount()];
        for (int v = 0; v < distances.length; v++) {
            double x = p[3 * v];
            double y = p[3 * v + 1];
            double z = p[3 * v + 2];
            distances[v] = (float) (Math.sqrt(x * x + y * y + z * z) - radius);
        }
        return distances;
    }

    private static double meanNormalAngle(Mesh mesh) {
        float[] n = MeshMeasures.faceNormals(mesh);
        double sum = 0;
        double area = 0;
        double[] vector = new double[3];
        for (int f = 0; f < mesh.triangleCount(); f++) {
            double[] centre = new double[3];
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 3; k++) {
                    centre[k] += mesh.positions()[3 * mesh.triangles()[3 * f + c] + k];
                }
            }
            double length = Math.sqrt(centre[0] * centre[0] + centre[1] * centre[1] + centre[2] * centre[2]);
            double cosine = (centre[0] * n[3 * f] + centre[1] * n[3 * f + 1] + centre[2] * n[3 * f + 2]) / length;
            double a = MeshMeasures.areaVector(mesh, f, vector);
            sum += a * Math.toDegrees(Math.acos(Math.min(1, cosine)));
            area += a;
        }
        return sum / area;
    }
}
