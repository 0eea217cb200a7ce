// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the faces of a photo that may lie on its side: photos without EXIF are seen in four turns, and the turn counts in
 * which there is most of an upright face. A detector alone does not tell, for it finds faces upside down, too. What it
 * sees in the other turns helps: there the points of a true face lie on their side as the turn makes them. The photo is
 * looked at in a reduced copy; faces come in pixels of the photo itself.
 */
final class FaceTurns {
    /** A turn clockwise that brings the photo upright: degrees, and the EXIF orientation that asks for it. */
    private enum Turn {
        NONE(0, 1),
        QUARTER(90, 6),
        HALF(180, 3),
        THREE_QUARTERS(270, 8);

        private final int degrees;
        private final int orientation;

        Turn(int degrees, int orientation) {
            this.degrees = degrees;
            this.orientation = orientation;
        }
    }

    /**
     * The faces of a photo.
     *
     * @param degrees by which the photo must be turned clockwise to be upright: 0, 90, 180, 270
     * @param faces in pixels of the photo as given, from left to right in the upright one
     */
    record Found(int degrees, List<Face> faces) {}

    private record Seen(Turn turn, List<Face> faces, FaceLook best) {}

    /** Long side below which a photo is looked at as it is. */
    private static final int ENOUGH = 2048;

    /** How many faces of each turn are looked at closely, largest first. */
    private static final int CLOSELY = 3;

    private static final double SUPPORT = 0.1;
    private static final double SAME_WAY = 45;

    private final FaceDetector detector;
    private final IdentityEncoder encoder;

    FaceTurns(FaceDetector detector, IdentityEncoder encoder) {
        this.detector = detector;
        this.encoder = encoder;
    }

    Found find(Photo photo, float minScore) {
        int reduce = Math.max(1, Math.max(photo.width(), photo.height()) / ENOUGH);
        Photo small = reduce == 1 ? photo : FaceAlignment.reduced(photo, reduce);
        List<Seen> seen = new ArrayList<>();
        for (Turn turn : Turn.values()) {
            seen.add(look(small, turn, minScore));
        }
        Seen chosen = seen.stream()
                .max(Comparator.comparingDouble((Seen s) -> evidence(s, seen)).thenComparing(s -> -s.turn.degrees))
                .orElseThrow();
        List<Face> faces = chosen.faces.stream()
                .map(face -> back(face, chosen.turn, small, reduce))
                .toList();
        return new Found(chosen.turn.degrees, faces);
    }

    private Seen look(Photo small, Turn turn, float minScore) {
        Photo turned = small.turned(turn.orientation);
        List<Face> faces = detector.detect(turned, minScore).stream()
                .filter(FaceTurns::spans)
                .toList();
        FaceLook best = faces.stream()
                .sorted(Comparator.comparingDouble(Face::area).reversed())
                .limit(CLOSELY)
                .map(face -> FaceLook.of(encoder, turned, FaceAlignment.align(turned, face.points()), face))
                .max(Comparator.comparingDouble(FaceLook::evidence).thenComparing(FaceLook::quality))
                .orElse(null);
        return new Seen(turn, faces, best);
    }

    /** Points that fall together are no face. */
    private static boolean spans(Face face) {
        try {
            FaceAlignment.similarity(face.points());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static double evidence(Seen one, List<Seen> all) {
        if (one.best == null) {
            return -1; // worse than a face that leans too far
        }
        int support = 0;
        for (Seen other : all) {
            if (other != one && other.best != null) {
                // Seen in the other turn, this one's upright faces lean by the difference of the turns.
                double lean = other.best.roll() - (other.turn.degrees - one.turn.degrees);
                support += Math.abs(Math.IEEEremainder(lean, 360)) < SAME_WAY ? 1 : 0;
            }
        }
        return one.best.evidence() * (1 + SUPPORT * support);
    }

    private static Face back(Face face, Turn turn, Photo small, int reduce) {
        float[] points = face.points();
        for (int i = 0; i < points.length; i += 2) {
            move(points, i, turn, small, reduce);
        }
        float[] box = {face.left(), face.top(), face.right(), face.bottom()};
        move(box, 0, turn, small, reduce);
        move(box, 2, turn, small, reduce);
        return new Face(
                Math.min(box[0], box[2]),
                Math.min(box[1], box[3]),
                Math.max(box[0], box[2]),
                Math.max(box[1], box[3]),
                points,
                face.score());
    }

    /** A place in the turned, reduced copy to the same place in the photo. */
    private static void move(float[] at, int i, Turn turn, Photo small, int reduce) {
        float x = at[i];
        float y = at[i + 1];
        float right = small.width() - 1;
        float bottom = small.height() - 1;
        at[i] = switch (turn) {
            case NONE -> x;
            case QUARTER -> y;
            case HALF -> right - x;
            case THREE_QUARTERS -> right - y;
        };
        at[i + 1] = switch (turn) {
            case NONE -> y;
            case QUARTER -> bottom - x;
            case HALF -> bottom - y;
            case THREE_QUARTERS -> x;
        };
        if (reduce > 1) {
            at[i] = at[i] * reduce + (reduce - 1) / 2f;
            at[i + 1] = at[i + 1] * reduce + (reduce - 1) / 2f;
        }
    }
}
