// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eidolon.models.Models;
import org.eidolon.testing.head.Places;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The head model that ships. */
class StarterHeadTest {
    private static MorphableHead head;
    private static HeadTopology topology;

    @BeforeAll
    static void open() {
        head = MorphablePack.open(Models.standard());
        topology = head.topology();
    }

    @Test
    void isSmallAndHoldsAllParts() {
        assertThat(Models.standard().get(MorphablePack.STARTER).info().size()).isLessThan(12L << 20);
        assertThat(head.vertexCount()).isEqualTo(26_719);
        assertThat(topology.polygonCount()).isEqualTo(26_384);
        assertThat(head.identities()).hasSize(100);
        assertThat(head.shapes()).hasSize(57);
        assertThat(head.landmarks()).hasSize(68);
        int count = 0;
        for (HeadRegion region : HeadRegion.values()) {
            assertThat(topology.vertices(region)).as("%s", region).isNotEmpty();
            assertThat(topology.polygons(region)).as("%s", region).isNotEmpty();
            count += topology.vertices(region).length;
        }
        assertThat(count).isEqualTo(head.vertexCount());
        for (Expression e : Expression.standard()) {
            for (float x : head.vertices(new float[0], head.shapeWeights(e.weights()))) {
                assertThat(x).as(e.name()).isBetween(-1.1f, 1.1f);
            }
        }
    }

    @Test
    void leftIsTheSubjectsLeft() {
        for (HeadRegion region : new HeadRegion[] {HeadRegion.EYE_LEFT, HeadRegion.IRIS_LEFT}) {
            for (int v : topology.vertices(region))
                assertThat(head.neutral()[3 * v]).isPositive();
        }
        for (HeadRegion region : new HeadRegion[] {HeadRegion.EYE_RIGHT, HeadRegion.IRIS_RIGHT}) {
            for (int v : topology.vertices(region))
                assertThat(head.neutral()[3 * v]).isNegative();
        }
        // the left lid of eyeBlink_L moves, the right one stays
        float[] blink = head.shapes().get(head.shapeNames().indexOf("eyeBlink_L"));
        float left = 0, right = 0;
        for (int v = 0; v < head.vertexCount(); v++) {
            float move = Math.abs(blink[3 * v + 1]);
            if (head.neutral()[3 * v] > 0.05) left = Math.max(left, move);
            if (head.neutral()[3 * v] < -0.05) right = Math.max(right, move);
        }
        assertThat(left).isGreaterThan(20 * right).isGreaterThan(0.03f);
    }

    @Test
    void noEdgeIsRunTwiceInOneDirection() {
        Set<Long> seen = new HashSet<>();
        int[] p = topology.polygons();
        for (int i = 0; i < p.length; i += 4) {
            int count = p[i + 3] < 0 ? 3 : 4;
            for (int k = 0; k < count; k++) {
                long from = p[i + k], to = p[i + (k + 1) % count];
                assertThat(from).isNotEqualTo(to);
                assertThat(seen.add(from << 32 | to))
                        .as("edge %d, %d", from, to)
                        .isTrue();
            }
        }
    }

    @Test
    void quadsAreNearlyFlatAndTheSkinFacesOutward() {
        int[] p = topology.polygons();
        int quads = 0, bent = 0, outward = 0;
        for (int i = 0; i < p.length; i += 4) {
            if (p[i + 3] < 0) continue;
            quads++;
            double[] first = normal(p[i], p[i + 1], p[i + 2]);
            double[] second = normal(p[i], p[i + 2], p[i + 3]);
            if (dot(first, second) < 0.8) bent++;
            if (topology.regionOfPolygon(i / 4) == HeadRegion.FACE && first[2] + second[2] > 0) outward++;
        }
        assertThat(bent).isLessThan(quads / 100);
        assertThat(outward).isGreaterThan((int) (0.8 * topology.polygons(HeadRegion.FACE).length));
    }

    private static double[] normal(int a, int b, int c) {
        float[] x = head.neutral();
        double[] u = new double[3], v = new double[3];
        for (int k = 0; k < 3; k++) {
            u[k] = x[3 * b + k] - x[3 * a + k];
            v[k] = x[3 * c + k] - x[3 * a + k];
        }
        double[] n = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        double length = Math.max(Math.sqrt(dot(n, n)), 1e-12);
        for (int k = 0; k < 3; k++) n[k] /= length;
        return n;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /**
     * On skin, gums and lashes every polygon has a place of its own and is seen from its front. Teeth have mirrored
     * halves, and both eyes' blend and occlusion share one place.
     */
    @Test
    void theTextureLayoutOfSkinIsOneToOne() {
        Set<String> middles = new HashSet<>();
        int[] c = topology.corners();
        int checked = 0;
        for (int f = 0; f < topology.polygonCount(); f++) {
            String sheet = topology.sheets().get(topology.sheetOf()[f]);
            if (sheet.equals("face")) assertThat(topology.regionOfPolygon(f)).isEqualTo(HeadRegion.FACE);
            if (!Set.of("face", "head", "gums", "lashes").contains(sheet)) continue;
            checked++;
            int count = c[4 * f + 3] < 0 ? 3 : 4;
            float u = 0, v = 0, area = 0;
            for (int k = 0; k < count; k++) {
                int at = 2 * c[4 * f + k], next = 2 * c[4 * f + (k + 1) % count];
                u += topology.uv()[at] / count;
                v += topology.uv()[at + 1] / count;
                area += topology.uv()[at] * topology.uv()[next + 1] - topology.uv()[next] * topology.uv()[at + 1];
            }
            assertThat(area).as("polygon %d", f).isPositive();
            assertThat(middles.add(sheet + Math.round(u * 1e5) + " " + Math.round(v * 1e5)))
                    .as("polygon %d lies on another", f)
                    .isTrue();
        }
        assertThat(checked).isGreaterThan(18_000);
        assertThat(topology.sheets()).contains("teeth", "eye-left", "eye-right").hasSize(13);
    }

    /** Against its source, where that is at hand; half a step is 2.5 µm. */
    @Test
    void isWhatTheFolderHolds(@TempDir Path folder) throws IOException {
        MorphableHead source = IctMorphable.read(Places.ictFaceKit(folder));
        assertThat(head.neutral()).isEqualTo(source.neutral());
        assertThat(topology.polygons()).isEqualTo(source.topology().polygons());
        assertThat(topology.regionOf()).isEqualTo(source.topology().regionOf());
        assertThat(head.shapeNames()).isEqualTo(source.shapeNames());
        MorphablePackTest.assertNear(source.identities(), head.identities());
        MorphablePackTest.assertNear(source.shapes(), head.shapes());
    }
}
