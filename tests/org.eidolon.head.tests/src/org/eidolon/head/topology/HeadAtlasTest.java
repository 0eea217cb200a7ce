// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.model.MorphablePack;
import org.eidolon.mesh.AtlasRaster;
import org.eidolon.mesh.Mesh;
import org.eidolon.models.Models;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One texture layout for the head model that ships. */
class HeadAtlasTest {
    private static HeadModel model;
    private static HeadAtlas atlas;

    @BeforeAll
    static void open() throws Exception {
        model = HeadModel.of(MorphablePack.open(Models.standard()));
        atlas = HeadAtlas.of(model);
    }

    @Test
    void trianglesAreTheModelsAndCoordinatesLieInside() {
        assertThat(atlas.triangles()).hasSameSizeAs(model.triangles());
        for (int c = 0; c < atlas.triangles().length; c++) {
            assertThat(atlas.source()[atlas.triangles()[c]]).isEqualTo(model.triangles()[c]);
        }
        for (float uv : atlas.uvs()) assertThat(uv).isBetween(0f, 1f);
    }

    @Test
    void noPartIsPaintedOnAnother() {
        Mesh mesh = atlas.mesh(model.neutral(), model.triangles());
        AtlasRaster raster = AtlasRaster.of(mesh, 512);
        int[] covered = new int[Part.values().length];
        for (int t : raster.triangles()) {
            if (t >= 0) covered[model.part(model.triangles()[3 * t]).ordinal()]++;
        }
        for (Part part : Part.values())
            assertThat(covered[part.ordinal()]).as(part.name()).isPositive();
        assertThat(covered[Part.FACE.ordinal()]).isGreaterThan(512 * 512 / 3);
        for (int at = 0; at < raster.triangles().length; at++) {
            int t = raster.triangles()[at], x = at % 512, y = at / 512;
            if (t < 0) continue;
            Part part = model.part(model.triangles()[3 * t]);
            boolean skin = part != Part.EYE && part != Part.GUMS && part != Part.TEETH;
            assertThat(part == Part.EYE).as("%s at %d, %d", part, x, y).isEqualTo(x < 256 && y >= 384);
            assertThat(part == Part.TEETH).as("%s at %d, %d", part, x, y).isEqualTo(x >= 384 && y >= 128 && y < 256);
            assertThat(part == Part.GUMS).as("%s at %d, %d", part, x, y).isEqualTo(x >= 384 && y >= 256 && y < 384);
            assertThat(skin).as("%s at %d, %d", part, x, y).isEqualTo(x < 384 && y < 384 || x >= 256 && y >= 384);
        }
    }

    @Test
    void theFacesTileIsSymmetric() {
        int half = 0;
        for (int v = 0; v < atlas.source().length; v++) {
            float x = model.neutral()[3 * atlas.source()[v]];
            boolean face = atlas.uvs()[2 * v] < 0.75f && atlas.uvs()[2 * v + 1] < 0.75f;
            if (!face || Math.abs(x) > 1e-4) continue;
            assertThat(atlas.uvs()[2 * v]).isCloseTo(0.375f, within(0.002f));
            half++;
        }
        assertThat(half).isGreaterThan(30);
    }

    @Test
    void aModelWithoutALayoutIsRefused() {
        assertThatThrownBy(() -> HeadAtlas.of(TinyHead.model()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no texture layout")
                .hasMessageContaining("train pack");
    }
}
