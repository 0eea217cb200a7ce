// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class SurfaceIndexTest {

    private static final SurfaceIndex CUBE = new SurfaceIndex(Shapes.cube());

    @Property(tries = 300)
    void closestPointOfACubeIsTheClampedPoint(
            @ForAll @FloatRange(min = -3, max = 4) float x,
            @ForAll @FloatRange(min = -3, max = 4) float y,
            @ForAll @FloatRange(min = -3, max = 4) float z) {
        SurfaceIndex.Hit hit = CUBE.closest(x, y, z);
        double dx = Math.max(0, Math.max(-x, x - 1));
        double dy = Math.max(0, Math.max(-y, y - 1));
        double dz = Math.max(0, Math.max(-z, z - 1));
        double expected = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (expected == 0) { // inside: to the nearest wall
            expected = Math.min(Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y)), Math.min(z, 1 - z));
        }
        assertThat((double) hit.distance()).isCloseTo(expected, within(1e-5));
        assertThat(hit.b0() + hit.b1() + hit.b2()).isCloseTo(1, within(1e-5f));
        double back = Math.sqrt(Math.pow(hit.x() - x, 2) + Math.pow(hit.y() - y, 2) + Math.pow(hit.z() - z, 2));
        assertThat(back).isCloseTo(expected, within(1e-5));
    }

    @Test
    void treeFindsWhatASearchOfEveryTriangleFinds() {
        Mesh head = Shapes.head(12, 0.04);
        SurfaceIndex index = new SurfaceIndex(head);
        SurfaceIndex[] single = IntStream.range(0, head.triangleCount())
                .mapToObj(f -> new SurfaceIndex(MeshParts.select(head, g -> g == f)))
                .toArray(SurfaceIndex[]::new);
        float[] points = SurfaceDistance.sample(Shapes.sphere(8, 0.8), 60, 5);
        for (int i = 0; i < points.length; i += 3) {
            float least = Float.MAX_VALUE;
            for (SurfaceIndex one : single) {
                least = Math.min(
                        least,
                        one.closest(points[i], points[i + 1], points[i + 2]).distance());
            }
            float found = index.closest(points[i], points[i + 1], points[i + 2]).distance();
            assertThat(found).isCloseTo(least, within(1e-6f));
        }
    }

    @Test
    void concentricSpheresAreApartByTheirRadii() {
        SurfaceDistance d = SurfaceDistance.between(Shapes.sphere(24, 0.7), Shapes.sphere(24, 0.5), 2000, 1);
        assertThat(d.mean()).isCloseTo(0.2, within(0.004));
        assertThat(d.max()).isCloseTo(0.2, within(0.01));
        assertThat(SurfaceDistance.between(Shapes.cube(), Shapes.cube(), 500, 2).max())
                .isLessThan(1e-5);
    }
}
