// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatticeTest {

    @Test
    void countsFollowTheFormulas() {
        Lattice kuhn = Lattice.kuhn(8);
        assertThat(kuhn.vertexCount()).isEqualTo(9 * 9 * 9);
        assertThat(kuhn.tetrahedronCount()).isEqualTo(6 * 8 * 8 * 8);
        Lattice bcc = Lattice.bodyCentred(8);
        assertThat(bcc.vertexCount()).isEqualTo(9 * 9 * 9 + 8 * 8 * 8);
        assertThat(bcc.tetrahedronCount()).isEqualTo(12 * 8 * 8 * 7);
    }

    @Property(tries = 30)
    void everyTetrahedronHasPositiveVolumeAlsoWhenWarped(
            @ForAll @IntRange(min = 2, max = 7) int n,
            @ForAll @DoubleRange(min = 0, max = 4) double amount,
            @ForAll @DoubleRange(min = -1, max = 1) double centre) {
        AxisWarp warp = new AxisWarp(amount, centre, 0.4);
        for (Lattice lattice : new Lattice[] {
            Lattice.kuhn(n, warp, AxisWarp.NONE, warp), Lattice.bodyCentred(n, AxisWarp.NONE, warp, warp)
        }) {
            double least = Double.MAX_VALUE;
            for (int t = 0; t < lattice.tetrahedronCount(); t++) {
                least = Math.min(least, volume(lattice, t));
            }
            assertThat(least).isPositive();
        }
    }

    @Test
    void kuhnFillsTheBoxAndBodyCentredAllButTheHalfPyramids() {
        AxisWarp warp = new AxisWarp(1.5, 0.6, 0.35);
        assertThat(volume(Lattice.kuhn(6, warp, warp, warp))).isCloseTo(8, within(1e-5));
        // each of the 6n² faces at the box's wall lacks a pyramid of h²·(h/2)/3
        int n = 6;
        double h = 2.0 / n;
        assertThat(volume(Lattice.bodyCentred(n))).isCloseTo(8 - 6 * n * n * h * h * h / 6, within(1e-5));
    }

    @Test
    void edgesAndBoundaryAreThoseOfTheTetrahedra() {
        for (Lattice lattice :
                Stream.of(Lattice.kuhn(4), Lattice.bodyCentred(4)).toList()) {
            Set<Long> expected = new HashSet<>();
            Map<Set<Integer>, Integer> faces = new HashMap<>();
            int[] t = lattice.tetrahedra();
            for (int i = 0; i < t.length; i += 4) {
                for (int[] e : MarchingTetrahedra.EDGES) {
                    int a = t[i + e[0]];
                    int b = t[i + e[1]];
                    expected.add((long) Math.min(a, b) << 32 | Math.max(a, b));
                }
                for (int k = 0; k < 4; k++) {
                    faces.merge(Set.of(t[i + k], t[i + (k + 1) % 4], t[i + (k + 2) % 4]), 1, Integer::sum);
                }
            }
            long previous = -1;
            for (int e = 0; e < lattice.edges().length; e += 2) {
                long key = (long) lattice.edges()[e] << 32 | lattice.edges()[e + 1];
                assertThat(key).isGreaterThan(previous);
                assertThat(expected.remove(key)).isTrue();
                previous = key;
            }
            assertThat(expected).isEmpty();
            boolean[] open = new boolean[lattice.vertexCount()];
            faces.forEach((face, count) -> {
                assertThat(count).isLessThanOrEqualTo(2);
                face.forEach(v -> open[v] |= count == 1);
            });
            boolean[] used = new boolean[lattice.vertexCount()];
            for (int v : t) {
                used[v] = true;
            }
            for (int v = 0; v < open.length; v++) {
                assertThat(lattice.boundary()[v]).as("vertex %d", v).isEqualTo(open[v] || !used[v]);
            }
        }
    }

    @Property(tries = 40)
    void warpedPlanesAscendAndFollowTheDensity(
            @ForAll @DoubleRange(min = 0, max = 5) double amount,
            @ForAll @DoubleRange(min = -1, max = 1) double centre,
            @ForAll @DoubleRange(min = 0.1, max = 2) double width) {
        float[] p = new AxisWarp(amount, centre, width).planes(129);
        double previous = -1;
        for (int i = 1; i < p.length; i++) {
            double middle = (p[i] + p[i - 1]) / 2;
            double d = (middle - centre) / width;
            double product = (p[i] - p[i - 1]) * (1 + amount * Math.exp(-d * d));
            assertThat(p[i]).isGreaterThan(p[i - 1]);
            if (previous > 0) {
                assertThat(product).isCloseTo(previous, within(0.02 * previous)); // spacing ∝ 1 / density
            }
            previous = product;
        }
        assertThat(p[0]).isEqualTo(-1);
        assertThat(p[128]).isEqualTo(1);
    }

    @Test
    void offsetsBelowHalfTheSpacingKeepTheTetrahedraOfNeighbouringPlanesApart() {
        Lattice lattice = Lattice.kuhn(8, new AxisWarp(3, 0.5, 0.2), AxisWarp.NONE, AxisWarp.NONE);
        float widest = 0;
        float narrowest = 9;
        for (int v = 0; v < lattice.vertexCount(); v++) {
            widest = Math.max(widest, lattice.spacing()[3 * v]);
            narrowest = Math.min(narrowest, lattice.spacing()[3 * v]);
            assertThat(lattice.spacing()[3 * v + 1]).isCloseTo(0.25f, within(1e-4f));
        }
        assertThat(narrowest).isPositive().isLessThan(widest / 2);
    }

    @Test
    void refusesSillySizes() {
        assertThatThrownBy(() -> Lattice.kuhn(0)).hasMessageContaining("resolution 0");
        assertThatThrownBy(() -> Lattice.bodyCentred(5000)).hasMessageContaining("5000");
        assertThatThrownBy(() -> new AxisWarp(-1, 0, 1)).hasMessageContaining("amount");
    }

    private static double volume(Lattice lattice) {
        double total = 0;
        for (int t = 0; t < lattice.tetrahedronCount(); t++) {
            total += volume(lattice, t);
        }
        return total;
    }

    private static double volume(Lattice lattice, int tet) {
        float[] p = lattice.positions();
        int[] t = lattice.tetrahedra();
        double[][] e = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                e[i][k] = p[3 * t[4 * tet + i + 1] + k] - p[3 * t[4 * tet] + k];
            }
        }
        return (e[0][0] * (e[1][1] * e[2][2] - e[1][2] * e[2][1])
                        - e[0][1] * (e[1][0] * e[2][2] - e[1][2] * e[2][0])
                        + e[0][2] * (e[1][0] * e[2][1] - e[1][1] * e[2][0]))
                / 6;
    }
}
