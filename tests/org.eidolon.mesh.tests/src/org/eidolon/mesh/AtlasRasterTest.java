// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AtlasRasterTest {

    /** Two triangles over the left half of the texture. */
    private static final Mesh HALF = new Mesh(
            new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0},
            new int[] {0, 1, 2, 0, 2, 3},
            new float[] {0, 0, 0.5f, 0, 0.5f, 1, 0, 1},
            null);

    @Test
    void coversEachTexelOnceWithThePointItShows() {
        AtlasRaster raster = AtlasRaster.of(HALF, 64);
        assertThat(raster.covered()).isEqualTo(32 * 64);
        float[] uv = raster.interpolate(HALF, HALF.uvs(), 2);
        for (int at = 0; at < 64 * 64; at++) {
            if (at % 64 < 32) {
                assertThat(uv[2 * at]).isCloseTo((at % 64 + 0.5f) / 64, within(1e-5f));
                assertThat(uv[2 * at + 1]).isCloseTo((at / 64 + 0.5f) / 64, within(1e-5f));
            } else {
                assertThat(raster.triangles()[at]).isEqualTo(-1);
            }
        }
    }

    @Test
    void dilationCarriesColoursOutwardAndKeepsWhatIsThere() {
        AtlasRaster raster = AtlasRaster.of(HALF, 32);
        float[] image = raster.interpolate(HALF, new float[] {0, 0, 1, 1}, 1);
        float[] filled = raster.dilate(image, 1, 4);
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 16; column++) {
                assertThat(filled[row * 32 + column]).isEqualTo(image[row * 32 + column]);
            }
            // four rings beyond the edge still look like the edge; further out nothing is left black
            assertThat(filled[row * 32 + 19]).isCloseTo(image[row * 32 + 15], within(0.13f));
        }
        float mean = 0;
        for (int row = 0; row < 32; row++) {
            mean += filled[row * 32 + 31] / 32;
        }
        assertThat(mean).isCloseTo(0.5f, within(0.1f));
    }
}
