// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.skin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.model.HeadSpace;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.Test;

class SkinTest {
    private final HeadModel model = TinyHead.model();
    private final float[][] masks = new SkinRegions(model).masks();

    @Test
    void masksLieInTheirRangeAndCoverSomething() {
        assertThat(masks.length).isEqualTo(Region.values().length);
        for (Region region : Region.values()) {
            float[] mask = masks[region.ordinal()];
            float most = 0;
            for (float m : mask) {
                assertThat(m).isBetween(0f, 1f);
                most = Math.max(most, m);
            }
            assertThat(most).as(region.name()).isGreaterThan(0.3f);
        }
    }

    @Test
    void skinIsPaintedOnSkinAndPartsOnParts() {
        for (int v = 0; v < model.vertexCount(); v++) {
            Part part = model.part(v);
            boolean skin = part == Part.FACE || part == Part.NECK;
            for (Region region : new Region[] {Region.LIPS, Region.BROWS, Region.STUBBLE, Region.FULL_HAIR}) {
                if (!skin)
                    assertThat(at(region, v)).as("%s on %s", region, part).isZero();
            }
            assertThat(at(Region.TEETH, v) > 0).isEqualTo(part == Part.TEETH);
            assertThat(at(Region.GUMS, v) > 0).isEqualTo(part == Part.GUMS);
            assertThat(at(Region.SCLERA, v) > 0).isEqualTo(part == Part.EYE);
            if (part != Part.EYE) assertThat(at(Region.PUPIL, v)).isZero();
        }
    }

    @Test
    void lipsLieWithinTheirOutlineAndBothSidesAlike() {
        double left = 0, right = 0;
        for (int v = 0; v < model.vertexCount(); v++) {
            float x = HeadSpace.toCentimetres(model.neutral()[3 * v], 0);
            float y = HeadSpace.toCentimetres(model.neutral()[3 * v + 1], 1);
            if (at(Region.LIPS, v) > 0.5f) {
                assertThat(Math.abs(x)).isLessThan(3f);
                assertThat(y).isBetween(-5f, -2f);
            }
            if (x > 0.01f) left += at(Region.LIPS, v);
            if (x < -0.01f) right += at(Region.LIPS, v);
        }
        assertThat(left / right).isBetween(0.7, 1.4);
        assertThat(left).isGreaterThan(2);
    }

    @Test
    void aSkinFollowsFromItsSeedAndPeopleDiffer() {
        assertThat(Skin.random(new Random(4)).colourTable())
                .isEqualTo(Skin.random(new Random(4)).colourTable())
                .isNotEqualTo(Skin.random(new Random(5)).colourTable());
    }

    @Test
    void tonesSpanDarkToLightAndColoursStayInRange() {
        float darkest = 1, lightest = 0;
        int bald = 0, people = 300;
        Random random = new Random(1);
        for (int i = 0; i < people; i++) {
            Skin skin = Skin.random(random);
            for (float c : skin.colourTable()) assertThat(c).isBetween(0f, 1f);
            for (float o : skin.opacityTable()) assertThat(o).isBetween(0f, 1f);
            darkest = Math.min(darkest, skin.tone()[1]);
            lightest = Math.max(lightest, skin.tone()[1]);
            int hair = 0;
            for (Region r : new Region[] {Region.CROPPED_HAIR, Region.RECEDING_HAIR, Region.FULL_HAIR}) {
                if (skin.opacity().get(r) > 0) hair++;
            }
            assertThat(hair).as("kinds of hair at once").isLessThanOrEqualTo(1);
            if (hair == 0) bald++;
        }
        assertThat(darkest).isLessThan(0.25f);
        assertThat(lightest).isGreaterThan(0.7f);
        assertThat(bald / (double) people).isBetween(0.15, 0.35);
        assertThat(Skin.mean().colourTable()).hasSize(3 * (1 + Region.values().length));
    }

    private float at(Region region, int vertex) {
        return masks[region.ordinal()][vertex];
    }
}
