// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.mesh.AtlasRaster;
import org.eidolon.mesh.Decimation;
import org.eidolon.mesh.Mesh;
import org.eidolon.mesh.MeshParts;
import org.eidolon.render.Shading;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class TextureBakeTest {
    private static final int SIZE = 256;

    @Test
    void textureShowsWhatTheFieldHolds() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(2);
            AlbedoField field = colourful(scope, meshes);
            TexturedHead head = TextureBake.bake(scope, field.values(), meshes, SIZE, StageMonitor.SILENT);
            assertThat(head.parts()).hasSize(2);
            for (int e = 0; e < 2; e++) {
                TexturedHead.Part part = head.parts().get(e);
                assertThat(part.mesh().triangles()).hasSameSizeAs(meshes.get(e).triangles());
                assertThat(part.mesh().normals()).isNotNull();
                assertThat(part.sharedArea()).isBetween(0.3, 1.0);
                Error error = error(scope, field, e, part.mesh(), head.textureOf(e));
                // half a texel of a 256² texture against grid cells of a tenth of a head
                assertThat(error.mean).isLessThan(0.006);
                assertThat(error.largest).isLessThan(0.12);
            }
        }
    }

    /** Where charts meet, both sides show the same colour: filling beyond the borders is what makes it so. */
    @Test
    void noSeamsWhereChartsMeet() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            List<Mesh> meshes = Faces.meshes(1);
            AlbedoField field = colourful(scope, meshes);
            TexturedHead head = TextureBake.bake(scope, field.values(), meshes, SIZE, StageMonitor.SILENT);
            Mesh mesh = head.parts().get(0).mesh();
            TexturedHead.Texture texture = head.textureOf(0);
            float[] at = sample(scope, texture.rgb(), mesh.uvs());
            float[] truth = field.colours(scope, mesh.positions(), 0);
            AtlasRaster raster = AtlasRaster.of(mesh, SIZE);
            byte[] bare = texture.rgb().clone();
            for (int i = 0; i < SIZE * SIZE; i++) {
                if (raster.triangles()[i] < 0) bare[3 * i] = bare[3 * i + 1] = bare[3 * i + 2] = 0;
            }
            float[] unfilled = sample(scope, bare, mesh.uvs());
            assertThat(mean(at, truth)).isLessThan(0.01);
            assertThat(mean(unfilled, truth)).isGreaterThan(2 * mean(at, truth));
        }
    }

    @Test
    void bakesSimplifiedMeshesAndSharesEqualTextures() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            Mesh simple =
                    Decimation.toTriangles(MeshParts.largest(Faces.meshes(1).get(0)), 1500);
            List<Mesh> meshes = List.of(simple, simple);
            AlbedoField field = colourful(scope, meshes);
            TexturedHead head = TextureBake.bake(scope, field.values(), meshes, 128, StageMonitor.SILENT);
            // nothing of their own in the field, and the same place: one texture
            assertThat(head.textures()).hasSize(1);
            assertThat(head.textureOf(0)).isSameAs(head.textureOf(1));
            assertThat(head.textureOf(0).picture().getWidth()).isEqualTo(128);
            assertThatThrownBy(() ->
                            TextureBake.bake(scope, field.values(), meshes.subList(0, 1), 128, StageMonitor.SILENT))
                    .hasMessageContaining("2 expressions");
        }
    }

    private static AlbedoField colourful(Scope scope, List<Mesh> meshes) {
        AlbedoField field = new AlbedoField(scope, AlbedoField.around(meshes), meshes.size(), 3);
        AlbedoFieldTest.stir(scope, field.sharedGrids().subList(0, 1), 0.8);
        return field;
    }

    private record Error(double mean, double largest) {}

    /** At the middle of each triangle. */
    private static Error error(Scope scope, AlbedoField field, int e, Mesh mesh, TexturedHead.Texture texture) {
        int n = mesh.triangleCount();
        float[] uv = new float[2 * n], place = new float[3 * n];
        for (int i = 0; i < 3 * n; i++) {
            int v = mesh.triangles()[i];
            for (int c = 0; c < 2; c++) uv[i / 3 * 2 + c] += mesh.uvs()[2 * v + c] / 3;
            for (int c = 0; c < 3; c++) place[i / 3 * 3 + c] += mesh.positions()[3 * v + c] / 3;
        }
        float[] shown = sample(scope, texture.rgb(), uv), held = field.colours(scope, place, e);
        double largest = 0;
        for (int i = 0; i < shown.length; i++) largest = Math.max(largest, Math.abs(shown[i] - held[i]));
        return new Error(mean(shown, held), largest);
    }

    private static double mean(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
        return sum / a.length;
    }

    private static float[] sample(Scope scope, byte[] rgb, float[] uv) {
        try (Scope s = scope.child()) {
            int size = (int) Math.sqrt(rgb.length / 3);
            float[] values = new float[rgb.length];
            for (int i = 0; i < values.length; i++) values[i] = (rgb[i] & 255) / 255f;
            return Shading.sample(s, s.of(values, size, size, 3), s.of(uv, uv.length / 2, 2))
                    .toFloatArray();
        }
    }
}
