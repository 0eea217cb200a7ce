// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.eidolon.models.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaceMeshTest {
    private static FaceDetector detector;
    private static FaceMesh mesh;

    @BeforeAll
    static void open() {
        detector = FaceDetector.open(Models.standard());
        mesh = FaceMesh.open(Models.standard());
    }

    @AfterAll
    static void close() {
        detector.close();
        mesh.close();
    }

    private static FacePoints find(Photo photo) {
        List<Face> faces = detector.detect(photo);
        assertThat(faces).hasSize(1);
        return mesh.find(photo, faces.getFirst());
    }

    /** Places put by eye on the photo, in pixels: point, x, y. */
    private static final int[][] COLLINS = {
        {33, 193, 101},
        {133, 210, 101},
        {362, 238, 104},
        {263, 256, 104},
        {1, 223, 129},
        {61, 201, 142},
        {291, 247, 144},
        {152, 221, 176},
        {10, 226, 68}
    };

    @Test
    void thePointsLieOnTheFace() {
        FacePoints points = find(Pictures.collins());
        for (int[] place : COLLINS) {
            assertThat(points.x(place[0])).as("x of %d", place[0]).isCloseTo(place[1], within(4f));
            assertThat(points.y(place[0])).as("y of %d", place[0]).isCloseTo(place[2], within(4f));
        }
        assertThat(points.presence()).isGreaterThan(0.99f);
        assertThat(points.disagreement()).isLessThan(0.02f);
        assertThat(points.width()).isCloseTo(92, within(12f));
        // the nose stands out, the cheeks lie back
        assertThat(points.z(FacePoints.NOSE)).isLessThan(points.z(FacePoints.CHEEK_LEFT) - 25);
        assertThat(points.z(FacePoints.NOSE)).isLessThan(points.z(FacePoints.CHEEK_RIGHT) - 25);
    }

    @Test
    void theMirroredPhotoHasTheMirroredPoints() {
        for (Photo photo : List.of(Pictures.collins(), Pictures.hopper())) {
            FacePoints points = find(photo);
            FacePoints other = Turned.mirrored(find(photo.mirrored()), photo.width());
            assertThat(points.distance(other)).isLessThan(0.005);
        }
    }

    /** The detector's points serve up to a quarter turn or so; beyond it only its box does. */
    @Test
    void findsThePointsAtAnyRoll() {
        Photo photo = Pictures.collins();
        Face upright = detector.detect(photo).getFirst();
        FacePoints points = mesh.find(photo, upright);
        for (int degrees = 20; degrees < 360; degrees += 20) {
            Photo rolled = Turned.rolled(photo, degrees);
            Similarity by = Turned.roll(photo, degrees);
            // as a detector would say that takes the face for upright
            double dx = by.x(222, 120) - 222;
            double dy = by.y(222, 120) - 120;
            float[] five = upright.points();
            for (int i = 0; i < 10; i += 2) {
                five[i] += (float) dx;
                five[i + 1] += (float) dy;
            }
            Face face = new Face(
                    upright.left() + (float) dx,
                    upright.top() + (float) dy,
                    upright.right() + (float) dx,
                    upright.bottom() + (float) dy,
                    five,
                    0.9f);
            FacePoints found = mesh.find(rolled, face);
            assertThat(Turned.moved(points, by).distance(found))
                    .as("%d degrees", degrees)
                    .isLessThan(0.015);
            assertThat(found.presence()).isGreaterThan(0.9f);
        }
    }

    @Test
    void findsThePointsOfSmallFaces() {
        Photo photo = Pictures.hopper();
        Face face = detector.detect(photo).getFirst();
        FacePoints points = mesh.find(photo, face);
        for (int pixels : new int[] {120, 60, 40, 30}) {
            double scale = pixels / Math.min(face.width(), face.height());
            FacePoints small = find(Pictures.scaled(photo, scale));
            Similarity up = new Similarity(1 / scale, 0, 0.5 / scale - 0.5, 0.5 / scale - 0.5);
            assertThat(points.distance(Turned.moved(small, up)))
                    .as("%d pixels", pixels)
                    .isLessThan(0.02);
            assertThat(small.presence()).isGreaterThan(0.99f);
        }
    }

    @Test
    void findsThePointsOfTurnedHeads() {
        Photo photo = Pictures.hopper();
        FacePoints points = find(photo);
        for (int degrees : new int[] {-45, -30, 30, 45}) {
            FacePoints found = find(Turned.yawed(photo, points, degrees));
            assertThat(Turned.yawed(points, degrees).distance(found))
                    .as("%d degrees", degrees)
                    .isLessThan(0.06);
            assertThat(found.presence()).as("%d degrees", degrees).isGreaterThan(0.99f);
        }
    }

    @Test
    void whereThereIsNoFaceThePresenceIsLow() {
        Photo photo = Pictures.collins();
        float[] five = {0, 0, 40, 0, 20, 25, 5, 45, 35, 45};
        for (int[] place : new int[][] {{380, 120}, {30, 100}, {120, 300}, {380, 420}}) {
            float[] there = five.clone();
            for (int i = 0; i < 10; i++) {
                there[i] += place[i % 2];
            }
            Face none = new Face(place[0] - 20, place[1] - 30, place[0] + 60, place[1] + 70, there, 0.7f);
            assertThat(mesh.find(photo, none).presence())
                    .as("at %d, %d", place[0], place[1])
                    .isLessThan(FaceMesh.MIN_PRESENCE);
        }
        Face nowhere = new Face(2, 2, 2, 2, new float[10], 0.6f);
        assertThat(mesh.find(Pictures.on(4, 4, 90), nowhere).presence()).isLessThan(FaceMesh.MIN_PRESENCE);
    }

    @Test
    void repeatsItselfExactly() {
        assertThat(find(Pictures.hopper()).points())
                .containsExactly(find(Pictures.hopper()).points());
    }

    @Test
    void everyPointHasOnePartner() {
        int middle = 0;
        for (int i = 0; i < FacePoints.COUNT; i++) {
            assertThat(FacePoints.partner(FacePoints.partner(i))).isEqualTo(i);
            middle += FacePoints.partner(i) == i ? 1 : 0;
        }
        assertThat(middle).isEqualTo(28);
        assertThat(FacePoints.partner(FacePoints.EYE_LEFT)).isEqualTo(FacePoints.EYE_RIGHT);
        assertThat(FacePoints.partner(FacePoints.MOUTH_LEFT)).isEqualTo(FacePoints.MOUTH_RIGHT);
        assertThat(FacePoints.partner(FacePoints.CHEEK_RIGHT)).isEqualTo(FacePoints.CHEEK_LEFT);
        assertThatThrownBy(() -> new FacePoints(new float[10], 1, 0)).hasMessageContainingAll("1404", "10");
    }

    @Test
    void findsThePointsOfAllPortraits() {
        List<Path> portraits = Pictures.portraits();
        assumeThat(portraits).as("the portraits of shared/data").isNotEmpty();
        double sum = 0;
        for (Path path : portraits) {
            Photo photo = Photo.read(path);
            FacePoints points = find(photo);
            assertThat(points.presence()).as("%s", path).isGreaterThan(0.99f);
            assertThat(points.disagreement()).as("%s", path).isLessThan(0.03f);
            double apart = points.distance(Turned.mirrored(find(photo.mirrored()), photo.width()));
            assertThat(apart).as("%s mirrored", path).isLessThan(0.01);
            sum += apart;
        }
        assertThat(sum / portraits.size()).isLessThan(0.002);
    }
}
