// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.mesh.Mesh;
import org.eidolon.testing.head.TinyHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class HeadScoreTest {
    private static final int PEOPLE = 3, SIZE = 32;

    @Test
    void aHeadIsItselfAndOthersAreNot() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            TrueHeads heads = new TrueHeads(scope, TinyHead.model(), 3, PEOPLE, SIZE);
            List<float[]> gallery = heads.gallery(scope);
            HeadScore.Truth truth = HeadScore.Truth.of(scope, heads.of(0), heads.expressions());
            HeadScore itself = HeadScore.of(scope, heads.of(0), truth, gallery, 0);
            assertThat(itself).isEqualTo(new HeadScore(0, 0, 1, heads.expressions(), 1));

            HeadScore other = HeadScore.of(scope, heads.of(1), truth, gallery, 0);
            assertThat(other.headNormalDegrees()).isGreaterThan(0.5);
            assertThat(other.faceNormalDegrees()).isGreaterThan(0.5);
            assertThat(other.iou()).isBetween(0.5, 0.9999);
            assertThat(other.identityRank()).isGreaterThan(1);

            // the same head, but always neutral: only the neutral is found
            HeadScore.Head still = (s, e, views) -> heads.of(0).see(s, 0, views);
            assertThat(HeadScore.of(scope, still, truth, gallery, 0).expressionRetrieval())
                    .isEqualTo(1);
        }
    }

    @Test
    void aHeadTurnedByTenDegreesIsWrongByLessThanThat() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            TrueHeads heads = new TrueHeads(scope, TinyHead.model(), 3, PEOPLE, SIZE);
            NormalViews views = new NormalViews(SIZE);
            int[] triangles = TinyHead.model().triangles();
            float[] straight = TinyHead.model().neutral(), turned = straight.clone();
            double c = Math.cos(Math.toRadians(10)), s = Math.sin(Math.toRadians(10));
            for (int i = 0; i < turned.length; i += 3) {
                turned[i] = (float) (c * straight[i] + s * straight[i + 2]);
                turned[i + 2] = (float) (c * straight[i + 2] - s * straight[i]);
            }
            HeadScore.Truth truth =
                    HeadScore.Truth.of(scope, (in, e, from) -> views.render(in, Mesh.of(straight, triangles), from), 1);
            HeadScore score = HeadScore.of(
                    scope,
                    (in, e, from) -> views.render(in, Mesh.of(turned, triangles), from),
                    truth,
                    heads.gallery(scope),
                    0);
            assertThat(score.headNormalDegrees()).isBetween(1.0, 10.0);
            assertThat(score.iou()).isCloseTo(0.95, within(0.05));
        }
    }

    @Test
    void seedsDrawPeopleWhomTrainingAndItsGateNeverSee() {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            TrueHeads one = new TrueHeads(scope, TinyHead.model(), 1, 64, SIZE);
            TrueHeads two = new TrueHeads(scope, TinyHead.model(), 2, 64, SIZE);
            for (int i = 0; i < 64; i++) {
                assertThat(one.person(i).seed()).isGreaterThan((1L << 40) + 100_000);
                for (int k = 0; k < 64; k++)
                    assertThat(one.person(i).seed()).isNotEqualTo(two.person(k).seed());
            }
            assertThat(new TrueHeads(scope, TinyHead.model(), 1, 2, SIZE)
                            .person(1)
                            .identity())
                    .containsExactly(one.person(1).identity());
        }
    }
}
