// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eidolon.head.skin.Region;
import org.eidolon.head.skin.SkinRegions;
import org.eidolon.testing.head.Places;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The true head model, where it is at hand. */
class IctHeadTest {
    @TempDir
    static Path folder;

    private static HeadModel model;

    @BeforeAll
    static void readOnce() throws IOException {
        model = HeadPack.open(Places.ictFaceKit(folder));
    }

    @Test
    void isWholeAndFitsTheBox() {
        assertThat(model.identities()).hasSize(100);
        assertThat(model.shapeNames()).isEqualTo(TinyHead.shapeNames());
        assertThat(model.landmarks()).hasSize(68);
        assertThat(reach(model.neutral())).isLessThanOrEqualTo(1);
        for (Expression e : Expression.standard()) {
            float[] worn = model.vertices(new float[0], model.shapeWeights(e.weights()));
            assertThat(reach(worn)).as(e.name()).isLessThanOrEqualTo(1);
        }
        for (HeadModel.Part part : HeadModel.Part.values()) {
            assertThat(model.parts()).as(part.name()).contains((byte) part.ordinal());
        }
    }

    @Test
    void packsIntoLittleAndComesBack() throws IOException {
        Path pack = folder.resolve("heads.ehd");
        HeadPack.write(model, pack);
        assertThat(Files.size(pack)).isLessThan(12L << 20);
        HeadModel again = HeadPack.open(pack);
        HeadPackTest.assertQuantised(model.identities(), again.identities());
        HeadPackTest.assertQuantised(model.shapes(), again.shapes());
    }

    @Test
    void paintLiesWhereItBelongs() {
        float[][] masks = new SkinRegions(model).masks();
        for (Region region : Region.values()) {
            double covered = share(masks[region.ordinal()]);
            assertThat(covered).as(region.name()).isBetween(0.0005, region == Region.MOTTLE ? 0.9 : 0.4);
        }
        // lips between the mouth's corners, brows above the eyes, beard below the nose
        assertThat(height(masks, Region.LIPS)).isBetween(-4.6, -2.2);
        assertThat(height(masks, Region.BROWS)).isBetween(5.0, 7.0);
        assertThat(height(masks, Region.STUBBLE)).isLessThan(-3.0);
        assertThat(height(masks, Region.FULL_HAIR)).isGreaterThan(4.0);
        assertThat(share(masks[Region.FULL_HAIR.ordinal()]))
                .isGreaterThan(share(masks[Region.CROPPED_HAIR.ordinal()]))
                .isGreaterThan(share(masks[Region.RECEDING_HAIR.ordinal()]));
        int tip = model.landmarks()[30];
        for (Region bare : new Region[] {Region.LIPS, Region.BROWS, Region.STUBBLE, Region.FULL_HAIR, Region.IRIS}) {
            assertThat(masks[bare.ordinal()][tip])
                    .as("%s on the tip of the nose", bare)
                    .isZero();
        }
        assertThat(sides(masks[Region.PUPIL.ordinal()]))
                .as("a pupil on each side")
                .containsExactly(true, true);
    }

    private static float reach(float[] positions) {
        float most = 0;
        for (float x : positions) most = Math.max(most, Math.abs(x));
        return most;
    }

    private static double share(float[] mask) {
        double sum = 0;
        for (float m : mask) sum += m;
        return sum / mask.length;
    }

    /** Mean height of a region in centimetres of ICT-FaceKit. */
    private static double height(float[][] masks, Region region) {
        double sum = 0, weight = 0;
        float[] mask = masks[region.ordinal()];
        for (int v = 0; v < mask.length; v++) {
            sum += mask[v] * HeadSpace.toCentimetres(model.neutral()[3 * v + 1], 1);
            weight += mask[v];
        }
        return sum / weight;
    }

    private static boolean[] sides(float[] mask) {
        boolean[] sides = new boolean[2];
        for (int v = 0; v < mask.length; v++) if (mask[v] > 0.5f) sides[model.neutral()[3 * v] > 0 ? 1 : 0] = true;
        return sides;
    }
}
