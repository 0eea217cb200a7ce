// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.testing.head.BallHead;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.Test;

class HeadMetricsTest {
    private static final int SIZE = 8;

    /** A plane seen in the first columns, its normal turned about the vertical; a pixel's cover may be partial. */
    private static NormalViews.Seen plane(double degrees, int columns, float cover) {
        double[] n = {Math.sin(Math.toRadians(degrees)), 0, Math.cos(Math.toRadians(degrees))};
        float[] colours = new float[3 * SIZE * SIZE], mask = new float[SIZE * SIZE];
        Arrays.fill(colours, -1);
        for (int p = 0; p < mask.length; p++) {
            if (p % SIZE >= columns) continue;
            mask[p] = p % SIZE == columns - 1 ? cover : 1;
            for (int c = 0; c < 3; c++) colours[c * mask.length + p] = (float) ((n[c] + 1) * mask[p] - 1);
        }
        return new NormalViews.Seen(SIZE, colours, mask);
    }

    @Test
    void angleOfKnownRotation() {
        for (double angle : new double[] {0, 1, 10, 90, 170}) {
            HeadMetrics.Match match = HeadMetrics.match(plane(0, 6, 1), plane(angle, 6, 1));
            assertThat(match.degrees()).isCloseTo(angle, within(1e-2));
        }
        assertThat(HeadMetrics.match(plane(-20, 6, 1), plane(15, 6, 1)).degrees())
                .isCloseTo(35, within(1e-3));
    }

    @Test
    void outlinesHaveTheAngleOfTheirSurface() {
        HeadMetrics.Match match = HeadMetrics.match(plane(0, 2, 0.6f), plane(10, 2, 0.9f));
        assertThat(match.degrees()).isCloseTo(10, within(1e-3));
        assertThat(match.iou()).isEqualTo(1);
    }

    @Test
    void silhouettes() {
        assertThat(HeadMetrics.match(plane(0, 4, 1), plane(0, 8, 1)).iou()).isEqualTo(0.5);
        assertThat(HeadMetrics.match(plane(0, 4, 0.4f), plane(0, 4, 1)).iou()).isEqualTo(0.75);
        HeadMetrics.Match sum = HeadMetrics.match(plane(0, 2, 1), plane(0, 4, 1))
                .plus(HeadMetrics.match(plane(0, 4, 1), plane(30, 4, 1)));
        assertThat(sum.iou()).isEqualTo(0.75);
        assertThat(sum.degrees()).isCloseTo(20, within(1e-3));
    }

    @Test
    void retrieval() {
        List<float[]> truths = List.of(
                plane(0, 6, 1).colours(),
                plane(20, 6, 1).colours(),
                plane(40, 6, 1).colours());
        assertThat(HeadMetrics.rank(plane(12, 6, 1).colours(), truths, 1)).isEqualTo(1);
        assertThat(HeadMetrics.rank(plane(12, 6, 1).colours(), truths, 0)).isEqualTo(2);
        assertThat(HeadMetrics.rank(plane(35, 6, 1).colours(), truths, 0)).isEqualTo(3);
        List<float[]> ours = List.of(
                plane(2, 6, 1).colours(),
                plane(3, 6, 1).colours(),
                plane(60, 6, 1).colours());
        assertThat(HeadMetrics.retrieved(ours, truths)).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(
                        () -> HeadMetrics.match(plane(0, 6, 1), new NormalViews.Seen(4, new float[48], new float[16])))
                .hasMessageContaining("cannot be compared");
        assertThatThrownBy(() -> HeadMetrics.distance(new float[3], new float[6]))
                .hasMessageContaining("3 and 6");
    }

    @Test
    void renderedHeadAgainstItselfAndAnother() {
        try (Scope s = Scope.open(Torch.device("cpu"))) {
            List<View> views = List.of(View.front(Framing.WHOLE), new View(Framing.FACE, 0.5, 0.1));
            NormalViews renderer = new NormalViews(32);
            NormalViews.Seen ball = renderer.render(s, BallHead.mesh(0), views);
            assertThat(ball.count()).isEqualTo(2);
            HeadMetrics.Match same = HeadMetrics.match(ball, ball);
            assertThat(same.degrees()).isZero();
            assertThat(same.iou()).isEqualTo(1);
            // the middle of the front looks straight into the camera
            int middle = 16 * 32 + 16;
            assertThat(ball.picture(0)[2 * 32 * 32 + middle]).isGreaterThan(0.97f);
            HeadMetrics.Match other = HeadMetrics.match(ball, renderer.render(s, BallHead.mesh(1), views));
            assertThat(other.degrees()).isBetween(3.0, 40.0);
        }
    }
}
