// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import java.util.ArrayList;
import java.util.List;
import org.eidolon.head.geometry.NormalViews;
import org.eidolon.head.view.View;
import org.eidolon.torch.Scope;

/**
 * How like the truth a head is in all its expressions (docs/benchmarks.md).
 *
 * @param faceNormalDegrees mean angle between normals of the face crops, where both heads are seen
 * @param headNormalDegrees the same of the whole head
 * @param iou silhouettes of the whole head, intersection over union
 * @param expressionRetrieval expressions whose nearest truth is their own
 * @param identityRank rank of the right person in the gallery of true heads, 1 is best
 */
record HeadScore(
        double faceNormalDegrees, double headNormalDegrees, double iou, int expressionRetrieval, int identityRank) {

    /** A head that can be looked at. */
    @FunctionalInterface
    interface Head {
        /** Pictures of normals of one expression. */
        NormalViews.Seen see(Scope s, int expression, List<View> views);
    }

    /** How the true head looks, rendered once for all that are compared with it. */
    record Truth(List<NormalViews.Seen> whole, List<NormalViews.Seen> face) {
        static Truth of(Scope scope, Head head, int expressions) {
            Truth truth = new Truth(new ArrayList<>(), new ArrayList<>());
            for (int e = 0; e < expressions; e++) {
                try (Scope s = scope.child()) {
                    truth.whole.add(head.see(s, e, BenchViews.WHOLE));
                    truth.face.add(head.see(s, e, BenchViews.FACE));
                }
            }
            return truth;
        }

        int expressions() {
            return whole.size();
        }
    }

    /**
     * Measures a head.
     *
     * @param gallery {@link BenchViews#GALLERY} pictures of true neutral heads
     * @param right which of them is the person
     */
    static HeadScore of(Scope scope, Head ours, Truth truth, List<float[]> gallery, int right) {
        HeadMetrics.Match whole = HeadMetrics.Match.NONE, face = HeadMetrics.Match.NONE;
        List<float[]> faces = new ArrayList<>(), truths = new ArrayList<>();
        for (int e = 0; e < truth.expressions(); e++) {
            try (Scope s = scope.child()) {
                whole = whole.plus(HeadMetrics.match(ours.see(s, e, BenchViews.WHOLE), truth.whole.get(e)));
                NormalViews.Seen close = ours.see(s, e, BenchViews.FACE);
                face = face.plus(HeadMetrics.match(close, truth.face.get(e)));
                faces.add(close.colours());
                truths.add(truth.face.get(e).colours());
            }
        }
        try (Scope s = scope.child()) {
            int rank = HeadMetrics.rank(ours.see(s, 0, BenchViews.GALLERY).colours(), gallery, right);
            return new HeadScore(
                    face.degrees(), whole.degrees(), whole.iou(), HeadMetrics.retrieved(faces, truths), rank);
        }
    }
}
