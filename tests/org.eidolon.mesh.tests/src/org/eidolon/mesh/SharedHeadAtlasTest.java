// SPDX-License-Identifier: EPL-2.0
package org.eidolon.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedHeadAtlasTest {

    private static final UvAtlas.Options OPTIONS = new UvAtlas.Options(512, 4, Math.toRadians(60));

    @Test
    void expressionsShareTheLayoutWhereTheHeadIsSeenFromAround() {
        Mesh shut = Shapes.head(32, 0);
        Mesh open = Shapes.head(32, 0.08);
        SharedHeadAtlas layout = SharedHeadAtlas.fit(List.of(shut, open), OPTIONS);
        UvAtlas a = layout.unwrap(shut);
        UvAtlas b = layout.unwrap(open);
        UvAtlasTest.check(shut, a, 512, 2);
        UvAtlasTest.check(open, b, 512, 2);
        assertThat(SharedHeadAtlas.sharedShare(a)).isGreaterThan(0.85);
        assertThat(SharedHeadAtlas.sharedShare(b)).isGreaterThan(0.85);
        Map<List<Float>, float[]> placeOf = new HashMap<>();
        corners(a, placeOf, false);
        int same = corners(b, placeOf, true);
        assertThat(same).isGreaterThan(10_000);
    }

    /** Notes, or compares, the texture place of each shared corner in front of the seam; counts those compared. */
    private static int corners(UvAtlas atlas, Map<List<Float>, float[]> placeOf, boolean compare) {
        int compared = 0;
        for (int c = 0; c < atlas.mesh().triangles().length; c++) {
            int v = atlas.mesh().triangles()[c];
            float[] p = atlas.mesh().positions();
            if (atlas.charts()[c / 3] != 0 || p[3 * v + 2] < 0) {
                continue;
            }
            List<Float> key = List.of(p[3 * v], p[3 * v + 1], p[3 * v + 2]);
            float[] uv = {atlas.mesh().uvs()[2 * v], atlas.mesh().uvs()[2 * v + 1]};
            float[] known = placeOf.get(key);
            if (compare && known != null) {
                assertThat(uv).containsExactly(known);
                compared++;
            } else if (!compare) {
                placeOf.put(key, uv);
            }
        }
        return compared;
    }

    @Test
    void theFaceLooksUprightAndGetsMoreTexelsThanTheBack() {
        Mesh head = Shapes.head(24, 0);
        UvAtlas atlas = SharedHeadAtlas.fit(List.of(head), OPTIONS).unwrap(head);
        double[] front = new double[2];
        double[] back = new double[2];
        for (int f = 0; f < atlas.charts().length; f++) {
            int v = atlas.mesh().triangles()[3 * f];
            float z = atlas.mesh().positions()[3 * v + 2];
            if (atlas.charts()[f] == 0 && Math.abs(z) > 0.4) {
                Mesh one = MeshParts.select(atlas.mesh(), triangleIs(f));
                double[] into = z > 0 ? front : back;
                into[0] += UvQuality.of(one).fill();
                into[1] += MeshMeasures.area(one);
            }
        }
        assertThat(front[0] / front[1]).isGreaterThan(1.3 * back[0] / back[1]);
        int nose = 0;
        int left = 0;
        for (int v = 0; v < atlas.mesh().vertexCount(); v++) {
            nose = atlas.mesh().positions()[3 * v + 2] > atlas.mesh().positions()[3 * nose + 2] ? v : nose;
            left = atlas.mesh().positions()[3 * v] > atlas.mesh().positions()[3 * left] ? v : left;
        }
        assertThat(atlas.mesh().uvs()[2 * nose]).isCloseTo(0.5f, within(0.03f)); // the nose in the middle …
        assertThat(atlas.mesh().uvs()[2 * left]).isGreaterThan(0.6f); // … the subject's left to the right
    }

    private static java.util.function.IntPredicate triangleIs(int f) {
        return g -> g == f;
    }

    @Test
    void refusesAHeadThatIsATower() {
        assertThatThrownBy(() -> new SharedHeadAtlas(0, 0, 0, 0.1f, -1, OPTIONS))
                .hasMessageContaining("radii");
        assertThatThrownBy(() -> new SharedHeadAtlas(0, 0, 0, 0, -1, OPTIONS)).hasMessageContaining("radius");
    }
}
