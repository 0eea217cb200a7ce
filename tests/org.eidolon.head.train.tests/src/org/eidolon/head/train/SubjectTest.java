// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.encoders.Similarity;
import org.eidolon.head.model.HeadModel;
import org.eidolon.render.Camera;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.Test;

class SubjectTest {
    private final HeadModel model = TinyHead.model();

    @Test
    void aPersonFollowsFromTheSeed() {
        Subject a = Subject.of(12, model), b = Subject.of(12, model);
        assertThat(a).usingRecursiveComparison().isEqualTo(b);
        assertThat(a.identity()).isNotEqualTo(Subject.of(13, model).identity());
        assertThat(a.skin().tone()).isNotEqualTo(Subject.of(13, model).skin().tone());
    }

    @Test
    void identitiesAreDrawnFromANormalDistribution() {
        double sum = 0, squares = 0;
        int people = 1500;
        for (long seed = 0; seed < people; seed++) {
            for (float w : Subject.of(seed, model).identity()) {
                sum += w;
                squares += w * w;
            }
        }
        int n = people * model.identities().size();
        assertThat(sum / n).isCloseTo(0, within(0.05));
        assertThat(squares / n).isCloseTo(1, within(0.08));
    }

    /** Training begins at a place of its own for each seed and may run for years before it meets who is held out. */
    @Test
    void trainingNeverMeetsWhoIsHeldOut() {
        for (long seed : new long[] {0, 1, 2, 99_999}) {
            long first = TrainFiles.State.of(seed, 0).nextSeed();
            assertThat(first).isPositive();
            assertThat(first + 10_000_000L).isLessThanOrEqualTo(Subject.HELD_OUT);
            assertThat(TrainFiles.State.of(seed + 1, 0).nextSeed() - first).isEqualTo(10_000_000L);
        }
    }

    @Test
    void portraitsPutTheFivePointsWhereTheEncoderWantsThem() {
        PortraitCamera portraits = new PortraitCamera(model);
        for (long seed = 1; seed < 40; seed++) {
            Subject person = Subject.of(seed, model);
            double[] seen = seen(portraits.of(person), person);
            for (int i = 0; i < 10; i++) seen[i] += person.portrait().jitter()[i];
            // what a detector that is off by the jitter would still move, turn and scale: nothing
            Similarity left = FaceAlignment.similarity(seen);
            for (double[] corner : new double[][] {{0, 0}, {112, 0}, {0, 112}, {56, 56}}) {
                double x = left.x(corner[0], corner[1]) - corner[0], y = left.y(corner[0], corner[1]) - corner[1];
                assertThat(Math.hypot(x, y))
                        .as("pixels at %s of %d", Arrays.toString(corner), seed)
                        .isLessThan(0.1);
            }
        }
    }

    @Test
    void withoutJitterEachPointIsNearItsPlace() {
        Subject one = Subject.of(3, model);
        Subject.Shot s = one.portrait();
        Subject.Shot straight = new Subject.Shot(
                0,
                0,
                0,
                s.light(),
                s.background(),
                1,
                1,
                new float[model.shapes().size()],
                new float[10],
                s.finish());
        Subject person = new Subject(0, new float[model.identities().size()], one.skin(), straight);
        double[] seen = seen(new PortraitCamera(model).of(person), person);
        // the tiny head's face is schematic: its points are no similarity of the template's
        for (int i = 0; i < 10; i++) assertThat(seen[i]).isCloseTo(FaceAlignment.template()[i], within(6.0));
        assertThat(seen[0])
                .as("the subject's right eye is to the viewer's left")
                .isLessThan(seen[2]);
        assertThat(seen[5]).as("the nose is above the mouth").isLessThan(seen[7]);
    }

    /** The five points through the camera's own matrices, in pixels of the crop. */
    private double[] seen(Camera camera, Subject person) {
        float[] xyz = model.vertices(person.identity(), person.portrait().shapes());
        int[][] points = {{36, 37, 38, 39, 40, 41}, {42, 43, 44, 45, 46, 47}, {30}, {48}, {54}};
        double[] out = new double[10];
        for (int p = 0; p < 5; p++) {
            double[] at = {0, 0, 0, 1};
            for (int l : points[p]) {
                for (int i = 0; i < 3; i++) at[i] += xyz[3 * model.landmarks()[l] + i] / points[p].length;
            }
            double[] clip = multiply(camera.projection(), multiply(camera.view(), at));
            out[2 * p] = FaceAlignment.SIZE * (0.5 + 0.5 * clip[0] / clip[3]);
            out[2 * p + 1] = FaceAlignment.SIZE * (0.5 - 0.5 * clip[1] / clip[3]);
        }
        return out;
    }

    private static double[] multiply(double[] m, double[] v) {
        double[] out = new double[4];
        for (int i = 0; i < 16; i++) out[i / 4] += m[i] * v[i % 4];
        return out;
    }
}
