// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UvAtlasTest {

    private static final UvAtlas.Options OPTIONS = new UvAtlas.Options(512, 4, Math.toRadians(60));

    @Test
    void unwrapsAHeadEvenlyIntoFewCharts() {
        Mesh head = Shapes.head(32, 0.05).withVertexNormals();
        UvAtlas atlas = UvAtlas.of(head, OPTIONS);
        check(head, atlas, 512, 4);
        UvQuality quality = UvQuality.of(atlas.mesh());
        System.out.println("head atlas: " + atlas.mesh() + ", " + atlas.chartCount() + " charts, " + quality);
        assertThat(atlas.chartCount()).isLessThan(60);
        assertThat(quality.meanStretch()).isLessThan(1.08);
        assertThat(quality.fill()).isGreaterThan(0.5);
        assertThat(atlas.mesh().vertexCount()).isLessThan((int) (1.3 * head.vertexCount()));
    }

    @Property(tries = 8)
    void anySurfaceGetsAnAtlasWithoutOverlaps(@ForAll long seed) {
        Random random = new Random(seed);
        Lattice lattice = Lattice.kuhn(5);
        float[] distances = new float[lattice.vertexCount()];
        for (int v = 0; v < distances.length; v++) {
            distances[v] = lattice.boundary()[v] ? 1 : random.nextFloat() - 0.3f;
        }
        Mesh mesh = new MarchingTetrahedra(lattice).extract(distances).place(lattice.positions(), distances);
        if (mesh.triangleCount() > 0) {
            check(mesh, UvAtlas.of(mesh, OPTIONS), 512, 4);
        }
    }

    @Test
    void sameMeshSameAtlas() {
        Mesh head = Shapes.head(16, 0.02);
        assertThat(UvAtlas.of(head, OPTIONS).mesh())
                .isEqualTo(UvAtlas.of(head, OPTIONS).mesh());
    }

    @Test
    void degenerateTrianglesDontHurt() {
        Mesh cube = Shapes.cube();
        int[] triangles = Arrays.copyOf(cube.triangles(), 42);
        triangles[36] = 3;
        triangles[37] = 3;
        triangles[38] = 5;
        UvAtlas atlas = UvAtlas.of(Mesh.of(cube.positions(), triangles), OPTIONS);
        assertThat(atlas.mesh().triangleCount()).isEqualTo(14);
        assertThat(UvQuality.of(atlas.mesh()).fill()).isGreaterThan(0.4);
    }

    @Test
    void refusesSillyOptions() {
        assertThatThrownBy(() -> new UvAtlas.Options(10, 2, 1)).hasMessageContaining("size 10");
        assertThatThrownBy(() -> new UvAtlas.Options(1024, 900, 1)).hasMessageContaining("padding");
        assertThatThrownBy(() -> new UvAtlas.Options(1024, 2, 3)).hasMessageContaining("angle");
        assertThatThrownBy(() -> UvAtlas.of(Mesh.of(new float[0], new int[0]), OPTIONS))
                .hasMessageContaining("empty");
    }

    /** Same triangles, every one in one chart, coordinates in range, nothing on top of another, charts kept apart. */
    static void check(Mesh source, UvAtlas atlas, int size, int padding) {
        Mesh mesh = atlas.mesh();
        for (int c = 0; c < source.triangles().length; c++) {
            assertThat(atlas.sourceVertices()[mesh.triangles()[c]]).isEqualTo(source.triangles()[c]);
        }
        for (int v = 0; v < mesh.vertexCount(); v++) {
            for (int k = 0; k < 3; k++) {
                assertThat(mesh.positions()[3 * v + k])
                        .isEqualTo(source.positions()[3 * atlas.sourceVertices()[v] + k]);
            }
        }
        for (int chart : atlas.charts()) {
            assertThat(chart).isBetween(0, atlas.chartCount() - 1);
        }
        for (float uv : mesh.uvs()) {
            assertThat(uv).isBetween(0f, 1f);
        }
        overlaps(mesh, 1024);
        AtlasRaster raster = AtlasRaster.of(mesh, size);
        for (int at = 0; at < size * size; at++) {
            if (raster.triangles()[at] < 0) {
                continue;
            }
            int chart = atlas.charts()[raster.triangles()[at]];
            for (int dy = 0; dy < padding && at / size + dy < size; dy++) {
                for (int dx = 0; dx < padding && at % size + dx < size; dx++) {
                    int other = raster.triangles()[at + dy * size + dx];
                    assertThat(other < 0 ? chart : atlas.charts()[other]).isEqualTo(chart);
                }
            }
        }
    }

    /** Fails where a sample point lies clearly within two triangles. */
    private static void overlaps(Mesh mesh, int size) {
        int[] owner = new int[size * size];
        Arrays.fill(owner, -1);
        for (int f = 0; f < mesh.triangleCount(); f++) {
            double[] x = new double[3];
            double[] y = new double[3];
            for (int k = 0; k < 3; k++) {
                x[k] = (double) mesh.uvs()[2 * mesh.triangles()[3 * f + k]] * size;
                y[k] = (double) mesh.uvs()[2 * mesh.triangles()[3 * f + k] + 1] * size;
            }
            double area = (x[1] - x[0]) * (y[2] - y[0]) - (y[1] - y[0]) * (x[2] - x[0]);
            for (int row = (int) Math.min(y[0], Math.min(y[1], y[2]));
                    row <= Math.max(y[0], Math.max(y[1], y[2]));
                    row++) {
                for (int c = (int) Math.min(x[0], Math.min(x[1], x[2]));
                        c <= Math.max(x[0], Math.max(x[1], x[2]));
                        c++) {
                    double[] w = new double[3];
                    double inside = Double.MAX_VALUE;
                    for (int k = 0; k < 3; k++) {
                        int i = (k + 1) % 3;
                        int j = (k + 2) % 3;
                        w[k] = ((x[i] - c) * (y[j] - row) - (y[i] - row) * (x[j] - c)) / area;
                        double opposite = Math.hypot(x[j] - x[i], y[j] - y[i]);
                        inside = Math.min(inside, w[k] * Math.abs(area) / opposite); // texels from that edge
                    }
                    if (inside > 0.05 + 0.003 * Math.sqrt(Math.abs(area))) { // the builder tolerates 0.1% of an edge
                        assertThat(owner[row * size + c])
                                .as("triangle that triangle %d lies over", f)
                                .isEqualTo(-1);
                        owner[row * size + c] = f;
                    }
                }
            }
        }
    }
}
